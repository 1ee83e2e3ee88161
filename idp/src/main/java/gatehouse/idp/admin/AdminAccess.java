package gatehouse.idp.admin;

import gatehouse.idp.admin.resource.Admin;
import gatehouse.idp.admin.resource.Admin.Permission;
import gatehouse.idp.client.Client;
import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.http.Request;
import gatehouse.idp.keys.JwtVerifier;
import gatehouse.idp.keys.VerifiedJwt;
import gatehouse.sessions.AccessTokenStore;
import gatehouse.idp.tenancy.Organization;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.spi.ClientId;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import gatehouse.spi.OrganizationId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls the admin API: a client of the root issuer, by an access token it got in its own name (RFC 6750, 9068).
 *
 * <p>People have no administrative roles, so a token that was given to a client for a person opens nothing here,
 * whatever its scope says. The client, and the organization it belongs to, must still be enabled, and the client be allowed
 * the scope: taking any of it away works at once.
 */
public final class AdminAccess {

    /** Scope: everything. */
    public static final String FULL = "gatehouse:admin";
    /** Scope: read everything. */
    public static final String READ = "gatehouse:admin:read";
    /** Scope: administer the token's organization. */
    public static final String ORGANIZATION = "gatehouse:org-admin";

    private static final String BEARER = "Bearer ";
    private static final int TOKEN_LENGTH_MAX = 8_192;

    private final JwtVerifier tokens;
    private final AccessTokenStore standing;
    private final ClientCatalog clients;
    private final TenancyCatalog tenancy;
    private final Set<String> audiences;

    /** @param audiences an accepted token has one of these as {@code aud} */
    public AdminAccess(JwtVerifier tokens, AccessTokenStore standing, ClientCatalog clients, TenancyCatalog tenancy,
            Set<String> audiences) {
        this.tenancy = tenancy;
        this.tokens = tokens;
        this.standing = standing;
        this.clients = clients;
        this.audiences = Set.copyOf(audiences);
    }

    /**
     * The administrator behind {@code request}.
     *
     * @throws ProblemError 401 without a good token, 403 with one that opens nothing here
     */
    Admin require(Request request, Deadline deadline) {
        var token = tokens.verify(Issuer.ROOT, "at+jwt", bearer(request)).orElseThrow(AdminAccess::invalid);
        if (token.audience().stream().noneMatch(audiences::contains)) {
            throw invalid();
        }
        var jti = token.text("jti").orElseThrow(AdminAccess::invalid);
        if (!standing.stands(jti, Optional.empty(), Optional.empty(), deadline)) {
            throw invalid();
        }
        var clientId = token.text("client_id").filter(id -> !id.isEmpty()).orElseThrow(AdminAccess::invalid);
        if (token.text("sid").isPresent() || !token.text("sub").equals(Optional.of(clientId))) {
            throw notAllowed("A token for a person opens nothing here: use one that a client got for itself.");
        }
        var client = clients.client(Issuer.ROOT, new ClientId(clientId), deadline)
                .filter(Client::enabled)
                .filter(found -> found.organization().map(own -> isEnabled(own, deadline)).orElse(true))
                .orElseThrow(AdminAccess::invalid);
        return admin(token, client);
    }

    private boolean isEnabled(OrganizationId organization, Deadline deadline) {
        return tenancy.organization(Issuer.ROOT, organization, deadline).filter(Organization::enabled).isPresent();
    }

    private static Admin admin(VerifiedJwt token, Client client) {
        var scopes = List.of(token.text("scope").orElse("").split(" "));
        var name = client.clientId().value();
        if (holds(scopes, client, FULL) && client.organization().isEmpty()) {
            return new Admin(name, Permission.FULL, Optional.empty());
        }
        if (holds(scopes, client, ORGANIZATION)) {
            // The token and the client must agree on whose administrator this is.
            var organization = token.text("org_id").map(OrganizationId::new)
                    .filter(id -> client.organization().equals(Optional.of(id)))
                    .orElseThrow(() -> notAllowed("The client belongs to no organization that it could administer."));
            return new Admin(name, Permission.ORGANIZATION, Optional.of(organization));
        }
        if (holds(scopes, client, READ) && client.organization().isEmpty()) {
            return new Admin(name, Permission.READ, Optional.empty());
        }
        throw notAllowed("The token has none of the scopes that open this.");
    }

    private static boolean holds(List<String> scopes, Client client, String scope) {
        return scopes.contains(scope) && client.scopes().contains(scope);
    }

    private static String bearer(Request request) {
        var sent = request.headers().all("authorization");
        if (sent.isEmpty()) {
            throw new ProblemError(ProblemError.Reason.NOT_AUTHENTICATED,
                    "Send an access token: Authorization: Bearer …");
        }
        var value = sent.getFirst();
        boolean bearer = value.regionMatches(true, 0, BEARER, 0, BEARER.length());
        if (sent.size() > 1 || !bearer || value.length() > TOKEN_LENGTH_MAX) {
            throw invalid();
        }
        return value.substring(BEARER.length()).strip();
    }

    private static ProblemError invalid() {
        // One wording for every cause: which of them it was is nobody's business.
        return new ProblemError(ProblemError.Reason.TOKEN_INVALID,
                "The access token is expired, revoked or not for this API.");
    }

    private static ProblemError notAllowed(String description) {
        return new ProblemError(ProblemError.Reason.NOT_ALLOWED, description);
    }
}
