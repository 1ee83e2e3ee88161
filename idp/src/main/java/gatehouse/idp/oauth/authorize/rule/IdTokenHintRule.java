package gatehouse.idp.oauth.authorize.rule;

import gatehouse.idp.oauth.authorize.Asked;
import gatehouse.idp.oauth.authorize.AuthorizationRule;
import gatehouse.idp.keys.JwtVerifier;
import gatehouse.idp.oauth.token.IdTokens;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.spi.Deadline;
import java.util.Optional;

/**
 * A hint is an ID token of ours, however old (OpenID Connect Core §3.1.2.1): it names the only user whose session
 * will do.
 */
public final class IdTokenHintRule implements AuthorizationRule {

    private final JwtVerifier verifier;

    public IdTokenHintRule(JwtVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public void require(Asked asked, Deadline deadline) {
        if (asked.one("id_token_hint").isPresent() && user(asked, verifier).isEmpty()) {
            throw OAuthError.invalidRequest(Reason.HINT_INVALID,
                    "The id_token_hint is not an ID token of this issuer.");
        }
    }

    /** The user that the hint names, if there is a good one. */
    public static Optional<String> user(Asked asked, JwtVerifier verifier) {
        return asked.one("id_token_hint")
                .flatMap(hint -> verifier.verifyHint(asked.target().issuer().name(), IdTokens.TYPE, hint))
                .flatMap(token -> token.text("sub"));
    }
}
