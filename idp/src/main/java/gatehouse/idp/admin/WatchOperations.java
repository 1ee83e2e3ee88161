package gatehouse.idp.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.admin.Operation.Need;
import gatehouse.idp.admin.WatchViews.DriftChoice;
import gatehouse.idp.admin.WatchViews.MetadataView;
import gatehouse.idp.admin.WatchViews.WarningView;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.http.Reply;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.schema.ResourceSchema;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.sql.watch.SqlMetadata.Key;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.metadata.MetadataRefused;
import gatehouse.idp.watch.DriftDecisions.Decision;
import gatehouse.idp.watch.Watch;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Metadata of identity providers and what it will do to logins: looked at, fetched, and held changes decided. */
final class WatchOperations {

    static final ResourceSchema CHOICE = ResourceSchema.of(
            "metadata_decision", JsonNodeFactory.instance.objectNode(), List.of(DriftChoice.class));

    private final Watch watch;
    private final Kinds kinds;
    private final Database database;
    private final SqlAudit audit;
    private final Paging paging;
    private final InstantSource clock;

    WatchOperations(
            Watch watch, Kinds kinds, Database database, SqlAudit audit, Paging paging, InstantSource clock) {
        this.watch = watch;
        this.kinds = kinds;
        this.database = database;
        this.audit = audit;
        this.paging = paging;
        this.clock = clock;
    }

    List<Operation> operations() {
        var one = "/connections/{id}/metadata";
        return List.of(
                Operation.get(one, "read_connection_metadata", "connections",
                        "Reads what is known of the identity provider, what is held for approval, and warnings.",
                        Need.READ, "connection_metadata", this::read),
                Operation.get(one + "/refresh", "refresh_connection_metadata", "connections",
                        "Fetches the provider's metadata now. A change that lowers trust is held, not applied.",
                        Need.CHANGE, "connection_metadata", this::refresh).as("POST"),
                Operation.get(one + "/approve", "approve_connection_metadata", "connections",
                        "Lets logins use the held change that was shown.", Need.CHANGE, "connection_metadata",
                        call -> decide(call, true)).as("POST").taking("metadata_decision"),
                Operation.get(one + "/reject", "reject_connection_metadata", "connections",
                        "Drops the held change that was shown; the same is not held again.", Need.CHANGE,
                        "connection_metadata", call -> decide(call, false)).as("POST").taking("metadata_decision"),
                Operation.get("/warnings", "list_warnings", "connections",
                        "Lists what will stop logins: certificates that end, metadata that waits or went stale.",
                        Need.READ, "warning_page", this::warnings)
                        .with(Operation.LIMIT, Operation.PAGE_TOKEN, Operation.ORGANIZATION));
    }

    private Connection connection(AdminCall call) {
        return database.read(call.deadline(), sql -> kinds.connections().rows()
                .find(sql, call.scope(), call.request().pathParameter("id"))).orElseThrow(ProblemError::notFound);
    }

    private Reply read(AdminCall call) {
        return shown(call, connection(call));
    }

    private Reply shown(AdminCall call, Connection connection) {
        var known = watch.certificates().known(connection, call.deadline());
        var held = known.row().flatMap(row -> watch.decisions().held(connection, row));
        var view = MetadataView.of(connection.id().value(), known, held,
                watch.certificates().warnings(connection, known));
        return ResourceOperations.json(200, RecordJson.write(view));
    }

    private Reply refresh(AdminCall call) {
        var connection = connection(call);
        try {
            var key = new Key(connection.issuer(), connection.id().value());
            if (watch.metadata().refreshNow(key, call.deadline()).isEmpty()) {
                throw ProblemError.invalidRequest("The connection follows no address of metadata.");
            }
        } catch (MetadataRefused refused) {
            throw new ProblemError(ProblemError.Reason.METADATA_REFUSED, refused.description());
        }
        return shown(call, connection);
    }

    private Reply decide(AdminCall call, boolean approve) {
        connection(call); // what is not the caller's is not found, whatever was sent
        var choice = call.body(List.of());
        CHOICE.validate(choice);
        var id = call.request().pathParameter("id");
        var drift = choice.path("drift").asText();
        var connection = database.inTransaction(call.deadline(), transaction -> {
            var decision = approve ? watch.decisions().approve(transaction, call.scope(), id, drift)
                    : watch.decisions().reject(transaction, call.scope(), id, drift);
            return switch (decision) {
                case Decision.NoConnection() -> throw ProblemError.notFound();
                case Decision.NotHeld() -> throw new ProblemError(ProblemError.Reason.NOT_HELD,
                        "This change is not held, or not any more: read the metadata again.");
                case Decision.Unusable(var why) -> throw new ProblemError(ProblemError.Reason.METADATA_REFUSED, why);
                case Decision.Done done -> {
                    var details = Map.of("kind", "connection", "id", id, "drift", drift,
                            "changes", done.drift().kinds());
                    var event = AuditEvent.of(done.action(), call.issuer(), call.request().traceId())
                            .organization(Optional.of(done.connection().organization()))
                            .address(call.request().clientAddress()).details(details);
                    audit.write(transaction,
                            new AuditRecord(0, clock.instant(), Optional.of(call.admin().name()), event));
                    yield done.connection();
                }
            };
        });
        return shown(call, connection);
    }

    private Reply warnings(AdminCall call) {
        var asked = call.request().query().nonEmpty("organization").map(ResourceOperations::organization);
        var own = call.admin().organization();
        if (own.isPresent() && asked.isPresent() && !own.equals(asked)) {
            throw ProblemError.notFound();
        }
        var scope = new Rows.Scope(call.issuer(), own.or(() -> asked));
        int limit = Paging.limit(call);
        var page = new Rows.Page(paging.after(call), limit + 1, Map.of());
        var connections = database.read(call.deadline(), sql -> kinds.connections().rows().page(sql, scope, page));
        // A page is of connections: each brings what it has, often nothing.
        ObjectNode json = paging.page(call, connections, _ -> JsonNodeFactory.instance.objectNode(),
                connection -> connection.id().value());
        var items = json.putArray("items");
        connections.stream().limit(limit).flatMap(connection -> watch.certificates()
                        .warnings(connection, call.deadline()).stream())
                .map(WarningView::of).distinct()
                .forEach(warning -> items.add(RecordJson.write(warning)));
        return ResourceOperations.json(200, json);
    }
}
