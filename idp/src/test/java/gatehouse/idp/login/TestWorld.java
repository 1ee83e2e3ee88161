package gatehouse.idp.login;

import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.client.Client;
import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.keys.SigningAlgorithm;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.ConnectionState;
import gatehouse.idp.tenancy.IssuerSettings;
import gatehouse.idp.tenancy.Organization;
import gatehouse.idp.tenancy.OrganizationPolicy;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.idp.tenancy.TestConnections;
import gatehouse.idp.tenancy.VerifiedDomain;
import gatehouse.idp.upstream.xray.Entry;
import gatehouse.sessions.SessionLimits;
import gatehouse.spi.ClientId;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Organizations, connections and clients in maps, which tests change as administrators would. */
final class TestWorld implements TenancyCatalog, ClientCatalog {

    static final OrganizationId ACME = new OrganizationId("acme-ads");
    static final OrganizationId GLOBEX = new OrganizationId("globex-media");

    final Map<OrganizationId, Organization> organizations = new HashMap<>();
    final Map<ConnectionId, Connection> connections = new LinkedHashMap<>();
    final Map<String, VerifiedDomain> domains = new HashMap<>();
    final Map<String, Client> clients = new HashMap<>();
    final List<AuditEvent> audited = new ArrayList<>();
    final List<Entry> attempted = new ArrayList<>();

    TestWorld() {
        organization(ACME, "acme-ads.example", true);
        organization(GLOBEX, "globex-media.example", true);
        connection("acme-oidc", ACME, "oidc", ConnectionState.ACTIVE);
        connection("globex-saml", GLOBEX, "saml", ConnectionState.ACTIVE);
        client("demo-app", Optional.empty(), true);
    }

    void organization(OrganizationId id, String domain, boolean enabled) {
        organizations.put(id, new Organization(id, "main", id.value(), enabled, 1));
        domains.put(domain, new VerifiedDomain(domain, "main", id, Optional.empty()));
    }

    /** Lays {@code policy} down for an organization. */
    void policy(OrganizationId id, OrganizationPolicy policy) {
        organizations.put(id, new Organization(id, "main", id.value(), true, policy, List.of(), 2));
    }

    void connection(String id, OrganizationId organization, String type, ConnectionState state) {
        connections.put(new ConnectionId(id),
                TestConnections.in(state, TestConnections.connection(id, organization.value(), type)));
    }

    void tested(String id, OrganizationId organization, String... testers) {
        var made = TestConnections.connection(id, organization.value(), "oidc");
        connections.put(made.id(), TestConnections.triedBy(List.of(testers), made));
    }

    void client(String id, Optional<OrganizationId> organization, boolean enabled) {
        clients.put(id, new Client(new ClientId(id), "main", organization, "Demo app", Optional.empty(),
                List.of("https://app.example/cb"), List.of(), Set.of("authorization_code"), Set.of("openid"), "none",
                        List.of(),
                Optional.empty(), Optional.empty(), SigningAlgorithm.ES256, SigningAlgorithm.ES256, List.of(),
                Optional.empty(), true, enabled, 1));
    }

    @Override
    public Optional<IssuerSettings> issuer(String name, Deadline deadline) {
        return name.equals("main")
                ? Optional.of(new IssuerSettings("main", "Main", true, Duration.ofMinutes(5), Duration.ofMinutes(5),
                        Duration.ofSeconds(60), Duration.ofDays(30), SessionLimits.DEFAULTS, 1))
                : Optional.empty();
    }

    @Override
    public Optional<Organization> organization(String issuer, OrganizationId id, Deadline deadline) {
        return Optional.ofNullable(organizations.get(id)).filter(found -> found.issuer().equals(issuer));
    }

    @Override
    public Optional<VerifiedDomain> verifiedDomain(String issuer, String domain, Deadline deadline) {
        return Optional.ofNullable(domains.get(domain)).filter(found -> found.issuer().equals(issuer));
    }

    @Override
    public Optional<Connection> connection(String issuer, ConnectionId id, Deadline deadline) {
        return Optional.ofNullable(connections.get(id)).filter(found -> found.issuer().equals(issuer));
    }

    @Override
    public List<Connection> connectionsOf(String issuer, OrganizationId organization, Deadline deadline) {
        return connections.values().stream().filter(found -> found.organization().equals(organization)).toList();
    }

    @Override
    public Optional<Client> client(String issuer, ClientId id, Deadline deadline) {
        return Optional.ofNullable(clients.get(id.value()));
    }

    @Override
    public Optional<ServiceProvider> serviceProvider(String issuer, String entityId, Deadline deadline) {
        return Optional.empty();
    }
}
