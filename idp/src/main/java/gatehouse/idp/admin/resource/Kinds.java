package gatehouse.idp.admin.resource;

import gatehouse.idp.sql.Tables;
import gatehouse.idp.upstream.ConnectorType;
import gatehouse.sessions.SessionStore;
import gatehouse.spi.credential.PasswordHasher;
import java.time.InstantSource;
import java.util.List;

/**
 * Every kind that administrators manage, in the order in which a file makes them: what is referred to comes first.
 */
public record Kinds(
        Issuers issuers,
        Organizations organizations,
        Domains domains,
        Connections connections,
        Clients clients,
        ServiceProviders serviceProviders,
        Users users,
        Webhooks webhooks) {

    /** All kinds over {@code tables}. */
    public static Kinds of(
            Tables tables, List<ConnectorType> types, PasswordHasher hasher, SessionStore sessions,
                    InstantSource clock) {
        var names = new RandomNames();
        return new Kinds(
                new Issuers(tables.issuers()),
                new Organizations(tables.organizations(), sessions),
                new Domains(tables.domains(), names, clock),
                new Connections(tables.connections(), names, types, clock),
                new Clients(tables.clients(), names, clock),
                new ServiceProviders(tables.serviceProviders()),
                new Users(tables.users(), names, hasher, sessions),
                new Webhooks(tables.webhooks(), names, clock));
    }

    /** All, in order. */
    public List<Kind<?>> all() {
        return List.of(issuers, organizations, domains, connections, clients, serviceProviders, users, webhooks);
    }
}
