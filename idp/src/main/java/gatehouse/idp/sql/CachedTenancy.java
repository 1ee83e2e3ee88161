package gatehouse.idp.sql;

import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.IssuerSettings;
import gatehouse.idp.tenancy.Organization;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.idp.tenancy.VerifiedDomain;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** The data plane's view of tenancy, cached in front of {@link Tables}. Register it with the feed. */
public final class CachedTenancy implements TenancyCatalog, ConfigListener {

    /** Connections an organization may have. */
    public static final int CONNECTIONS_MAX = 100;

    private record Key(String issuer, String id) {}

    private final ReadThrough<String, IssuerSettings> issuers;
    private final ReadThrough<Key, Organization> organizations;
    private final ReadThrough<Key, VerifiedDomain> domains;
    private final ReadThrough<Key, Connection> connections;
    private final ReadThrough<Key, List<Connection>> connectionsOf;

    /** @param sizeMax entries of each cache */
    public CachedTenancy(Database database, Tables tables, int sizeMax, Executor executor, LongSupplier nanoClock) {
        issuers = new ReadThrough<>(1_000, executor, nanoClock, (name, deadline) -> database.read(deadline,
                sql -> tables.issuers().find(sql, Rows.Scope.of(name), name)));
        organizations = new ReadThrough<>(sizeMax, executor, nanoClock, (key, deadline) -> database.read(deadline,
                sql -> tables.organizations().find(sql, Rows.Scope.of(key.issuer()), key.id())));
        domains = new ReadThrough<>(sizeMax, executor, nanoClock, (key, deadline) -> database.read(deadline,
                sql -> tables.domains().find(sql, Rows.Scope.of(key.issuer()), key.id())
                        .filter(claim -> claim.verified())
                        .map(claim -> new VerifiedDomain(
                                claim.name(), claim.issuer(), claim.organization(), claim.connection()))));
        connections = new ReadThrough<>(sizeMax, executor, nanoClock, (key, deadline) -> database.read(deadline,
                sql -> tables.connections().find(sql, Rows.Scope.of(key.issuer()), key.id())));
        var all = new Rows.Page(Optional.empty(), CONNECTIONS_MAX, Map.of());
        connectionsOf = new ReadThrough<>(sizeMax, executor, nanoClock,
                (key, deadline) -> database.read(deadline, sql ->
                Optional.of(tables.connections().page(sql, scope(key), all)).filter(found -> !found.isEmpty())));
    }

    private static Rows.Scope scope(Key ofOrganization) {
        return new Rows.Scope(ofOrganization.issuer(), Optional.of(new OrganizationId(ofOrganization.id())));
    }

    @Override
    public Optional<IssuerSettings> issuer(String name, Deadline deadline) {
        return issuers.get(name, deadline);
    }

    @Override
    public Optional<Organization> organization(String issuer, OrganizationId id, Deadline deadline) {
        return organizations.get(new Key(issuer, id.value()), deadline);
    }

    @Override
    public Optional<VerifiedDomain> verifiedDomain(String issuer, String domain, Deadline deadline) {
        return domains.get(new Key(issuer, domain), deadline);
    }

    @Override
    public Optional<Connection> connection(String issuer, ConnectionId id, Deadline deadline) {
        return connections.get(new Key(issuer, id.value()), deadline);
    }

    @Override
    public List<Connection> connectionsOf(String issuer, OrganizationId organization, Deadline deadline) {
        return connectionsOf.get(new Key(issuer, organization.value()), deadline).orElse(List.of());
    }

    @Override
    public void changed(ConfigChange change) {
        var key = new Key(change.issuer(), change.id());
        switch (change.kind()) {
            case ISSUER -> issuers.forget(change.id());
            case ORGANIZATION -> {
                organizations.forget(key);
                // Its claims go with it.
                domains.forgetAll();
            }
            case DOMAIN -> domains.forget(key);
            case CONNECTION -> {
                connections.forget(key);
                change.organization().ifPresent(owner -> connectionsOf.forget(new Key(change.issuer(), owner)));
            }
            case CLIENT, SERVICE_PROVIDER, USER, KEYS, METADATA, WEBHOOK -> { }
        }
    }

    @Override
    public void everythingMayHaveChanged() {
        issuers.forgetAll();
        organizations.forgetAll();
        domains.forgetAll();
        connections.forgetAll();
        connectionsOf.forgetAll();
    }
}
