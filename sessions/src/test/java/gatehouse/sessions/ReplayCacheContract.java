package gatehouse.sessions;

import static gatehouse.sessions.Fixtures.atOnce;
import static gatehouse.sessions.Fixtures.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link ReplayCache} must do. A new store extends it and adds nothing. */
public abstract class ReplayCacheContract {

    protected abstract EngineUnderTest engine();

    private boolean firstUse(String kind, String id, Duration lifetime) {
        return engine().stores().replays().firstUse(kind, id, engine().clock().instant().plus(lifetime), soon());
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    @Test
    void idIsUsedOncePerKind() {
        var id = id();

        assertThat(firstUse("assertion", id, Duration.ofMinutes(5))).isTrue();
        assertThat(firstUse("assertion", id, Duration.ofMinutes(5))).isFalse();
        assertThat(firstUse("jti", id, Duration.ofMinutes(5))).isTrue();
        assertThat(firstUse("assertion", id(), Duration.ofMinutes(5))).isTrue();
        assertThat(firstUse("asserti", "on" + id, Duration.ofMinutes(5))).isTrue();
    }

    @Test
    void ofConcurrentUsesOneIsFirst() throws Exception {
        var id = id();

        var outcomes = atOnce(64, () -> firstUse("assertion", id, Duration.ofMinutes(5)));

        assertThat(outcomes).filteredOn(first -> first).hasSize(1);
    }

    @Test
    void markIsForgottenInItsTime() {
        var id = id();
        firstUse("assertion", id, Duration.ofMillis(80));

        engine().pass(Duration.ofMillis(150));

        assertThat(firstUse("assertion", id, Duration.ofMinutes(5))).isTrue();
    }
}
