package gatehouse.idp.oauth.introspect;

import gatehouse.idp.client.Client;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.keys.VerifiedJwt;
import gatehouse.idp.oauth.clientauth.ClientAuthenticator;
import gatehouse.idp.oauth.gate.Gate;
import gatehouse.idp.oauth.gate.TokenJudge;
import gatehouse.idp.oauth.wire.JsonBytes;
import gatehouse.idp.oauth.wire.JsonReply;
import gatehouse.idp.oauth.wire.Parameters;
import gatehouse.sessions.RefreshFamily;
import gatehouse.sessions.RefreshFamilyStore;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Token introspection (RFC 7662), for confidential clients. Anything that is not good now, or not the caller's to
 * know, is {@code {"active":false}} and nothing more. Asks the sessions' store once and no database.
 */
public final class IntrospectionEndpoint implements Endpoint {

    private static final byte[] INACTIVE = "{\"active\":false}".getBytes(StandardCharsets.US_ASCII);

    private final Gate gate;
    private final ClientAuthenticator clients;
    private final TokenJudge judge;
    private final RefreshFamilyStore families;

    public IntrospectionEndpoint(
            Gate gate, ClientAuthenticator clients, TokenJudge judge, RefreshFamilyStore families) {
        this.gate = gate;
        this.clients = clients;
        this.judge = judge;
        this.families = families;
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        gate.requireIssuer(request.issuer(), deadline);
        var parameters = Parameters.of(request);
        var client = clients.authenticate(request, parameters, deadline);
        client.requireConfidential();
        var token = Parameters.require(parameters, "token");
        var answer = isJwt(token)
                ? accessToken(request.issuer(), token, client.client(), deadline)
                : refreshToken(request.issuer(), token, client.client(), deadline);
        return JsonReply.of(200, answer.orElse(INACTIVE));
    }

    /** Refresh tokens of ours are no JWTs, so the hint of RFC 7662 §2.1 is not needed. */
    private static boolean isJwt(String token) {
        return token.startsWith("eyJ");
    }

    private Optional<byte[]> accessToken(Issuer issuer, String token, Client caller, Deadline deadline) {
        return judge.judge(issuer, token, deadline)
                .filter(found -> mayKnow(caller, found.text("org_id")))
                .map(IntrospectionEndpoint::describe);
    }

    /** A client of an organization is told of that organization's tokens only. */
    private static boolean mayKnow(Client caller, Optional<String> organization) {
        return caller.organization().isEmpty()
                || organization.filter(caller.organization().get().value()::equals).isPresent();
    }

    private static byte[] describe(VerifiedJwt token) {
        var json = new JsonBytes().field("active", true).field("token_type", "Bearer");
        token.claims().forEach(json::any);
        return json.toBytes();
    }

    /** A refresh token is nobody's business but its client's. */
    private Optional<byte[]> refreshToken(Issuer issuer, String token, Client caller, Deadline deadline) {
        return families.find(token, deadline)
                .filter(family -> family.client().equals(caller.clientId()))
                .filter(family -> gate.refusal(issuer, caller, family.authentication(), deadline).isEmpty())
                .map(family -> describe(issuer, family));
    }

    private static byte[] describe(Issuer issuer, RefreshFamily family) {
        var authentication = family.authentication();
        var json = new JsonBytes()
                .field("active", true)
                .field("token_type", "refresh_token")
                .field("iss", issuer.url())
                .field("sub", authentication.user().value())
                .field("client_id", family.client().value())
                .field("scope", String.join(" ", family.scopes()))
                .field("exp", family.expiresAt().getEpochSecond());
        authentication.organization().ifPresent(organization -> json.field("org_id", organization.value()));
        family.session().ifPresent(session -> json.field("sid", session.value()));
        return json.toBytes();
    }
}
