package gatehouse.sessions.redis;

import java.time.Instant;
import java.time.InstantSource;

/** This node's clock, corrected by how far it was from Redis' at the last look. */
final class RedisClock {

    private final InstantSource clock;
    private volatile long aheadMillis;

    RedisClock(InstantSource clock) {
        this.clock = clock;
    }

    /** Notes what Redis says the time is. */
    void observe(long redisMillis) {
        aheadMillis = redisMillis - clock.millis();
    }

    /** Milliseconds since the epoch on Redis' clock, to within a round trip. */
    long millis() {
        return clock.millis() + aheadMillis;
    }

    /**
     * Milliseconds from now, on this node's clock, until {@code instant}, which was read from that clock: at least 1,
     * at most {@code most}.
     */
    long millisUntil(Instant instant, long most) {
        return Math.clamp(instant.toEpochMilli() - clock.millis(), 1, most);
    }
}
