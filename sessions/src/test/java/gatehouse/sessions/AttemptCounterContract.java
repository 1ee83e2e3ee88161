package gatehouse.sessions;

import static gatehouse.sessions.Fixtures.atOnce;
import static gatehouse.sessions.Fixtures.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link AttemptCounter} must do. A new store extends it and adds nothing. */
public abstract class AttemptCounterContract {

    private static final Duration LONG = Duration.ofHours(1);

    protected abstract EngineUnderTest engine();

    private AttemptCounter counter() {
        return engine().stores().attempts();
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    @Test
    void failuresAddUpUntilTheyAreCleared() {
        var key = key();
        assertThat(counter().count("password", key, LONG, soon())).isZero();

        assertThat(counter().failed("password", key, LONG, soon())).isEqualTo(1, within(0.01));
        assertThat(counter().failed("password", key, LONG, soon())).isEqualTo(2, within(0.01));
        assertThat(counter().count("password", key, LONG, soon())).isEqualTo(2, within(0.01));
        assertThat(counter().count("address", key, LONG, soon())).isZero();

        counter().clear("password", key, soon());
        assertThat(counter().count("password", key, LONG, soon())).isZero();
    }

    @Test
    void noConcurrentFailureIsLost() throws Exception {
        var key = key();

        atOnce(64, () -> counter().failed("password", key, LONG, soon()));

        assertThat(counter().count("password", key, LONG, soon())).isEqualTo(64, within(0.1));
    }

    @Test
    void countHalvesEveryHalfLife() {
        var key = key();
        var halfLife = Duration.ofMillis(400);
        var before = 0.0;
        for (var i = 0; i < 8; i++) {
            before = counter().failed("password", key, halfLife, soon());
        }

        engine().pass(halfLife);

        var after = counter().count("password", key, halfLife, soon());
        assertThat(after).isPositive().isLessThanOrEqualTo(before / 2);
    }

    @Test
    void fadedCountIsForgotten() {
        var key = key();
        var halfLife = Duration.ofMillis(10);
        counter().failed("password", key, halfLife, soon());

        engine().pass(Duration.ofMillis(150)); // fifteen half-lives

        assertThat(counter().count("password", key, halfLife, soon())).isZero();
    }
}
