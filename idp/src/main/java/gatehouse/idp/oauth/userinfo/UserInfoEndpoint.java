package gatehouse.idp.oauth.userinfo;

import gatehouse.idp.directory.User;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.keys.VerifiedJwt;
import gatehouse.idp.oauth.claims.UserClaims;
import gatehouse.idp.oauth.gate.Gate;
import gatehouse.idp.oauth.gate.TokenJudge;
import gatehouse.idp.oauth.wire.ErrorCode;
import gatehouse.idp.oauth.wire.JsonBytes;
import gatehouse.idp.oauth.wire.JsonReply;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Parameters;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.idp.oauth.wire.Scopes;
import gatehouse.spi.Deadline;
import gatehouse.spi.UserId;
import java.util.Optional;

/**
 * The userinfo endpoint (OpenID Connect Core §5.3). Takes the token from the Authorization header or, by POST, from the
 * body (RFC 6750 §2.1, §2.2), never from the address, which ends up in logs.
 */
public final class UserInfoEndpoint implements Endpoint {

    private static final String SCHEME = "Bearer ";

    private final Gate gate;
    private final TokenJudge judge;
    private final UserStore users;

    public UserInfoEndpoint(Gate gate, TokenJudge judge, UserStore users) {
        this.gate = gate;
        this.judge = judge;
        this.users = users;
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        gate.requireIssuer(request.issuer(), deadline);
        var token = judge.judge(request.issuer(), presented(request), deadline)
                .orElseThrow(() -> invalid(Reason.TOKEN_INVALID));
        var scopes = Scopes.parse(token.text("scope").orElse(""));
        if (!scopes.contains(Scopes.OPENID)) {
            throw OAuthError.of(ErrorCode.INSUFFICIENT_SCOPE, Reason.SCOPE_NOT_ALLOWED,
                    "The token has not the scope openid.");
        }
        var user = user(request, token, deadline);
        var claims = new JsonBytes().field("sub", user.id().value());
        token.text("org_id").ifPresent(organization -> claims.field("org_id", organization));
        UserClaims.add(claims, user, scopes);
        return JsonReply.of(200, claims.toBytes());
    }

    private User user(Request request, VerifiedJwt token, Deadline deadline) {
        return token.text("sub")
                .flatMap(subject -> users.findCached(request.issuer().name(), new UserId(subject), deadline))
                .filter(User::enabled)
                .orElseThrow(() -> invalid(Reason.USER_DISABLED));
    }

    private static String presented(Request request) {
        var header = request.header("authorization")
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
        var body = request.method().equals("POST") ? inBody(request) : Optional.<String>empty();
        if (header.isPresent() && body.isPresent()) {
            throw OAuthError.invalidRequest(Reason.CLIENT_METHODS_MIXED, "The token was sent in more than one way.");
        }
        return header.or(() -> body).orElseThrow(() ->
                OAuthError.of(ErrorCode.INVALID_TOKEN, Reason.TOKEN_MISSING, "There is no access token."));
    }

    private static Optional<String> inBody(Request request) {
        // A body of another kind is no place for a token (RFC 6750 §2.2), and no reason to refuse the header.
        var isForm = request.header("content-type")
                .filter(type -> type.toLowerCase(java.util.Locale.ROOT).startsWith("application/x-www-form-urlencoded"))
                .isPresent();
        return isForm ? Parameters.of(request).nonEmpty("access_token") : Optional.empty();
    }

    private static OAuthError invalid(Reason reason) {
        return OAuthError.of(ErrorCode.INVALID_TOKEN, reason, "The access token is invalid, expired or revoked.");
    }
}
