package gatehouse.idp.oauth.testkit;

import gatehouse.idp.client.Client;
import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.directory.AccountLink;
import gatehouse.idp.directory.AccountLinks;
import gatehouse.idp.directory.User;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.IssuerSettings;
import gatehouse.idp.tenancy.Organization;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.idp.tenancy.VerifiedDomain;
import gatehouse.spi.ClientId;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import gatehouse.spi.credential.PasswordHash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Issuers, organizations, clients and people in maps; a change is seen at once. */
public final class FakeCatalogs implements ClientCatalog, TenancyCatalog, UserStore {

    private final Map<String, IssuerSettings> issuers = new ConcurrentHashMap<>();
    private final Map<String, Organization> organizations = new ConcurrentHashMap<>();
    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private final Map<String, User> users = new ConcurrentHashMap<>();

    public void put(IssuerSettings issuer) {
        issuers.put(issuer.name(), issuer);
    }

    public void put(Organization organization) {
        organizations.put(organization.issuer() + ' ' + organization.id(), organization);
    }

    public void put(Client client) {
        clients.put(client.issuer() + ' ' + client.clientId(), client);
    }

    public void put(User user) {
        users.put(user.issuer() + ' ' + user.id(), user);
    }

    @Override
    public Optional<Client> client(String issuer, ClientId id, Deadline deadline) {
        return Optional.ofNullable(clients.get(issuer + ' ' + id));
    }

    @Override
    public Optional<ServiceProvider> serviceProvider(String issuer, String entityId, Deadline deadline) {
        return Optional.empty();
    }

    @Override
    public Optional<IssuerSettings> issuer(String name, Deadline deadline) {
        return Optional.ofNullable(issuers.get(name));
    }

    @Override
    public Optional<Organization> organization(String issuer, OrganizationId id, Deadline deadline) {
        return Optional.ofNullable(organizations.get(issuer + ' ' + id));
    }

    @Override
    public Optional<VerifiedDomain> verifiedDomain(String issuer, String domain, Deadline deadline) {
        return Optional.empty();
    }

    @Override
    public Optional<Connection> connection(String issuer, ConnectionId id, Deadline deadline) {
        return Optional.empty();
    }

    @Override
    public List<Connection> connectionsOf(String issuer, OrganizationId organization, Deadline deadline) {
        return List.of();
    }

    @Override
    public Optional<User> find(String issuer, UserId id, Deadline deadline) {
        return Optional.ofNullable(users.get(issuer + ' ' + id));
    }

    @Override
    public Optional<User> findCached(String issuer, UserId id, Deadline deadline) {
        return find(issuer, id, deadline);
    }

    @Override
    public Optional<User> findByEmail(String issuer, String email, Deadline deadline) {
        return users.values().stream().filter(user -> user.issuer().equals(issuer) && user.email().equals(email))
                .findFirst();
    }

    @Override
    public Optional<User> findByLink(String issuer, AccountLink link, Deadline deadline) {
        return Optional.empty();
    }

    @Override
    public Optional<User> adopt(AccountLink link, User profile, Deadline deadline) {
        throw new UnsupportedOperationException("the login's affair");
    }

    @Override
    public AccountLinks links() {
        throw new UnsupportedOperationException("not a part of this");
    }

    @Override
    public User provision(AccountLink link, User profile, Deadline deadline) {
        throw new UnsupportedOperationException("the OAuth endpoints make no users");
    }

    @Override
    public Optional<PasswordHash> passwordOf(String issuer, UserId id, Deadline deadline) {
        return Optional.empty();
    }

    @Override
    public void setPassword(String issuer, UserId id, PasswordHash hash, Deadline deadline) {
        throw new UnsupportedOperationException("the OAuth endpoints set no passwords");
    }
}
