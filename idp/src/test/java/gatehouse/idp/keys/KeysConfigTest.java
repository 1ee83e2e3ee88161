package gatehouse.idp.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeysConfigTest {

    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void defaultsRotateEveryNinetyDays() {
        assertThat(KeysConfig.DEFAULTS.rotateEvery()).isEqualTo(Duration.ofDays(90));
        assertThat(KeysConfig.DEFAULTS.rotation(KeyPurpose.TOKEN_RS256))
                .isEqualTo(new KeyRotation(Duration.ofDays(90), Duration.ofDays(90), DAY, Duration.ofHours(25)));
    }

    @Test
    void everyKeyCanBeSet() {
        var config = new KeysConfig(DAY.multipliedBy(7), DAY.multipliedBy(2), Duration.ofHours(2), 3072,
                DAY.multipliedBy(365), DAY.multipliedBy(30), DAY, Duration.ofSeconds(5), 0);

        assertThat(config.rotation(KeyPurpose.TOKEN_ES256).overlap()).isEqualTo(Duration.ofHours(3));
        assertThat(config.rotation(KeyPurpose.SAML_SIGNING))
                .isEqualTo(new KeyRotation(DAY.multipliedBy(365), DAY.multipliedBy(30), DAY.multipliedBy(30), DAY));
    }

    @Test
    void eachRuleIsKept() {
        refuses("publish-ahead", () -> tokens(DAY.multipliedBy(90), Duration.ofHours(23), DAY, 2048));
        refuses("rotate-every", () -> tokens(Duration.ofHours(47), Duration.ofHours(48), DAY, 2048));
        refuses("max-token-life", () -> tokens(DAY.multipliedBy(90), DAY, Duration.ZERO, 2048));
        refuses("max-token-life", () -> tokens(DAY.multipliedBy(90), DAY, DAY.multipliedBy(367), 2048));
        refuses("rsa-bits", () -> tokens(DAY.multipliedBy(90), DAY, DAY, 1024));
        refuses("saml-publish-ahead", () -> saml(DAY.multipliedBy(90), Duration.ofHours(23), DAY));
        refuses("saml-rotate-every", () -> saml(DAY.multipliedBy(29), DAY.multipliedBy(30), DAY));
        refuses("saml-rotate-every", () -> saml(DAY.multipliedBy(3661), DAY.multipliedBy(30), DAY));
        refuses("saml-overlap", () -> saml(DAY.multipliedBy(90), DAY.multipliedBy(30), Duration.ofMinutes(59)));
        refuses("refresh-every", () -> node(Duration.ofMillis(999), 0));
        refuses("refresh-every", () -> node(Duration.ofMinutes(61), 0));
        refuses("verdict-cache-bytes", () -> node(Duration.ofMinutes(1), -1));
        refuses("verdict-cache-bytes", () -> node(Duration.ofMinutes(1), (1L << 30) + 1));
    }

    private static void refuses(String key, Runnable building) {
        assertThatThrownBy(building::run).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keys." + key);
    }

    private static void tokens(Duration every, Duration ahead, Duration life, int rsaBits) {
        new KeysConfig(every, ahead, life, rsaBits, DAY.multipliedBy(90), DAY, DAY, Duration.ofMinutes(1), 0);
    }

    private static void saml(Duration every, Duration ahead, Duration overlap) {
        new KeysConfig(DAY.multipliedBy(90), DAY, DAY, 2048, every, ahead, overlap, Duration.ofMinutes(1), 0);
    }

    private static void node(Duration refreshEvery, long cacheBytes) {
        new KeysConfig(DAY.multipliedBy(90), DAY, DAY, 2048, DAY.multipliedBy(90), DAY, DAY, refreshEvery, cacheBytes);
    }
}
