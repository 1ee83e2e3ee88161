package gatehouse.idp.oauth.revoke;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.client.Client;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.keys.VerifiedJwt;
import gatehouse.idp.oauth.clientauth.ClientAuthenticator;
import gatehouse.idp.oauth.gate.Gate;
import gatehouse.idp.oauth.gate.TokenJudge;
import gatehouse.idp.oauth.wire.Parameters;
import gatehouse.idp.tenancy.IssuerSettings;
import gatehouse.sessions.AccessTokenStore;
import gatehouse.sessions.RefreshFamily;
import gatehouse.sessions.RefreshFamilyStore;
import gatehouse.spi.Deadline;
import java.util.Map;

/**
 * Token revocation (RFC 7009). A refresh token takes its family and the family's access tokens with it; an access token
 * goes alone. An unknown token and another client's are answered alike, 200, and the latter is left alone.
 */
public final class RevocationEndpoint implements Endpoint {

    private final Gate gate;
    private final ClientAuthenticator clients;
    private final TokenJudge judge;
    private final RefreshFamilyStore families;
    private final AccessTokenStore accessTokens;
    private final AuditTrail trail;

    /** The stores that revocation writes to. */
    public record Stores(RefreshFamilyStore families, AccessTokenStore accessTokens) {}

    public RevocationEndpoint(
            Gate gate, ClientAuthenticator clients, TokenJudge judge, Stores stores, AuditTrail trail) {
        this.gate = gate;
        this.clients = clients;
        this.judge = judge;
        this.families = stores.families();
        this.accessTokens = stores.accessTokens();
        this.trail = trail;
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        var settings = gate.requireIssuer(request.issuer(), deadline);
        var parameters = Parameters.of(request);
        var client = clients.authenticate(request, parameters, deadline).client();
        var token = Parameters.require(parameters, "token");
        judge.verify(request.issuer(), token)
                .filter(found -> found.text("client_id").filter(client.clientId().value()::equals).isPresent())
                .ifPresent(found -> revoke(found, client, request, deadline));
        families.find(token, deadline)
                .filter(family -> family.client().equals(client.clientId()))
                .filter(family -> family.authentication().issuer().equals(request.issuer().name()))
                .ifPresent(family -> revoke(family, client, new Call(request, settings, deadline)));
        return Reply.empty(200).noStore();
    }

    private record Call(Request request, IssuerSettings settings, Deadline deadline) {}

    private void revoke(VerifiedJwt token, Client client, Request request, Deadline deadline) {
        var jti = token.text("jti").orElseThrow();
        accessTokens.revoke(jti, TokenJudge.session(token), token.date("exp").orElseThrow(), deadline);
        trail.record(event(request, client).details(Map.of("token", "access_token")));
    }

    private void revoke(RefreshFamily family, Client client, Call call) {
        var lifetime = client.accessTokenLifetime().orElse(call.settings().accessTokenLifetime());
        families.revoke(family.id(), lifetime, call.deadline());
        trail.record(event(call.request(), client)
                .organization(family.authentication().organization())
                .user(family.authentication().user())
                .details(Map.of("token", "refresh_token")));
    }

    private static AuditEvent event(Request request, Client client) {
        return AuditEvent.of(AuditAction.TOKEN_REVOKED, request.issuer().name(), request.traceId())
                .client(client.clientId())
                .address(request.clientAddress());
    }
}
