package gatehouse.idp.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.admin.resource.Kind;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.sql.RowRefused;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.Tables;
import gatehouse.idp.sql.Transaction;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The stores of this process, within one transaction. */
final class DirectTarget implements ApplyTarget {

    private final Transaction transaction;
    private final Kinds kinds;
    private final Editor editor;
    private final Editor.Call call;
    private final List<Consumer<Deadline>> afterwards = new ArrayList<>();

    DirectTarget(Transaction transaction, Kinds kinds, Editor editor, Editor.Call call) {
        this.transaction = transaction;
        this.kinds = kinds;
        this.editor = editor;
        this.call = call;
    }

    private Kind<?> kind(String path) {
        return kinds.all().stream().filter(kind -> kind.path().equals(path)).findFirst().orElseThrow();
    }

    private Editor.Call at(String issuer) {
        return new Editor.Call(call.admin(), issuer, call.address(), call.traceId());
    }

    @Override
    public Optional<Known> find(String path, String issuer, ObjectNode declared) {
        return find(kind(path), issuer, declared);
    }

    private <T extends Record> Optional<Known> find(Kind<T> kind, String issuer, ObjectNode declared) {
        return row(kind, issuer, declared).map(row -> new Known(kind.rows().idOf(row), kind.shown(row)));
    }

    private <T extends Record> Optional<T> row(Kind<T> kind, String issuer, ObjectNode declared) {
        var scope = new Rows.Scope(issuer, Optional.<OrganizationId>empty());
        return switch (kind.path()) {
            case "users" -> {
                var email = declared.path("email").asText().toLowerCase(Locale.ROOT);
                var page = new Rows.Page(Optional.empty(), 2, Map.of("email", email));
                var found = kind.rows().page(transaction.handle(), scope, page);
                if (found.size() > 1) {
                    throw new TargetRefused("several users have this e-mail address");
                }
                yield found.stream().findFirst();
            }
            case "service-providers" ->
                    kind.rows().find(transaction.handle(), scope,
                            Tables.serviceProviderId(declared.path("entity_id").asText()));
            case "domains" -> kind.rows().find(transaction.handle(),
                    new Rows.Scope(issuer, Optional.of(new OrganizationId(declared.path("organization").asText()))),
                    declared.path("name").asText());
            default -> kind.rows().find(transaction.handle(), scope, declared.path(kind.idField()).asText());
        };
    }

    @Override
    public void create(String path, String issuer, ObjectNode declared) {
        try {
            editor.create(transaction, kind(path), at(issuer), declared);
        } catch (RowRefused refused) {
            throw new TargetRefused(words(refused));
        }
    }

    @Override
    public Patched patch(String path, String issuer, Known known, ObjectNode declared) {
        try {
            return patch(kind(path), issuer, declared);
        } catch (RowRefused refused) {
            throw new TargetRefused(words(refused));
        }
    }

    private <T extends Record> Patched patch(Kind<T> kind, String issuer, ObjectNode declared) {
        var before = row(kind, issuer, declared).orElseThrow();
        var edited = editor.patch(transaction, kind, at(issuer), before, declared);
        if (edited.changed()) {
            afterwards.add(deadline -> kind.committed(before, Optional.of(edited.value()), deadline));
        }
        return new Patched(kind.shown(edited.value()), edited.fields());
    }

    private static String words(RowRefused refused) {
        return switch (refused.why()) {
            case DUPLICATE -> "there is one already, elsewhere (" + refused.constraint() + ")";
            case REFERENCE_MISSING -> "names something that does not exist (" + refused.constraint() + ")";
            case IN_USE -> "others refer to it (" + refused.constraint() + ")";
            case CHANGED_MEANWHILE -> "was changed by somebody else at the same time";
        };
    }

    /** Does what changes end beside themselves, once they are committed. */
    void committed(Deadline deadline) {
        afterwards.forEach(each -> each.accept(deadline));
    }
}
