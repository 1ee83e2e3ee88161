package gatehouse.idp.oauth.token;

import gatehouse.idp.oauth.wire.JsonBytes;
import gatehouse.idp.oauth.wire.Scopes;

/** Makes what an {@link Authorization} allows: the access token, and for people who asked for it the ID token. */
public final class TokenIssuer {

    private final AccessTokens accessTokens;
    private final IdTokens idTokens;

    public TokenIssuer(AccessTokens accessTokens, IdTokens idTokens) {
        this.accessTokens = accessTokens;
        this.idTokens = idTokens;
    }

    /** The token response (RFC 6749 §5.1, OpenID Connect Core §3.1.3.3). */
    public byte[] issue(TokenCall call, Authorization granted) {
        var accessToken = accessTokens.issue(call, granted);
        var response = new JsonBytes()
                .field("access_token", accessToken)
                .field("token_type", "Bearer")
                .field("expires_in", call.accessTokenLifetime().toSeconds())
                .field("scope", String.join(" ", granted.scopes()));
        if (granted instanceof Authorization.OfUser person) {
            person.refreshToken().ifPresent(token -> response.field("refresh_token", token));
            if (person.scopes().contains(Scopes.OPENID)) {
                response.field("id_token", idTokens.issue(call, person, accessToken));
            }
        }
        return response.toBytes();
    }
}
