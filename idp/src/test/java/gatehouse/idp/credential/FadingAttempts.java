package gatehouse.idp.credential;

import gatehouse.sessions.AttemptCounter;
import gatehouse.spi.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Attempt counts in a map, on a clock that tests move. */
public final class FadingAttempts implements AttemptCounter {

    private record Count(double value, Instant at) {}

    private final Map<String, Count> counts = new HashMap<>();
    private final InstantSource clock;

    public FadingAttempts(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized double count(String kind, String key, Duration halfLife, Deadline deadline) {
        var kept = counts.get(kind + key);
        if (kept == null) {
            return 0;
        }
        var age = Duration.between(kept.at(), clock.instant()).toMillis();
        return kept.value() * Math.pow(0.5, (double) age / halfLife.toMillis());
    }

    @Override
    public synchronized double failed(String kind, String key, Duration halfLife, Deadline deadline) {
        var now = count(kind, key, halfLife, deadline) + 1;
        counts.put(kind + key, new Count(now, clock.instant()));
        return now;
    }

    @Override
    public synchronized void clear(String kind, String key, Deadline deadline) {
        counts.remove(kind + key);
    }
}
