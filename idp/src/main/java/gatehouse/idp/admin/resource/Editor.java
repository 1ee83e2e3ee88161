package gatehouse.idp.admin.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.client.Client;
import gatehouse.idp.schema.Access;
import gatehouse.idp.schema.FieldProblem;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.schema.MergePatch;
import gatehouse.idp.schema.Nearest;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.sql.Transaction;
import gatehouse.spi.OrganizationId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Makes, changes and deletes resources: from what was sent to a row and its audit record, in the caller's transaction.
 * What reaches a row went through here, whether it came over HTTP or from a file.
 */
public final class Editor {

    /** In whose name, and where, a change is made. */
    public record Call(Admin admin, String issuer, String address, String traceId) {

        /** What the caller can see. */
        public Rows.Scope scope() {
            return new Rows.Scope(issuer, admin.organization());
        }
    }

    /**
     * What a change came to.
     *
     * @param value    the resource as it is now
     * @param fields   names of the fields that are different, secrets among them; empty: nothing is
     * @param revealed secrets made here, shown this once
     */
    public record Edited<T>(T value, List<String> fields, Map<String, String> revealed) {

        /** Whether anything is different. */
        public boolean changed() {
            return !fields.isEmpty();
        }
    }

    private final SqlAudit audit;
    private final InstantSource clock;

