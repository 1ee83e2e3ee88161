package gatehouse.idp.events;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long to wait before the next attempt: three times as long each time, spread by a fifth, within bounds. */
record Backoff(Duration first, Duration longest, DoubleSupplier random) {

    /** @param attempts attempts that have failed, at least 1 */
    Duration after(int attempts) {
        double wait = first.toMillis() * Math.pow(3, Math.min(attempts, 30) - 1.0);
        double bounded = Math.min(wait, longest.toMillis());
        return Duration.ofMillis((long) (bounded * (0.8 + 0.4 * random.getAsDouble())));
    }
}
