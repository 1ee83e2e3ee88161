package gatehouse.idp.oauth.gate;

import gatehouse.idp.client.Client;
import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.directory.User;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.http.BadRequest;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.idp.tenancy.ConnectionUse;
import gatehouse.idp.tenancy.IssuerSettings;
import gatehouse.idp.tenancy.Organization;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.sessions.Authentication;
import gatehouse.spi.ClientId;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.util.Optional;

/**
 * The one gate before every door: whether an issuer, a client, an organization, a connection and a user may be used
 * now. Reads bounded caches that forget on the configuration feed.
 */
public final class Gate {

    private static final int CLIENT_ID_LENGTH_MAX = 512;

    private final ClientCatalog clients;
    private final TenancyCatalog tenancy;
    private final UserStore users;

    public Gate(ClientCatalog clients, TenancyCatalog tenancy, UserStore users) {
        this.clients = clients;
        this.tenancy = tenancy;
        this.users = users;
    }

    /** The settings of {@code issuer}, which must be enabled. */
    public IssuerSettings requireIssuer(Issuer issuer, Deadline deadline) {
        return tenancy.issuer(issuer.name(), deadline)
                .filter(IssuerSettings::enabled)
                .orElseThrow(() -> new BadRequest(BadRequest.Reason.NOT_FOUND, "There is no such issuer here."));
    }

    /** The registered client that {@code clientId} names, enabled or not. */
    public Optional<Client> find(Issuer issuer, String clientId, Deadline deadline) {
        if (clientId.isEmpty() || clientId.length() > CLIENT_ID_LENGTH_MAX || !isVisibleAscii(clientId)) {
            return Optional.empty();
        }
        return clients.client(issuer.name(), new ClientId(clientId), deadline);
    }

    /** RFC 6749 appendix A.1, without the space: what clients are registered under. */
    private static boolean isVisibleAscii(String clientId) {
        return clientId.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** Whether {@code client}, and the organization it belongs to, may be used now. */
    public boolean isUsable(Client client, Deadline deadline) {
        return client.enabled()
                && client.organization().map(own -> isUsable(client.issuer(), own, deadline)).orElse(true);
    }

    /** Whether {@code organization} exists at {@code issuer} and is enabled. */
    public boolean isUsable(String issuer, OrganizationId organization, Deadline deadline) {
        return tenancy.organization(issuer, organization, deadline).filter(Organization::enabled).isPresent();
    }

    /** The person of {@code authentication}, if nothing keeps it from being used with {@code client} now. */
    public User requireUser(Issuer issuer, Client client, Authentication authentication, Deadline deadline) {
        refusal(issuer, client, authentication, deadline).ifPresent(reason -> {
            throw OAuthError.invalidGrant(reason);
        });
        return user(authentication, deadline).orElseThrow(() -> OAuthError.invalidGrant(Reason.USER_DISABLED));
    }

    /** What keeps {@code authentication} from being used with {@code client} at {@code issuer} now; empty: nothing. */
    public Optional<Reason> refusal(Issuer issuer, Client client, Authentication authentication, Deadline deadline) {
        if (!authentication.issuer().equals(issuer.name())) {
            return Optional.of(Reason.SESSION_ENDED);
        }
        if (client.organization().isPresent() && !client.organization().equals(authentication.organization())) {
            return Optional.of(Reason.ORGANIZATION_MISMATCH);
        }
        if (authentication.organization().isPresent()
                && !isUsable(issuer.name(), authentication.organization().get(), deadline)) {
            return Optional.of(Reason.ORGANIZATION_DISABLED);
        }
        var user = user(authentication, deadline);
        if (user.isEmpty()) {
            return Optional.of(Reason.USER_DISABLED);
        }
        var use = ConnectionUse.signInOf(user.get().email());
        if (authentication.upstream().isEmpty() && mustComeThroughOne(authentication, deadline)) {
            return Optional.of(Reason.CONNECTION_REQUIRED);
        }
        return authentication.upstream()
                        .filter(came -> !isUsable(issuer.name(), came.connection(), use, deadline)
                                || !serves(issuer.name(), came.connection(), authentication.organization(), deadline))
                        .map(_ -> Reason.CONNECTION_UNUSABLE);
    }

    /**
     * Whether a connection has become the person's only way in. Not theirs who may break the glass: their sessions end
     * with the activation.
     */
    private boolean mustComeThroughOne(Authentication authentication, Deadline deadline) {
        var issuer = authentication.issuer();
        return authentication.organization().flatMap(own -> tenancy.organization(issuer, own, deadline))
                .filter(own -> own.breakGlass().stream().noneMatch(named -> named.activeUntil().isPresent()
                        && named.user().equals(authentication.user())))
                .filter(own -> tenancy.connectionsOf(issuer, own.id(), deadline).stream()
                        .anyMatch(connection -> connection.isOnlyWayFor(authentication.user())))
                .isPresent();
    }

    /** Whether people of {@code organization} may come through the connection of that id at {@code issuer} now. */
    public boolean serves(String issuer, ConnectionId connection, Optional<OrganizationId> organization,
            Deadline deadline) {
        return organization.isPresent() && tenancy.connection(issuer, connection, deadline)
                .filter(found -> tenancy.serves(found, organization.get(), deadline))
                .isPresent();
    }

    /** Whether {@code use} may be made of the connection of that id at {@code issuer} now. */
    public boolean isUsable(String issuer, ConnectionId connection, ConnectionUse use, Deadline deadline) {
        return tenancy.connection(issuer, connection, deadline)
                .filter(found -> tenancy.isUsable(found, use, deadline))
                .isPresent();
    }

    /** Whether the user of that id exists at {@code issuer} and may sign in. */
    public boolean isUsable(String issuer, UserId user, Deadline deadline) {
        return users.findCached(issuer, user, deadline).filter(User::enabled).isPresent();
    }

    /** The user of {@code authentication}, if they may sign in. */
    public Optional<User> user(Authentication authentication, Deadline deadline) {
        return users.findCached(authentication.issuer(), authentication.user(), deadline).filter(User::enabled);
    }
}
