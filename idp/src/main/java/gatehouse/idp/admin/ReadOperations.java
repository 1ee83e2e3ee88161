package gatehouse.idp.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.idp.admin.Operation.Need;
import gatehouse.idp.admin.Views.AuditView;
import gatehouse.idp.admin.Views.KeyView;
import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.http.Reply;
import gatehouse.idp.keys.KeyRotator;
import gatehouse.idp.keys.RotationRefused;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.SqlAudit;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Keys and the audit trail: looked at, and for keys, rotated by command. */
final class ReadOperations {

    private final KeyRotator keys;
    private final Database database;
    private final SqlAudit audit;
    private final Paging paging;
    private final InstantSource clock;

    ReadOperations(KeyRotator keys, Database database, SqlAudit audit, Paging paging, InstantSource clock) {
        this.keys = keys;
        this.database = database;
        this.audit = audit;
        this.paging = paging;
        this.clock = clock;
    }

    List<Operation> operations() {
        return List.of(
                Operation.get("/keys", "list_keys", "keys", "Lists the issuer's keys, newest first.",
                        Need.DEPLOYMENT_READ, "key_page", this::list),
                Operation.get("/keys/rotate", "rotate_keys", "keys",
                        "Makes the published next keys current at once, and publishes new next ones.",
                        Need.OPERATOR, "key_page", this::rotate).as("POST"),
                Operation.get("/keys/saml/prepare", "prepare_saml_keys", "keys",
                        "Publishes the issuer's next SAML certificates beside the current ones, ahead of the schedule.",
                        Need.OPERATOR, "key_page", call -> changed(call, "saml_prepared",
                                keys.prepareSaml(call.issuer(), call.deadline()))).as("POST"),
                Operation.get("/keys/saml/rotate", "rotate_saml_keys", "keys",
                        "Makes the published next SAML keys current; the old ones go on decrypting for a while.",
                        Need.OPERATOR, "key_page", this::rotateSaml).as("POST")
                        .with(new Operation.Parameter("unprepared", "boolean",
                                "true: even if partners had less than the usual time to take the certificates in.")),
                Operation.get("/audit-events", "list_audit_events", "audit", "Lists the audit trail, newest first.",
                        Need.READ, "audit_event_page", this::trail)
                        .with(Operation.LIMIT, Operation.PAGE_TOKEN, Operation.ORGANIZATION));
    }

    private Reply list(AdminCall call) {
        return page(keys.keys(call.issuer(), call.deadline()));
    }

    private Reply rotate(AdminCall call) {
        return changed(call, "tokens_rotated", keys.rotateNow(call.issuer(), call.deadline()));
    }

    private Reply rotateSaml(AdminCall call) {
        var unprepared = call.request().query().optional("unprepared").orElse("false");
        if (!unprepared.equals("true") && !unprepared.equals("false")) {
            throw ProblemError.invalidRequest("unprepared must be true or false");
        }
        try {
            return changed(call, "saml_rotated",
                    keys.rotateSaml(call.issuer(), unprepared.equals("true"), call.deadline()));
        } catch (RotationRefused refused) {
            throw new ProblemError(ProblemError.Reason.NOT_READY, refused.getMessage());
        }
    }

    private Reply changed(AdminCall call, String changes, List<KeyRotator.KeyView> now) {
        var event = AuditEvent.of(AuditAction.KEY_ROTATED, call.issuer(), call.request().traceId())
                .address(call.request().clientAddress())
                .details(Map.of("by", "command", "changes", changes));
        audit.write(List.of(new AuditRecord(0, clock.instant(), Optional.of(call.admin().name()), event)),
                call.deadline());
        return page(now);
    }

    private static Reply page(List<KeyRotator.KeyView> keys) {
        var page = JsonNodeFactory.instance.objectNode();
        var items = page.putArray("items");
        keys.forEach(key -> items.add(RecordJson.write(KeyView.of(key))));
        return ResourceOperations.json(200, page);
    }

    private Reply trail(AdminCall call) {
        var asked = call.request().query().nonEmpty("organization").map(ResourceOperations::organization);
        var own = call.admin().organization();
        if (own.isPresent() && asked.isPresent() && !own.equals(asked)) {
            throw ProblemError.notFound();
        }
        var scope = new Rows.Scope(call.issuer(), own.or(() -> asked));
        var before = paging.after(call).map(Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty());
        var records = database.read(call.deadline(), sql -> audit.page(sql, scope, before, Paging.limit(call) + 1));
        return ResourceOperations.json(200, paging.page(call, records,
                record -> RecordJson.write(AuditView.of(record)), record -> Long.toString(record.id())));
    }
}
