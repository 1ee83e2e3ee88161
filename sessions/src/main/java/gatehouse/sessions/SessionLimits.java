package gatehouse.sessions;

import java.time.Duration;

/**
 * How long a session may live.
 *
 * @param idle       unused for this long, it ends; whole seconds, and use is noted at most once a minute
 * @param absolute   it ends after this long, used or not; whole seconds
 * @param maxPerUser sessions a user may have at once; the oldest makes room
 */
public record SessionLimits(Duration idle, Duration absolute, int maxPerUser) {

    public static final SessionLimits DEFAULTS = new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12), 10);

    public SessionLimits {
        if (idle.toSeconds() < 1 || absolute.toSeconds() < 1) {
            throw new IllegalArgumentException("session lifetimes must be at least a second");
        }
        if (idle.compareTo(absolute) > 0) {
            throw new IllegalArgumentException("the idle lifetime may not exceed the absolute one");
        }
        if (maxPerUser < 1 || maxPerUser > 100) {
            throw new IllegalArgumentException("sessions per user must be 1..100");
        }
    }

    /**
     * These limits, ending after {@code bound} at the latest: how an upstream's own end of session (SAML
     * {@code SessionNotOnOrAfter}) caps ours.
     */
    public SessionLimits endingWithin(Duration bound) {
        if (bound.compareTo(absolute) >= 0) {
            return this;
        }
        return new SessionLimits(idle.compareTo(bound) < 0 ? idle : bound, bound, maxPerUser);
    }
}