    public Editor(SqlAudit audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes a resource of what was sent; what was not sent has its default.
     *
     * @throws InvalidDocument if it is not complete and correct
     * @throws gatehouse.idp.sql.RowRefused if there is one with that id
     */
    public <T extends Record> Edited<T> create(Transaction transaction, Kind<T> kind, Call call, ObjectNode sent) {
        var document = withDefaults(kind, sent);
        if (!document.has(kind.idField())) {
            kind.newId().ifPresent(id -> document.put(kind.idField(), id));
        }
        var given = kind.schema().defaults().put("issuer", call.issuer());
        if (kind.schema().fields().containsKey("organization")) {
            call.admin().organization().ifPresent(own -> given.put("organization", own.value()));
            call.admin().organization()
                    .ifPresent(own -> document.putIfAbsent("organization", given.get("organization")));
        }
        refuseForeign(kind, call, document, given, Optional.empty());
        kind.schema().validate(document);
        document.put("issuer", call.issuer()).put("version", 0);
        var stored = store(transaction, kind, call, document, Optional.empty());
        record(transaction, AuditAction.ADMIN_CREATED, kind, call, stored.value(), stored.fields());
        recordHappened(transaction, kind, call, Optional.empty(), stored.value());
        return stored;
    }

    /** Replaces {@code current} by what was sent; secrets that were not sent are kept. */
    public <T extends Record> Edited<T> replace(
            Transaction transaction, Kind<T> kind, Call call, T current, ObjectNode sent) {
        var before = RecordJson.write(current);
        var named = sent.deepCopy();
        named.remove(kind.derived());
        kind.staying().stream().filter(before::has).forEach(field -> named.putIfAbsent(field, before.get(field)));
        var document = withDefaults(kind, named);
        kind.keepSecrets(document, before);
        return change(transaction, kind, call, current, document);
    }

    /** Changes {@code current} by a merge patch (RFC 7396). */
    public <T extends Record> Edited<T> patch(
            Transaction transaction, Kind<T> kind, Call call, T current, ObjectNode patch) {
        var known = kind.schema().fields().keySet();
        var unknown = new ArrayList<FieldProblem>();
        patch.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                unknown.add(FieldProblem.of(name, Nearest.unknown("field", name, known)));
            }
        });
        if (!unknown.isEmpty()) {
            throw new InvalidDocument(unknown);
        }
        var changes = patch.deepCopy();
        changes.remove(kind.derived());
        var before = RecordJson.write(current);
        before.retain(known);
        // A removed field is one that was never sent: its default, if it has one.
        var document = withDefaults(kind, MergePatch.apply(before, changes));
        return change(transaction, kind, call, current, document);
    }

    /** Keeps {@code rotated}, a resource that was given a new secret. */
    public <T extends Record> Edited<T> rotateSecret(
            Transaction transaction, Kind<T> kind, Call call, Kind.Taken<T> rotated) {
        var stored = kind.rows().update(transaction, rotated.value());
        var fields = List.copyOf(rotated.revealed().keySet());
        record(transaction, AuditAction.ADMIN_CHANGED, kind, call, stored, fields);
        return new Edited<>(stored, fields, rotated.revealed());
    }

    /** Deletes {@code current}, unless it was changed since it was read. */
    public <T extends Record> void delete(Transaction transaction, Kind<T> kind, Call call, T current) {
        kind.rows().delete(transaction, current);
        record(transaction, AuditAction.ADMIN_DELETED, kind, call, current, List.of());
    }

    private <T extends Record> Edited<T> change(
            Transaction transaction, Kind<T> kind, Call call, T current, ObjectNode document) {
        var before = RecordJson.write(current);
        refuseForeign(kind, call, document, before, Optional.of(before));
        // What only the server sets stays as it is, sent or not.
        kind.schema().fields().values().stream()
                .filter(field -> field.access() == Access.READ_ONLY || field.access() == Access.IDENTITY)
                .filter(field -> before.has(field.name()))
                .forEach(field -> document.set(field.name(), before.get(field.name())));
        kind.schema().validate(document);
        before.properties().forEach(entry -> {
            if (!kind.schema().fields().containsKey(entry.getKey())) {
                document.set(entry.getKey(), entry.getValue());
            }
        });
        var edited = store(transaction, kind, call, document, Optional.of(current));
        if (edited.changed()) {
            record(transaction, AuditAction.ADMIN_CHANGED, kind, call, edited.value(), edited.fields());
            recordHappened(transaction, kind, call, Optional.of(current), edited.value());
        }
        return edited;
    }

    private <T extends Record> Edited<T> store(
            Transaction transaction, Kind<T> kind, Call call, ObjectNode document, Optional<T> before) {
        var writeOnly = document.objectNode();
        kind.schema().fields().values().stream()
                .filter(field -> field.access() == Access.WRITE_ONLY && document.has(field.name()))
                .forEach(field -> writeOnly.set(field.name(), document.remove(field.name())));
        kind.complete(document, before);
        if (!kind.schema().fields().containsKey("issuer")) {
            document.remove("issuer");
        }
        var read = RecordJson.read(document, kind.rows().type());
        var taken = kind.take(read, writeOnly, before);
        kind.check(taken.value(), before, call.admin());
        kind.checkStored(transaction.handle(), taken.value(), before, call.admin());
        if (before.isEmpty()) {
            var made = kind.rows().insert(transaction, taken.value());
            kind.storeSecrets(transaction, made, writeOnly);
            return new Edited<>(made, fieldsOf(kind.shown(made)), taken.revealed());
        }
        var fields = new TreeSet<>(differences(RecordJson.write(before.get()), RecordJson.write(taken.value())));
        if (kind.storeSecrets(transaction, before.get(), writeOnly)) {
            fields.addAll(fieldsOf(writeOnly));
        }
        if (fields.remove("secrets")) {
            fields.add("client_secret");
        }
        var now = fields.isEmpty() ? before.get() : kind.rows().update(transaction, taken.value());
        return new Edited<>(now, List.copyOf(fields), taken.revealed());
    }

    /** Nothing, said as {@code null}, and nothing, not said, are the same: the default, if there is one. */
    private static ObjectNode withDefaults(Kind<?> kind, ObjectNode sent) {
        var document = sent.deepCopy();
        document.properties().removeIf(entry -> entry.getValue().isNull());
        kind.schema().defaults().properties()
                .forEach(entry -> document.putIfAbsent(entry.getKey(), entry.getValue()));
        return document;
    }

    /** Refuses values of fields that are not the caller's to set, unless they are what they would be anyway. */
    private static void refuseForeign(
            Kind<?> kind, Call call, ObjectNode document, ObjectNode given, Optional<ObjectNode> before) {
        var problems = new ArrayList<FieldProblem>();
        for (var field : kind.schema().fields().values()) {
            boolean same = RecordJson.same(document.get(field.name()), given.get(field.name()));
            boolean foreignOrganization = field.name().equals("organization")
                    && call.admin().organization().isPresent() && !same;
            boolean sent = document.has(field.name());
            switch (field.access()) {
                case READ_ONLY -> {
                    if (sent && !same) {
                        problems.add(FieldProblem.of(field.name(), "is set by the server"));
                    }
                }
                case IDENTITY -> {
                    if (sent && !same && (before.isPresent() || foreignOrganization)) {
                        problems.add(FieldProblem.of(field.name(), before.isPresent()
                                ? "cannot be changed" : "is not yours"));
                    }
                }
                case OPERATOR -> {
                    if (!same && !call.admin().isOperator()) {
                        problems.add(FieldProblem.of(field.name(), "is for operators of the deployment to set"));
                    }
                }
                case EDITABLE, WRITE_ONLY, INTERNAL -> { }
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems);
        }
    }

    private <T extends Record> void recordHappened(
            Transaction transaction, Kind<T> kind, Call call, Optional<T> before, T after) {
        kind.happened(before, after).forEach(happened ->
                record(transaction, happened.action(), kind, call, after, happened.details()));
    }

    private <T extends Record> void record(
            Transaction transaction, AuditAction action, Kind<T> kind, Call call, T value, List<String> fields) {
        record(transaction, action, kind, call, value, Map.of(
                "kind", kind.schema().name(),
                "id", kind.rows().idOf(value),
                "fields", String.join(" ", fields)));
    }

    private <T extends Record> void record(Transaction transaction, AuditAction action, Kind<T> kind, Call call,
            T value, Map<String, String> details) {
        var document = RecordJson.write(value);
        var organization = kind.path().equals("organizations") ? document.get("id") : document.get("organization");
        var event = AuditEvent.of(action, call.issuer(), call.traceId())
                .organization(Optional.ofNullable(organization).map(id -> new OrganizationId(id.asText())))
                .address(call.address())
                .details(details);
        audit.write(transaction, new AuditRecord(0, clock.instant(), Optional.of(call.admin().name()), event));
    }

    private static List<String> fieldsOf(ObjectNode document) {
        return document.properties().stream().map(Map.Entry::getKey).sorted().toList();
    }

    /** Names of the fields whose values differ; of settings, their own names. Never values. */
    private static List<String> differences(ObjectNode before, ObjectNode after) {
        var names = new TreeSet<>(fieldsOf(before));
        names.addAll(fieldsOf(after));
        names.remove("version");
        names.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        if (names.remove("settings") && before.get("settings") instanceof ObjectNode old
                && after.get("settings") instanceof ObjectNode now) {
            differences(old, now).forEach(name -> names.add("settings." + name));
        }
        return List.copyOf(names);
    }
}
