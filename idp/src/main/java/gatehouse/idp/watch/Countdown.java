package gatehouse.idp.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When the end of a certificate is told: {@link #DAYS} before, and when it has come. */
final class Countdown {

    static final List<Integer> DAYS = List.of(60, 30, 14, 7, 1);

    private Countdown() {
    }

    /** Whole days until {@code end}, rounded up; 0 once it has passed. */
    static long daysLeft(Instant end, Instant now) {
        var left = Duration.between(now, end);
        return left.isPositive() ? left.plusDays(1).minusNanos(1).toDays() : 0;
    }

    /**
     * The mark that was reached last, 0 for the end itself; empty while the first is ahead. A certificate that is met
     * late is told of once, at its mark of today, and not for those it has passed.
     */
    static Optional<Integer> mark(Instant end, Instant now) {
        long left = daysLeft(end, now);
        return left == 0 ? Optional.of(0)
                : DAYS.stream().filter(mark -> left <= mark).reduce((_, nearer) -> nearer);
    }
}
