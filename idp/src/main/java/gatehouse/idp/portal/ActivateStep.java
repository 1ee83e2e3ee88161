package gatehouse.idp.portal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.Reply;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.tenancy.ConnectionState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Letting people in: testers first, then everybody. */
final class ActivateStep {

    private static final int TESTERS_LENGTH_MAX = 10_000;

    private final Setups setups;
    private final Desk desk;
    private final InstantSource clock;

    ActivateStep(Setups setups, Desk desk, InstantSource clock) {
        this.setups = setups;
        this.desk = desk;
        this.clock = clock;
    }

    Reply show(PortalCall call) {
        var setup = setups.require(call);
        return desk.show(call, screen(call, setup), setup, Step.ACTIVATE);
    }

    Reply act(PortalCall call) {
        var setup = setups.require(call);
        var patch = JsonNodeFactory.instance.objectNode();
        var state = setup.connection().state();
        return switch (call.field("action", 20).orElse("")) {
            case "testing" -> {
                var testers = patch.put("state", ConnectionState.TESTING.toString()).putArray("testers");
                Arrays.stream(call.field("testers", TESTERS_LENGTH_MAX).orElse("").split("[\\s,;]+"))
                        .filter(text -> !text.isEmpty()).forEach(testers::add);
                yield changed(call, setup, patch, "testing");
            }
            case "everybody" -> {
                requireReady(call, setup);
                if (state == ConnectionState.DRAFT) {
                    setups.change(call, setup, patch.deepCopy().put("state", ConnectionState.TESTING.toString()),
                            JsonNodeFactory.instance.objectNode());
                    setup = setups.require(call);
                }
                yield changed(call, setup, patch.put("state", ConnectionState.ACTIVE.toString()), "activated");
            }
            case "suspend" -> changed(call, setup, patch.put("state", ConnectionState.SUSPENDED.toString()),
                    "suspended");
            case "draft" -> changed(call, setup, patch.put("state", (state == ConnectionState.ACTIVE
                    ? ConnectionState.TESTING : ConnectionState.DRAFT).toString()), "draft");
            case "resume" -> changed(call, setup, patch.put("state", (setup.connection().enforcedSince().isPresent()
                    ? ConnectionState.ENFORCED : ConnectionState.ACTIVE).toString()), "resumed");
            default -> throw new PortalRefusal(PortalRefusal.Reason.INPUT_UNUSABLE);
        };
    }

    private void requireReady(PortalCall call, Setup setup) {
        if (!conditions(call, setup).stream().allMatch(Screen.Condition::holds)) {
            throw new PortalRefusal(PortalRefusal.Reason.NOT_NOW);
        }
    }

    private Reply changed(PortalCall call, Setup setup, ObjectNode patch,
            String done) {
        try {
            setups.change(call, setup, patch, JsonNodeFactory.instance.objectNode());
        } catch (InvalidDocument refused) {
            throw new PortalRefusal(PortalRefusal.Reason.NOT_NOW);
        }
        return Reply.seeOther(PortalPaths.step(call.request().issuer(), setup.connection().id(), Step.ACTIVATE, done));
    }

    /** What must hold before everybody is let in. */
    private List<Screen.Condition> conditions(PortalCall call, Setup setup) {
        var issuer = call.request().issuer();
        var id = setup.connection().id();
        var conditions = new ArrayList<Screen.Condition>();
        conditions.add(new Screen.Condition("configured", setup.isConfigured(),
                PortalPaths.step(issuer, id, Step.METADATA)));
        conditions.add(new Screen.Condition("domain", setup.proved(), PortalPaths.step(issuer, id, Step.DOMAIN)));
        conditions.add(new Screen.Condition("tested", setup.lastSuccess().flatMap(trial -> trial.endedAt())
                .filter(at -> at.isAfter(clock.instant().minus(Setup.TRIAL_FRESH))).isPresent(),
                PortalPaths.step(issuer, id, Step.TEST)));
        return conditions;
    }

    private Screen screen(PortalCall call, Setup setup) {
        var conditions = conditions(call, setup);
        return new Screen.Activate(PortalPaths.step(call.request().issuer(), setup.connection().id(), Step.ACTIVATE),
                States.word(setup.connection()), conditions,
                conditions.stream().allMatch(Screen.Condition::holds),
                setup.connection().testers().isEmpty() ? Optional.of(call.session().link().contact())
                        .filter(contact -> contact.contains("@")).map(List::of).orElse(List.of())
                        : setup.connection().testers());
    }
}
