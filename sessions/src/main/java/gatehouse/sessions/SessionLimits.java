package gatehouse.sessions;

import java.time.Duration;

/**
 * How long a session may live.
 *
 * @param idle     unused for this long, it ends; extended in steps of at least 60 seconds
 * @param absolute it ends after this long, used or not
 * @param maxPerUser sessions a user may have at once; the oldest makes room
 */
public record SessionLimits(Duration idle, Duration absolute, int maxPerUser) {

    public static final SessionLimits DEFAULTS = new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12), 10);

    public SessionLimits {
        if (!idle.isPositive() || !absolute.isPositive()) {
            throw new IllegalArgumentException("session lifetimes must be longer than 0");
        }
        if (idle.compareTo(absolute) > 0) {
            throw new IllegalArgumentException("the idle lifetime may not exceed the absolute one");
        }
        if (maxPerUser < 1 || maxPerUser > 100) {
            throw new IllegalArgumentException("sessions per user must be 1..100");
        }
    }
}
