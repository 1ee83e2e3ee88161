package gatehouse.sessions;

import static gatehouse.sessions.Fixtures.atOnce;
import static gatehouse.sessions.Fixtures.soon;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link FlowStore} must do. A new store extends it and adds nothing. */
public abstract class FlowStoreContract {

    private static final Duration LIFETIME = Duration.ofMinutes(10);

    protected abstract EngineUnderTest engine();

    private FlowStore store() {
        return engine().stores().flows();
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    private static byte[] state(String text) {
        return text.getBytes(UTF_8);
    }

    private static void assertKept(Optional<FlowStore.Kept> kept, String text, int generation) {
        assertThat(kept).hasValueSatisfying(found -> {
            assertThat(new String(found.state(), UTF_8)).isEqualTo(text);
            assertThat(found.generation()).isEqualTo(generation);
        });
    }

    @Test
    void keptStateIsFoundAndTakenOnce() {
        var id = id();

        assertThat(store().keep("login", id, state("one"), LIFETIME, soon())).isTrue();

        assertKept(store().find("login", id, soon()), "one", 0);
        assertKept(store().find("login", id, soon()), "one", 0);
        assertKept(store().take("login", id, soon()), "one", 0);
        assertThat(store().find("login", id, soon())).isEmpty();
        assertThat(store().take("login", id, soon())).isEmpty();
    }

    @Test
    void takenIdIsNotKeptAgainAndKindsAreApart() {
        var id = id();
        store().keep("login", id, state("one"), LIFETIME, soon());

        assertThat(store().keep("login", id, state("two"), LIFETIME, soon())).isFalse();
        assertThat(store().keep("upstream", id, state("three"), LIFETIME, soon())).isTrue();

        assertKept(store().find("login", id, soon()), "one", 0);
        assertKept(store().find("upstream", id, soon()), "three", 0);
        assertThat(store().find("log", "in" + id, soon())).isEmpty();
    }

    @Test
    void replacementNamesTheGenerationItReplaces() {
        var id = id();
        store().keep("login", id, state("zero"), LIFETIME, soon());

        assertThat(store().replace("login", id, 1, state("wrong"), LIFETIME, soon())).isFalse();
        assertThat(store().replace("login", id, 0, state("one"), LIFETIME, soon())).isTrue();
        assertThat(store().replace("login", id, 0, state("stale"), LIFETIME, soon())).isFalse();

        assertKept(store().find("login", id, soon()), "one", 1);
        assertThat(store().replace("login", id(), 0, state("none"), LIFETIME, soon())).isFalse();
    }

    @Test
    void ofConcurrentReplacementsOneWins() throws Exception {
        var id = id();
        store().keep("login", id, state("zero"), LIFETIME, soon());

        var outcomes = atOnce(64, () -> store().replace("login", id, 0, state("one"), LIFETIME, soon()));

        assertThat(outcomes).filteredOn(won -> won).hasSize(1);
        assertKept(store().find("login", id, soon()), "one", 1);
    }

    @Test
    void ofConcurrentTakersOneGetsIt() throws Exception {
        var id = id();
        store().keep("login", id, state("zero"), LIFETIME, soon());

        var outcomes = atOnce(64, () -> store().take("login", id, soon()));

        assertThat(outcomes).filteredOn(Optional::isPresent).hasSize(1);
    }

    @Test
    void stateExpires() {
        var id = id();
        store().keep("login", id, state("zero"), Duration.ofMillis(80), soon());

        engine().pass(Duration.ofMillis(150));

        assertThat(store().find("login", id, soon())).isEmpty();
        assertThat(store().take("login", id, soon())).isEmpty();
        assertThat(store().replace("login", id, 0, state("one"), LIFETIME, soon())).isFalse();
    }

    @Test
    void replacementBringsItsOwnLifetime() {
        var id = id();
        store().keep("login", id, state("zero"), Duration.ofMillis(200), soon());
        store().replace("login", id, 0, state("one"), LIFETIME, soon());

        engine().pass(Duration.ofMillis(250));

        assertKept(store().find("login", id, soon()), "one", 1);
    }

    @Test
    void stateAtTheLimitIsKeptAndOnePastItIsRefused() {
        var id = id();
        var most = new byte[FlowStore.STATE_BYTES_MAX];
        Arrays.fill(most, (byte) 7);

        assertThat(store().keep("login", id, most, LIFETIME, soon())).isTrue();
        assertThat(store().find("login", id, soon()).orElseThrow().state()).isEqualTo(most);
        assertThat(store().replace("login", id, 0, most, LIFETIME, soon())).isTrue();

        var more = new byte[FlowStore.STATE_BYTES_MAX + 1];
        assertThatThrownBy(() -> store().keep("login", id(), more, LIFETIME, soon()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().replace("login", id, 1, more, LIFETIME, soon()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void emptyStateAndOddIdsAreKept() {
        for (var id : new String[] {"", "é\0\r\n*{}", "x".repeat(10_000)}) {
            var unique = id + id();
            assertThat(store().keep("k", unique, new byte[0], LIFETIME, soon())).isTrue();
            assertKept(store().find("k", unique, soon()), "", 0);
        }
    }
}
