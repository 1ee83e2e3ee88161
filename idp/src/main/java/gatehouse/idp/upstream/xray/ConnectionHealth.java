package gatehouse.idp.upstream.xray;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the sign-ins over one connection. Counted by the hour, whether or not the attempts are kept; tests do
 * not count.
 *
 * @param succeeded   sign-ins
 * @param refused     by entry of the catalogue, most frequent first
 * @param latency     how long the identity provider took on average, if it was asked
 * @param latencyMax  how long it took at most
 * @param lastSuccess when somebody last got in
 * @param lastRefusal when somebody last did not
 */
public record ConnectionHealth(
        long succeeded,
        List<Refused> refused,
        Optional<Duration> latency,
        Optional<Duration> latencyMax,
        Optional<Instant> lastSuccess,
        Optional<Instant> lastRefusal) {

    /** Refusals for one cause. */
    public record Refused(Diagnosis diagnosis, long attempts) {}

    public ConnectionHealth {
        refused = List.copyOf(refused);
    }

    /** Attempts in all. */
    public long attempts() {
        return succeeded + refused.stream().mapToLong(Refused::attempts).sum();
    }

    /** Share of attempts that succeeded, 0 to 1; empty if there were none. */
    public Optional<Double> successRate() {
        return attempts() == 0 ? Optional.empty() : Optional.of((double) succeeded / attempts());
    }

    /** Refusals by who can mend them. */
    public Map<Fixer, Long> byFixer() {
        var counts = new EnumMap<Fixer, Long>(Fixer.class);
        refused.forEach(each -> counts.merge(each.diagnosis().fixer(), each.attempts(), Long::sum));
        return counts;
    }
}
