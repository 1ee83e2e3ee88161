package gatehouse.idp.login.check;

import gatehouse.idp.login.LoginReason;
import gatehouse.spi.Deadline;
import java.time.Duration;
import java.util.Optional;

/** {@code prompt=login} and {@code select_account} (OIDC Core §3.1.2.1): an authentication made since the request. */
final class PromptCheck implements Check {

    /** How far the clock of an identity provider may be behind. */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    @Override
    public Optional<Missing> missing(Standing standing, Deadline deadline) {
        var prompts = standing.asked().prompts();
        if (!standing.isFresh()) {
            if (prompts.contains("select_account")) {
                return Optional.of(new Missing.AccountChoice());
            }
            return prompts.contains("login") ? Optional.of(new Missing.Authentication()) : Optional.empty();
        }
        var since = standing.flow().startedAt().minus(CLOCK_SKEW);
        var proved = standing.authentication().orElseThrow().authTime();
        return prompts.contains("login") && proved.isBefore(since)
                ? Check.shortfall(standing, LoginReason.AUTHENTICATION_TOO_OLD)
                : Optional.empty();
    }
}
