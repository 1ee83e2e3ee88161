package gatehouse.idp.oauth.authorize.rule;

import gatehouse.idp.oauth.authorize.Asked;
import gatehouse.idp.oauth.authorize.AuthorizationRule;
import gatehouse.idp.oauth.token.Pkce;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.spi.Deadline;

/** A public client proves that it is the one that asked; every client may. Only S256 (RFC 7636, RFC 9700 §2.1.1). */
public final class PkceRule implements AuthorizationRule {

    @Override
    public void require(Asked asked, Deadline deadline) {
        var challenge = asked.one("code_challenge");
        var method = asked.one("code_challenge_method");
        if (challenge.isEmpty() && method.isPresent()) {
            throw refused("The parameter code_challenge is missing.");
        }
        if (challenge.isEmpty() && asked.target().client().tokenEndpointAuthMethod().equals("none")) {
            throw refused("A public client must send a code_challenge (PKCE).");
        }
        // An absent method means plain (RFC 7636 §4.3), which is refused like any other but S256.
        if (challenge.isPresent() && !method.orElse("plain").equals(Pkce.METHOD)) {
            throw refused("The code_challenge_method must be S256.");
        }
        if (challenge.isPresent() && !Pkce.isChallenge(challenge.get())) {
            throw refused("The code_challenge is not the base64url of a SHA-256.");
        }
    }

    private static OAuthError refused(String description) {
        return OAuthError.invalidRequest(Reason.PKCE_MISSING, description);
    }
}
