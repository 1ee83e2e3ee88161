package gatehouse.idp.watch;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.http.HttpCaller.Answer;
import gatehouse.idp.upstream.metadata.MetadataFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RenewalTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static Duration after(Optional<Duration> cacheDuration, Optional<Instant> validUntil, String control) {
        var facts = new MetadataFacts("x", Map.of(), List.of(), List.of(), List.of(), false, validUntil, cacheDuration);
        return Renewal.after(facts, new Answer(200, Map.of("cache-control", control), new byte[0]), NOW);
    }

    @Test
    void shorterAdviceCountsWithinBounds() {
        assertThat(after(Optional.empty(), Optional.empty(), "")).isEqualTo(Renewal.USUAL);
        assertThat(after(Optional.of(Duration.ofHours(2)), Optional.empty(), "max-age=5400"))
                .isEqualTo(Duration.ofSeconds(5400));
        assertThat(after(Optional.of(Duration.ofHours(2)), Optional.empty(), "public, Max-Age=\"86400\""))
                .isEqualTo(Duration.ofHours(2));
        assertThat(after(Optional.of(Duration.ofDays(30)), Optional.empty(), "")).isEqualTo(Renewal.LATEST);
        assertThat(after(Optional.of(Duration.ofSeconds(1)), Optional.empty(), "")).isEqualTo(Renewal.SOONEST);
        assertThat(after(Optional.empty(), Optional.empty(), "s-max-age=1, no-store")).isEqualTo(Renewal.SOONEST);
        assertThat(after(Optional.empty(), Optional.empty(), "max-age=99999999999999999999")).isEqualTo(Renewal.LATEST);
        assertThat(after(Optional.empty(), Optional.empty(), "max-age=-1, x-max-age=600")).isEqualTo(Renewal.USUAL);
    }

    @Test
    void validityIsHalvedSoThatThereIsTimeToTryAgain() {
        assertThat(after(Optional.of(Duration.ofHours(20)), Optional.of(NOW.plus(Duration.ofHours(8))), ""))
                .isEqualTo(Duration.ofHours(4));
    }

    @Test
    void failuresAreSpacedOutUpToAnHour() {
        assertThat(Renewal.afterFailures(1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(Renewal.afterFailures(2)).isEqualTo(Duration.ofMinutes(2));
        assertThat(Renewal.afterFailures(7)).isEqualTo(Duration.ofHours(1));
        assertThat(Renewal.afterFailures(Integer.MAX_VALUE)).isEqualTo(Duration.ofHours(1));
    }
}
