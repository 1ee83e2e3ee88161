package gatehouse.idp.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.admin.Operation.Need;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.admin.resource.Editor.Edited;
import gatehouse.idp.admin.resource.Kind;
import gatehouse.idp.http.Reply;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.schema.ResourceSchema;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.Transaction;
import gatehouse.spi.OrganizationId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/** List, create, read, replace, change and delete, for one kind of resource. */
final class ResourceOperations<T extends Record> {

    /** Media type of a merge patch (RFC 7396). */
    static final String MERGE_PATCH = "application/merge-patch+json";

    /** Judges a change once it is known what would be stored, and before it is. */
    interface Guard<T> {

        /** Query parameters by which a caller answers what this asks. */
        List<Operation.Parameter> parameters();

        /** @throws ProblemError if the change is not to be made, or not yet */
        void require(Handle sql, AdminCall call, T before, T after);
    }

    private final Kind<T> kind;
    private final Database database;
    private final Editor editor;
    private final Paging paging;
    private final Optional<Guard<T>> guard;

    ResourceOperations(Kind<T> kind, Database database, Editor editor, Paging paging,
            Optional<Guard<T>> guard) {
        this.kind = kind;
        this.database = database;
        this.editor = editor;
        this.paging = paging;
        this.guard = guard;
    }

    /**
     * The operations.
     *
     * @param make   who may make and delete
     * @param change who may change
     */
    List<Operation> operations(Need read, Need make, Need change) {
        var all = "/" + kind.path();
        var one = all + "/{id}";
        var name = kind.schema().name();
        var operations = new ArrayList<Operation>();
        operations.add(listing(all, name, read));
        operations.add(new Operation("POST", all, "create_" + name, kind.path(),
                "Makes a new " + words(name) + ".", make,
                List.of(Operation.DRY_RUN), Optional.of(name), 201, Optional.of(name), false, this::create));
        operations.add(narrowed(Operation.get(one, "read_" + name, kind.path(), "Reads a " + words(name) + ".",
                read, name, this::read)));
        operations.add(narrowed(Operation.get(one, "replace_" + name, kind.path(),
                "Replaces a " + words(name) + "; secrets that are not sent stay.", change, name, this::replace)
                .as("PUT").taking(name).ifMatch().with(Operation.DRY_RUN).with(answers())));
        operations.add(narrowed(Operation.get(one, "change_" + name, kind.path(),
                "Changes a " + words(name) + " by a merge patch (RFC 7396).", change, name, this::patch)
                .as("PATCH").taking(name + "_patch").ifMatch().with(Operation.DRY_RUN).with(answers())));
        operations.add(narrowed(Operation.act("DELETE", one, "delete_" + name, kind.path(),
                "Deletes a " + words(name) + " that nothing refers to.", make, this::delete)));
        return operations;
    }

    private Operation listing(String path, String name, Need read) {
        var operation = narrowed(Operation.get(path, "list_" + name + "s", kind.path(), "Lists, in the order of ids.",
                read, name + "_page", this::list).with(Operation.LIMIT, Operation.PAGE_TOKEN));
        for (var filter : kind.filters().entrySet()) {
            operation = operation.with(new Operation.Parameter(filter.getKey(), "string", filter.getValue()));
        }
        return operation;
    }

    private Operation.Parameter[] answers() {
        return guard.map(Guard::parameters).orElse(List.of()).toArray(Operation.Parameter[]::new);
    }

    private Operation narrowed(Operation operation) {
        return belongsToOrganization() ? operation.with(Operation.ORGANIZATION) : operation;
    }

    private boolean belongsToOrganization() {
        return kind.schema().fields().containsKey("organization");
    }

    private static String words(String name) {
        return name.replace('_', ' ');
    }

    /** What the caller can see, and asked to see. */
    private Rows.Scope scope(AdminCall call) {
        if (!belongsToOrganization() && !kind.path().equals("organizations")) {
            return Rows.Scope.of(call.issuer());
        }
        var asked = call.request().query().nonEmpty("organization").map(id -> organization(id));
        var own = call.admin().organization();
        if (own.isPresent() && asked.isPresent() && !own.equals(asked)) {
            throw ProblemError.notFound();
        }
        return new Rows.Scope(call.issuer(), own.or(() -> asked));
    }

