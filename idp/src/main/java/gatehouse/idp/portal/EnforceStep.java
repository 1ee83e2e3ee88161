package gatehouse.idp.portal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.idp.http.Reply;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.tenancy.ConnectionState;
import java.time.InstantSource;
import java.util.List;

/** Making it the only way in, for a share of the people or for all. Never without being asked, and after a rehearsal. */
final class EnforceStep {

    private final Setups setups;
    private final Desk desk;
    private final InstantSource clock;

    EnforceStep(Setups setups, Desk desk, InstantSource clock) {
        this.setups = setups;
        this.desk = desk;
        this.clock = clock;
    }

    Reply show(PortalCall call) {
        var setup = setups.require(call);
        return desk.show(call, screen(call, setup), setup, Step.ENFORCE);
    }

    Reply act(PortalCall call) {
        var setup = setups.require(call);
        var patch = JsonNodeFactory.instance.objectNode();
        var done = switch (call.field("action", 20).orElse("")) {
            case "enforce" -> {
                if (!conditions(call, setup).stream().allMatch(Screen.Condition::holds)
                        || call.field("sure", 5).isEmpty()) {
                    throw new PortalRefusal(PortalRefusal.Reason.NOT_NOW);
                }
                patch.put("state", ConnectionState.ENFORCED.toString()).put("enforced_share", share(call));
                yield "enforced";
            }
            case "relax" -> {
                patch.put("state", ConnectionState.ACTIVE.toString());
                yield "relaxed";
            }
            default -> throw new PortalRefusal(PortalRefusal.Reason.INPUT_UNUSABLE);
        };
        try {
            setups.change(call, setup, patch, JsonNodeFactory.instance.objectNode());
        } catch (InvalidDocument refused) {
            throw new PortalRefusal(PortalRefusal.Reason.NOT_NOW);
        }
        return Reply.seeOther(PortalPaths.step(call.request().issuer(), setup.connection().id(), Step.ENFORCE, done));
    }

    private static int share(PortalCall call) {
        var text = call.field("share", 3).orElse("100");
        if (!text.matches("[1-9]\\d?|100")) {
            throw new PortalRefusal(PortalRefusal.Reason.INPUT_UNUSABLE);
        }
        return Integer.parseInt(text);
    }

    private List<Screen.Condition> conditions(PortalCall call, Setup setup) {
        var issuer = call.request().issuer();
        var id = setup.connection().id();
        return List.of(
                new Screen.Condition("active", States.isActive(setup.connection()),
                        PortalPaths.step(issuer, id, Step.ACTIVATE)),
                new Screen.Condition("domain", setup.proved(), PortalPaths.step(issuer, id, Step.DOMAIN)),
                new Screen.Condition("tested_by_you",
                        setup.wasProvedBy(call.session().link().contact(), clock.instant()),
                        PortalPaths.step(issuer, id, Step.TEST)));
    }

    private Screen screen(PortalCall call, Setup setup) {
        var conditions = conditions(call, setup);
        return new Screen.Enforce(PortalPaths.step(call.request().issuer(), setup.connection().id(), Step.ENFORCE),
                States.word(setup.connection()), conditions, conditions.stream().allMatch(Screen.Condition::holds),
                List.of(), 0, 0, setup.connection().enforcedShare());
    }
}
