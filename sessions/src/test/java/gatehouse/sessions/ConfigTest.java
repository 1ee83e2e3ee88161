package gatehouse.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.sessions.redis.RedisConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Configuration is born valid: each rule kept at its edge, and broken one past it. */
class ConfigTest {

    private static final URI LOCAL = URI.create("redis://localhost:6379");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void redisRules() {
        redis(LOCAL, Duration.ofMillis(1), Duration.ofSeconds(10), 1, 1);
        redis(URI.create("rediss://sso@redis.example:6380/3"), Duration.ofSeconds(10), SECOND, 64, 1_000_000);

        assertRefused("redis.uri", () -> redis(URI.create("http://localhost"), SECOND, SECOND, 1, 1));
        assertRefused("redis.uri", () -> redis(URI.create("redis:localhost"), SECOND, SECOND, 1, 1));
        assertRefused("password", () -> redis(URI.create("redis://u:secret@localhost"), SECOND, SECOND, 1, 1));
        assertRefused("command-timeout", () -> redis(LOCAL, Duration.ZERO, SECOND, 1, 1));
        assertRefused("command-timeout", () -> redis(LOCAL, Duration.ofMillis(10_001), SECOND, 1, 1));
        assertRefused("connect-timeout", () -> redis(LOCAL, SECOND, Duration.ZERO, 1, 1));
        assertRefused("connections", () -> redis(LOCAL, SECOND, SECOND, 0, 1));
        assertRefused("connections", () -> redis(LOCAL, SECOND, SECOND, 65, 1));
        assertRefused("request-queue", () -> redis(LOCAL, SECOND, SECOND, 1, 0));
        assertRefused("request-queue", () -> redis(LOCAL, SECOND, SECOND, 1, 1_000_001));
    }

    @Test
    void passwordIsNotPrinted() {
        var config = RedisConfig.at(LOCAL).withPassword("open sesame".toCharArray());

        assertThat(config.password().orElseThrow()).isEqualTo("open sesame".toCharArray());
        assertThat(config.toString()).contains("localhost").doesNotContain("sesame");
    }

    @Test
    void sessionsRules() {
        sessions(Duration.ZERO, Duration.ofMinutes(1), Duration.ofDays(1), 1);
        sessions(Duration.ofSeconds(60), Duration.ofDays(1), Duration.ofDays(3650), 100_000);

        var hour = Duration.ofHours(1);
        var days = Duration.ofDays(90);
        assertRefused("refresh-grace", () -> sessions(Duration.ofMillis(-1), hour, days, 1));
        assertRefused("refresh-grace", () -> sessions(Duration.ofMillis(60_001), hour, days, 1));
        assertRefused("longest-access-token", () -> sessions(SECOND, Duration.ofSeconds(59), days, 1));
        assertRefused("longest-access-token", () -> sessions(SECOND, Duration.ofHours(25), days, 1));
        assertRefused("longest-life", () -> sessions(SECOND, hour, Duration.ofHours(23), 1));
        assertRefused("longest-life", () -> sessions(SECOND, hour, Duration.ofDays(3651), 1));
        assertRefused("outbox-length", () -> sessions(SECOND, hour, days, 0));
        assertRefused("outbox-length", () -> sessions(SECOND, hour, days, 100_001));
    }

    @Test
    void limitsOfASession() {
        new SessionLimits(SECOND, SECOND, 1);
        new SessionLimits(SECOND, SECOND, 100);

        assertRefused("second", () -> new SessionLimits(Duration.ofMillis(999), SECOND, 1));
        assertRefused("idle", () -> new SessionLimits(SECOND.multipliedBy(2), SECOND, 1));
        assertRefused("per user", () -> new SessionLimits(SECOND, SECOND, 0));
        assertRefused("per user", () -> new SessionLimits(SECOND, SECOND, 101));
    }

    @Test
    void upstreamsEndBringsOursForward() {
        var limits = new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12), 10);

        assertThat(limits.endingWithin(Duration.ofDays(1))).isEqualTo(limits);
        assertThat(limits.endingWithin(Duration.ofHours(1)))
                .isEqualTo(new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(1), 10));
        assertThat(limits.endingWithin(Duration.ofMinutes(5)))
                .isEqualTo(new SessionLimits(Duration.ofMinutes(5), Duration.ofMinutes(5), 10));
    }

    @Test
    void idsHaveOneForm() {
        var id = "a7" + "Az09-_".repeat(3) + "abcd";

        assertThat(new SessionId(id).shard()).isEqualTo(0xa7);
        assertThat(new FamilyId(id).shard()).isEqualTo(0xa7);
        for (var wrong : new String[] {"", id + "A", id.substring(1), "A7" + id.substring(2), id.replace('-', '+')}) {
            assertThat(SessionId.isWellFormed(wrong)).isFalse();
            assertRefused("not a session id", () -> new SessionId(wrong));
            assertRefused("not a family id", () -> new FamilyId(wrong));
        }
    }

    private static RedisConfig redis(URI uri, Duration command, Duration connect, int connections, int queue) {
        return new RedisConfig(uri, Optional.empty(), command, connect, connections, queue);
    }

    private static SessionsConfig sessions(Duration grace, Duration accessToken, Duration life, int outbox) {
        return new SessionsConfig(grace, accessToken, life, outbox);
    }

    private static void assertRefused(String name, Supplier<?> made) {
        assertThatThrownBy(made::get).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(name);
    }
}
