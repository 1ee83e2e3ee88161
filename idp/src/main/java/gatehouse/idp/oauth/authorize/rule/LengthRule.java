package gatehouse.idp.oauth.authorize.rule;

import gatehouse.idp.oauth.authorize.Asked;
import gatehouse.idp.oauth.authorize.AuthorizationRule;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.spi.Deadline;
import java.util.Map;

/** What is kept until the login is over has a size. */
public final class LengthRule implements AuthorizationRule {

    private static final Map<String, Integer> LENGTH_MAX = Map.of(
            "state", 4096,
            "nonce", 1024,
            "login_hint", 320,
            "ui_locales", 256,
            "acr_values", 1024,
            "prompt", 128,
            "id_token_hint", 8192);

    @Override
    public void require(Asked asked, Deadline deadline) {
        LENGTH_MAX.forEach((name, most) -> {
            if (asked.one(name).filter(value -> value.length() > most).isPresent()) {
                throw OAuthError.invalidRequest(Reason.PARAMETER_MALFORMED, "The parameter " + name + " is too long.");
            }
        });
    }
}
