package gatehouse.idp.watch;

import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.upstream.metadata.MetadataFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** When metadata is fetched again: as often as its author and its site advise, within bounds of ours. */
final class Renewal {

    static final Duration SOONEST = Duration.ofMinutes(5);
    static final Duration LATEST = Duration.ofHours(24);
    static final Duration USUAL = Duration.ofHours(1);
    static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    static final Duration AFTER_FAILURES = Duration.ofHours(1);

    private static final Pattern MAX_AGE = Pattern.compile("(?:^|[,\\s])max-age\\s*=\\s*\"?(\\d{1,9})");

    private Renewal() {
    }

    /**
     * How long the copy serves before the next fetch: the shorter of {@code cacheDuration} and {@code max-age}, and at
     * most half of what is left of its validity.
     */
    static Duration after(MetadataFacts facts, HttpCaller.Answer answer, Instant now) {
        var wanted = Stream.of(facts.cacheDuration(), maxAge(answer)).flatMap(Optional::stream)
                .min(Duration::compareTo).orElse(USUAL);
        var half = facts.validUntil().map(end -> Duration.between(now, end).dividedBy(2)).orElse(LATEST);
        return bounded(wanted.compareTo(half) < 0 ? wanted : half);
    }

    /** {@code max-age} of RFC 9111 §5.2.2.1; {@code no-cache} and {@code no-store} ask for the soonest. */
    private static Optional<Duration> maxAge(HttpCaller.Answer answer) {
        var control = answer.headers().getOrDefault("cache-control", "").toLowerCase(Locale.ROOT);
        if (control.contains("no-store") || control.contains("no-cache")) {
            return Optional.of(SOONEST);
        }
        var found = MAX_AGE.matcher(control);
        return found.find() ? Optional.of(Duration.ofSeconds(Long.parseLong(found.group(1)))) : Optional.empty();
    }

    /** How long to wait after so many failures in a row: doubled each time. */
    static Duration afterFailures(int failures) {
        var wait = AFTER_FAILURE.multipliedBy(1L << Math.min(failures - 1, 10));
        return wait.compareTo(AFTER_FAILURES) < 0 ? wait : AFTER_FAILURES;
    }

    private static Duration bounded(Duration wanted) {
        return wanted.compareTo(SOONEST) < 0 ? SOONEST : wanted.compareTo(LATEST) > 0 ? LATEST : wanted;
    }
}