    static OrganizationId organization(String text) {
        try {
            return new OrganizationId(text);
        } catch (IllegalArgumentException impossible) {
            throw ProblemError.notFound();
        }
    }

    private T existing(Handle sql, AdminCall call) {
        return kind.rows().find(sql, scope(call), call.request().pathParameter("id"))
                .orElseThrow(ProblemError::notFound);
    }

    private static long version(Record value) {
        return RecordJson.write(value).path("version").asLong();
    }

    private Reply list(AdminCall call) {
        var filters = new HashMap<String, String>();
        kind.filters().keySet().forEach(name ->
                call.request().query().optional(name).ifPresent(value -> filters.put(name, value)));
        var page = new Rows.Page(paging.after(call), Paging.limit(call) + 1, filters);
        var rows = database.read(call.deadline(), sql -> kind.rows().page(sql, scope(call), page));
        return json(200, paging.page(call, rows, kind::shown, kind.rows()::idOf));
    }

    private Reply read(AdminCall call) {
        var value = database.read(call.deadline(), sql -> existing(sql, call));
        if (ETag.isKnown(call.request(), version(value))) {
            return Reply.empty(304).with("ETag", ETag.of(version(value))).noStore();
        }
        return json(200, kind.shown(value)).with("ETag", ETag.of(version(value)));
    }

    private Reply create(AdminCall call) {
        var sent = call.body(List.of());
        var made = database.inTransaction(call.deadline(), transaction -> {
            dry(call, transaction);
            return editor.create(transaction, kind, call.editing(), sent);
        });
        var id = URLEncoder.encode(kind.rows().idOf(made.value()), StandardCharsets.UTF_8).replace("+", "%20");
        return edited(201, made).with("Location", AdminRoutes.BASE + "/" + kind.path() + "/" + id
                + (call.issuer().equals("main") ? "" : "?issuer=" + call.issuer()));
    }

    private Reply replace(AdminCall call) {
        var sent = call.body(List.of());
        return change(call, (transaction, current) ->
                editor.replace(transaction, kind, call.editing(), current, sent));
    }

    private Reply patch(AdminCall call) {
        var sent = call.body(List.of(MERGE_PATCH));
        return change(call, (transaction, current) -> editor.patch(transaction, kind, call.editing(), current, sent));
    }

    private Reply change(AdminCall call, BiFunction<Transaction, T, Edited<T>> edit) {
        record Changed<T>(T before, Edited<T> edited) {}
        var changed = database.inTransaction(call.deadline(), transaction -> {
            dry(call, transaction);
            var current = existing(transaction.handle(), call);
            ETag.require(call.request(), version(current));
            var edited = edit.apply(transaction, current);
            guard.ifPresent(asks -> asks.require(transaction.handle(), call, current, edited.value()));
            return new Changed<>(current, edited);
        });
        if (changed.edited().changed() && !call.isDryRun()) {
            kind.committed(changed.before(), Optional.of(changed.edited().value()), call.deadline());
        }
        return edited(200, changed.edited());
    }

    private Reply delete(AdminCall call) {
        var gone = database.inTransaction(call.deadline(), transaction -> {
            var current = existing(transaction.handle(), call);
            ETag.requireIfSent(call.request(), version(current));
            editor.delete(transaction, kind, call.editing(), current);
            return current;
        });
        kind.committed(gone, Optional.empty(), call.deadline());
        return Reply.empty(204);
    }

    private static void dry(AdminCall call, Transaction transaction) {
        if (call.isDryRun()) {
            transaction.discard();
        }
    }

    private Reply edited(int status, Edited<T> edited) {
        var shown = kind.shown(edited.value());
        edited.revealed().forEach(shown::put);
        return json(status, shown)
                .with("ETag", ETag.of(version(edited.value())))
                .with("Gatehouse-Changed", String.join(" ", edited.fields()));
    }

    static Reply json(int status, ObjectNode body) {
        return Reply.json(status, body.toString().getBytes(StandardCharsets.UTF_8)).noStore();
    }

    /** The kind's schema. */
    ResourceSchema schema() {
        return kind.schema();
    }
}
