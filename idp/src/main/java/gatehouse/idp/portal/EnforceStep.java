package gatehouse.idp.portal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.idp.admin.tenancy.Enforcement;
import gatehouse.idp.admin.tenancy.Rehearsal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.tenancy.ConnectionState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Making it the only way in, for a share of the people or for all. Never unasked, and after a rehearsal. */
final class EnforceStep {

    private static final int SHOWN_MAX = 50;

    private final Setups setups;
    private final Desk desk;
    private final Enforcement enforcement;
    private final InstantSource clock;

    EnforceStep(Setups setups, Desk desk, Enforcement enforcement, InstantSource clock) {
        this.setups = setups;
        this.desk = desk;
        this.enforcement = enforcement;
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
                var rehearsal = enforcement.rehearse(setup.connection(), call.deadline());
                if (!conditions(call, setup, rehearsal, clock.instant()).stream().allMatch(Screen.Condition::holds)
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

    private static List<Screen.Condition> conditions(PortalCall call, Setup setup, Rehearsal rehearsal, Instant now) {
        var issuer = call.request().issuer();
        var id = setup.connection().id();
        var conditions = new ArrayList<Screen.Condition>();
        conditions.add(new Screen.Condition("active", States.isActive(setup.connection()),
                PortalPaths.step(issuer, id, Step.ACTIVATE)));
        conditions.add(new Screen.Condition("tested_by_you",
                setup.wasProvedBy(call.session().link().contact(), now), PortalPaths.step(issuer, id, Step.TEST)));
        rehearsal.conditions().forEach(condition -> conditions.add(new Screen.Condition(condition.name(),
                condition.met(), switch (condition.name()) {
                    case "verified_domain" -> PortalPaths.step(issuer, id, Step.DOMAIN);
                    case "recent_success" -> PortalPaths.step(issuer, id, Step.TEST);
                    default -> PortalPaths.glass(issuer, id);
                })));
        return conditions;
    }

    private Screen screen(PortalCall call, Setup setup) {
        var rehearsal = enforcement.rehearse(setup.connection(), call.deadline());
        var conditions = conditions(call, setup, rehearsal, clock.instant());
        var people = rehearsal.people().stream().limit(SHOWN_MAX)
                .map(person -> new Screen.Enforce.Affected(person.email(), "password")).toList();
        return new Screen.Enforce(PortalPaths.step(call.request().issuer(), setup.connection().id(), Step.ENFORCE),
                PortalPaths.glass(call.request().issuer(), setup.connection().id()),
                States.word(setup.connection()), conditions, conditions.stream().allMatch(Screen.Condition::holds),
                people, rehearsal.lockedOut(), rehearsal.passwords(), setup.connection().enforcedShare());
    }
}
