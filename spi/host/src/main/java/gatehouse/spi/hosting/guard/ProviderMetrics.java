package gatehouse.spi.hosting.guard;

/**
 * One provider's counters at one moment.
 *
 * @param spi         its kind
 * @param provider    its id
 * @param calls       calls that were let in
 * @param failures    calls that threw
 * @param timeouts    calls that outlived their budget
 * @param shed        calls that were not let in, and events dropped from a full queue
 * @param leaked      threads that have outlived their call and are still running
 * @param queued      events that wait
 * @param breaker     whether calls pass: {@code CLOSED}, {@code OPEN}, {@code HALF_OPEN}
 * @param quarantined whether it is not called until the next start
 */
public record ProviderMetrics(
        String spi,
        String provider,
        long calls,
        long failures,
        long timeouts,
        long shed,
        int leaked,
        int queued,
        String breaker,
        boolean quarantined) {
}
