package gatehouse.idp.oauth.authorize.rule;

import gatehouse.idp.oauth.authorize.Asked;
import gatehouse.idp.oauth.authorize.AuthorizationRule;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.spi.Deadline;
import java.time.Duration;
import java.util.Optional;

/** An age is a whole number of seconds (OpenID Connect Core §3.1.2.1). */
public final class MaxAgeRule implements AuthorizationRule {

    private static final int DIGITS_MAX = 9;

    @Override
    public void require(Asked asked, Deadline deadline) {
        maxAge(asked);
    }

    /** The oldest authentication that is good enough, if the request says. */
    public static Optional<Duration> maxAge(Asked asked) {
        return asked.one("max_age").map(text -> {
            if (text.length() > DIGITS_MAX || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw OAuthError.invalidRequest(Reason.PARAMETER_MALFORMED, "max_age is not a number of seconds.");
            }
            return Duration.ofSeconds(Long.parseLong(text));
        });
    }
}
