package gatehouse.idp.portal;

import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.http.Reply;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.watch.DriftDecisions.Decision;
import gatehouse.idp.watch.Watch;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes of published metadata that wait for a decision: shown, approved as shown, or rejected. */
final class HeldMetadata {

    private final Watch watch;
    private final Database database;
    private final SqlAudit audit;
    private final Setups setups;
    private final InstantSource clock;

    HeldMetadata(PortalParts parts, Setups setups) {
        this.watch = parts.watch();
        this.database = parts.database();
        this.audit = parts.audit();
        this.setups = setups;
        this.clock = parts.clock();
    }

    /** What is held of {@code setup}. */
    List<Screen.Health.Held> of(PortalCall call, Setup setup) {
        var row = watch.certificates().known(setup.connection(), call.deadline()).row();
        return row.flatMap(known -> known.held().flatMap(one -> watch.decisions().held(setup.connection(), known)
                .map(drift -> new Screen.Health.Held(
                        PortalPaths.step(call.request().issuer(), setup.connection().id(), Step.HEALTH), drift.id(),
                        Desk.when(one.at()), drift.differences().stream().map(difference -> new Screen.Change(
                                difference.kind().wireName(), difference.before(), difference.after())).toList(),
                        List.of())))).map(List::of).orElse(List.of());
    }

    /** Decides on the change that was shown, and on no other. */
    Reply decide(PortalCall call) {
        var setup = setups.require(call);
        var id = setup.connection().id().value();
        var drift = call.field("change", 128).orElse("");
        boolean approves = switch (call.field("action", 20).orElse("")) {
            case "approve" -> true;
            case "reject" -> false;
            default -> throw new PortalRefusal(PortalRefusal.Reason.INPUT_UNUSABLE);
        };
        database.inTransaction(call.deadline(), transaction -> {
            var decision = approves ? watch.decisions().approve(transaction, call.scope(), id, drift)
                    : watch.decisions().reject(transaction, call.scope(), id, drift);
            return switch (decision) {
                case Decision.NoConnection _ -> throw PortalRefusal.notFound();
                case Decision.NotHeld _ -> throw new PortalRefusal(PortalRefusal.Reason.CHANGED_MEANWHILE);
                case Decision.Unusable _ -> throw new PortalRefusal(PortalRefusal.Reason.NOT_NOW);
                case Decision.Done done -> {
                    audit.write(transaction, new AuditRecord(0, clock.instant(),
                            Optional.of(call.editing().admin().name()),
                            AuditEvent.of(done.action(), call.issuer(), call.request().traceId())
                                    .organization(Optional.of(call.organization()))
                                    .address(call.request().clientAddress())
                                    .details(Map.of("kind", "connection", "id", id, "drift", drift,
                                            "changes", done.drift().kinds()))));
                    yield done;
                }
            };
        });
        return Reply.seeOther(PortalPaths.step(call.request().issuer(), setup.connection().id(), Step.HEALTH,
                approves ? "approved" : "rejected"));
    }
}
