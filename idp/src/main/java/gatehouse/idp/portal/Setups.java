package gatehouse.idp.portal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.SqlSetups;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.DomainClaim;
import gatehouse.idp.tenancy.Organization;
import gatehouse.idp.upstream.template.ProviderTemplate;
import gatehouse.idp.upstream.template.Way;
import gatehouse.spi.ConnectionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and changes setups: of the session's organization, and of nobody else's. */
final class Setups {

    private static final int CONNECTIONS_MAX = 50;
    private static final int DOMAINS_MAX = 100;
    private static final int TRIALS_SHOWN = 20;

    private final Database database;
    private final Kinds kinds;
    private final Editor editor;
    private final SqlSetups store;

    Setups(PortalParts parts) {
        this.database = parts.database();
        this.kinds = parts.kinds();
        this.editor = parts.editor();
        this.store = parts.setups();
    }

    /** The organization of the session. */
    Organization organization(PortalCall call) {
        return database.read(call.deadline(), sql -> kinds.organizations().rows()
                .find(sql, Rows.Scope.of(call.issuer()), call.organization().value()))
                .filter(Organization::enabled)
                .orElseThrow(PortalRefusal::notFound);
    }

    /**
     * The setup that the request's path names.
     *
     * @throws PortalRefusal NOT_FOUND if it is none of the session's organization, or not the one its link is about
     */
    Setup require(PortalCall call) {
        var id = call.request().pathParameter("connection");
        if (call.session().link().connection().filter(only -> !only.value().equals(id)).isPresent()) {
            throw PortalRefusal.notFound();
        }
        var connection = database.read(call.deadline(),
                sql -> kinds.connections().rows().find(sql, call.scope(), id)).orElseThrow(PortalRefusal::notFound);
        return of(call, connection);
    }

    private Setup of(PortalCall call, Connection connection) {
        var place = call.place(connection.id());
        return new Setup(connection, store.progress(place, call.deadline()),
                store.trials(place, TRIALS_SHOWN, call.deadline()),
                domains(call).stream().anyMatch(DomainClaim::verified));
    }

    /** All that the session may see. */
    List<Setup> all(PortalCall call) {
        var page = new Rows.Page(Optional.empty(), CONNECTIONS_MAX, Map.of());
        return database.read(call.deadline(), sql -> kinds.connections().rows().page(sql, call.scope(), page)).stream()
                .filter(connection -> call.session().link().connection().map(connection.id()::equals).orElse(true))
                .map(connection -> of(call, connection))
                .toList();
    }

    /** The organization's claims on domains. */
    List<DomainClaim> domains(PortalCall call) {
        var page = new Rows.Page(Optional.empty(), DOMAINS_MAX, Map.of());
        return database.read(call.deadline(), sql -> kinds.domains().rows().page(sql, call.scope(), page));
    }

    /** Makes a draft. @throws PortalRefusal NOT_NOW if there are too many already */
    Connection begin(PortalCall call, ProviderTemplate template, Way way) {
        if (all(call).size() >= CONNECTIONS_MAX) {
            throw new PortalRefusal(PortalRefusal.Reason.NOT_NOW);
        }
        var document = JsonNodeFactory.instance.objectNode().put("type", way.protocol())
                .put("display_name", organization(call).displayName()).put("state", "draft");
        document.putObject("settings");
        return database.inTransaction(call.deadline(), transaction -> {
            var made = editor.create(transaction, kinds.connections(), call.editing(), document).value();
            store.advance(transaction, call.place(made.id()),
                    JsonNodeFactory.instance.objectNode().put("provider", template.id()).put("way", way.name()));
            return made;
        });
    }

    /** Writes how far a setup has come. */
    void advance(PortalCall call, ConnectionId connection, ObjectNode changes) {
        database.inTransaction(call.deadline(), transaction -> {
            store.advance(transaction, call.place(connection), changes);
            return connection;
        });
    }

    /**
     * Changes the connection itself, and writes how far its setup has come.
     *
     * @param patch a merge patch of the connection
     * @throws gatehouse.idp.schema.InvalidDocument if the connection could not work so
     */
    Connection change(PortalCall call, Setup setup, ObjectNode patch, ObjectNode changes) {
        return database.inTransaction(call.deadline(), transaction -> {
            var current = kinds.connections().rows()
                    .find(transaction.handle(), call.scope(), setup.connection().id().value())
                    .orElseThrow(PortalRefusal::notFound);
            if (current.version() != setup.connection().version()) {
                throw new PortalRefusal(PortalRefusal.Reason.CHANGED_MEANWHILE);
            }
            store.advance(transaction, call.place(current.id()), changes);
            return editor.patch(transaction, kinds.connections(), call.editing(), current, patch).value();
        });
    }
}
