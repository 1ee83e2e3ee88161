package gatehouse.idp.oauth.token;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.oauth.clientauth.ClientAuthenticator;
import gatehouse.idp.oauth.gate.Gate;
import gatehouse.idp.oauth.wire.GrantType;
import gatehouse.idp.oauth.wire.JsonReply;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Parameters;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.spi.Deadline;
import java.util.Map;

/** The token endpoint (RFC 6749 §3.2). The order of its lines is the order of the checks. */
public final class TokenEndpoint implements Endpoint {

    private final Gate gate;
    private final Grants grants;
    private final ClientAuthenticator clients;
    private final TokenIssuer issuer;
    private final AuditTrail trail;

    public TokenEndpoint(Gate gate, Grants grants, ClientAuthenticator clients, TokenIssuer issuer, AuditTrail trail) {
        this.gate = gate;
        this.grants = grants;
        this.clients = clients;
        this.issuer = issuer;
        this.trail = trail;
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        var settings = gate.requireIssuer(request.issuer(), deadline);
        var parameters = Parameters.of(request);                                             // invalid_request
        var grant = grants.require(Parameters.require(parameters, "grant_type"));            // unsupported_grant_type
        var client = clients.authenticate(request, parameters, deadline);                    // invalid_client
        client.requireGrant(grant.type());                                                   // unauthorized_client
        var call = new TokenCall(request, parameters, client.client(), settings, deadline);
        var granted = authorize(grant, call);                                                // invalid_grant
        var tokens = issuer.issue(call, granted);
        trail.record(issued(grant, call, granted));
        return JsonReply.of(200, tokens);
    }

    private Authorization authorize(Grant grant, TokenCall call) {
        try {
            return grant.authorize(call);
        } catch (OAuthError refused) {
            trail.record(event(action(refused.cause()), grant, call).reason(refused.reason()));
            throw refused;
        }
    }

    private static AuditAction action(Reason reason) {
        return switch (reason) {
            case CODE_REPLAYED -> AuditAction.CODE_REPLAYED;
            case REFRESH_REPLAYED -> AuditAction.REFRESH_REPLAYED;
            default -> AuditAction.TOKEN_REFUSED;
        };
    }

    private static AuditEvent issued(Grant grant, TokenCall call, Authorization granted) {
        boolean refreshed = grant.type().equals(GrantType.REFRESH_TOKEN);
        var event = event(refreshed ? AuditAction.TOKEN_REFRESHED : AuditAction.TOKEN_ISSUED, grant, call);
        return switch (granted) {
            case Authorization.OfClient _ -> event.organization(call.client().organization());
            case Authorization.OfUser user -> {
                var known = event.organization(user.authentication().organization()).user(user.authentication().user());
                yield user.idTokenSession().map(session -> known.session(session.value())).orElse(known);
            }
        };
    }

    private static AuditEvent event(AuditAction action, Grant grant, TokenCall call) {
        return AuditEvent.of(action, call.issuer().name(), call.request().traceId())
                .client(call.client().clientId())
                .address(call.request().clientAddress())
                .details(Map.of("grant_type", grant.type()));
    }
}
