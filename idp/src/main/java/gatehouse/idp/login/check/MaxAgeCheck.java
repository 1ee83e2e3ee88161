package gatehouse.idp.login.check;

import gatehouse.idp.login.LoginReason;
import gatehouse.spi.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The authentication is not older than {@code max_age} (OIDC Core §3.1.2.1). */
final class MaxAgeCheck implements Check {

    private final InstantSource clock;

    MaxAgeCheck(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Optional<Missing> missing(Standing standing, Deadline deadline) {
        if (standing.asked().maxAge().isEmpty()) {
            return Optional.empty();
        }
        // What was proved in this flow is judged as of its beginning: it must not grow too old while a page is read.
        var asOf = standing.isFresh() ? standing.flow().startedAt() : clock.instant();
        var leeway = standing.isFresh() ? PromptCheck.CLOCK_SKEW : Duration.ZERO;
        var oldest = asOf.minus(standing.asked().maxAge().get()).minus(leeway);
        return standing.authentication().orElseThrow().authTime().isBefore(oldest)
                ? Check.shortfall(standing, LoginReason.AUTHENTICATION_TOO_OLD)
                : Optional.empty();
    }
}
