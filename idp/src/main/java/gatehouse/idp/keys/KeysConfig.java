package gatehouse.idp.keys;

import java.time.Duration;

/**
 * How long keys live, and how much is remembered about tokens.
 *
 * @param rotateEvery       how long one key signs tokens before the next takes over
 * @param publishAhead      how long a key is at least published before the schedule lets it sign; at least 24 hours,
 *                          because relying parties cache the JWK Set
 * @param maxTokenLife      longest life of any token: a key verifies for that and one hour after it stopped signing
 * @param rsaBits           size of new RSA keys: 2048, 3072 or 4096
 * @param samlRotateEvery   how long one SAML key signs before the next takes over; its certificate is valid as long,
 *                          and {@code samlOverlap} longer
 * @param samlPublishAhead  how long the next SAML certificate is in our metadata before it is used
 * @param samlOverlap       how long a SAML key still decrypts after the next took over
 * @param refreshEvery      how often a node reads the keys again
 * @param verdictCacheBytes memory for verified tokens that are not verified again
 */
public record KeysConfig(
        Duration rotateEvery,
        Duration publishAhead,
        Duration maxTokenLife,
        int rsaBits,
        Duration samlRotateEvery,
        Duration samlPublishAhead,
        Duration samlOverlap,
        Duration refreshEvery,
        long verdictCacheBytes) {

    public static final KeysConfig DEFAULTS = new KeysConfig(
            Duration.ofDays(90),
            Duration.ofHours(24),
            Duration.ofHours(24),
            2048,
            Duration.ofDays(1095),
            Duration.ofDays(90),
            Duration.ofDays(30),
            Duration.ofMinutes(1),
            24L << 20);

    public KeysConfig {
        require(publishAhead.compareTo(Duration.ofHours(24)) >= 0, "keys.publish-ahead must be at least 24 hours");
        require(rotateEvery.compareTo(publishAhead) >= 0,
                "keys.rotate-every must not be shorter than keys.publish-ahead");
        require(maxTokenLife.isPositive(), "keys.max-token-life must be longer than 0");
        require(maxTokenLife.compareTo(Duration.ofDays(366)) <= 0, "keys.max-token-life must be at most 366 days");
        require(rsaBits == 2048 || rsaBits == 3072 || rsaBits == 4096, "keys.rsa-bits must be 2048, 3072 or 4096");
        require(samlPublishAhead.compareTo(Duration.ofDays(1)) >= 0, "keys.saml-publish-ahead must be at least 1 day");
        require(samlRotateEvery.compareTo(samlPublishAhead) >= 0,
                "keys.saml-rotate-every must not be shorter than keys.saml-publish-ahead");
        require(samlRotateEvery.compareTo(Duration.ofDays(3660)) <= 0,
                "keys.saml-rotate-every must be at most 3660 days");
        require(samlOverlap.compareTo(Duration.ofHours(1)) >= 0, "keys.saml-overlap must be at least 1 hour");
        require(refreshEvery.compareTo(Duration.ofSeconds(1)) >= 0 && refreshEvery.compareTo(Duration.ofHours(1)) <= 0,
                "keys.refresh-every must be 1 second to 1 hour");
        require(verdictCacheBytes >= 0 && verdictCacheBytes <= 1L << 30, "keys.verdict-cache-bytes must be 0 to 1 GiB");
    }

    /** The defaults with another schedule and size of token keys. */
    public static KeysConfig of(Duration rotateEvery, Duration publishAhead, int rsaBits) {
        return new KeysConfig(rotateEvery, publishAhead, DEFAULTS.maxTokenLife, rsaBits, DEFAULTS.samlRotateEvery,
                DEFAULTS.samlPublishAhead, DEFAULTS.samlOverlap, DEFAULTS.refreshEvery, DEFAULTS.verdictCacheBytes);
    }

    /** The schedule of keys for {@code purpose}. */
    KeyRotation rotation(KeyPurpose purpose) {
        return purpose.signsJwts()
                ? new KeyRotation(rotateEvery, rotateEvery, publishAhead, maxTokenLife.plusHours(1))
                : new KeyRotation(samlRotateEvery, samlPublishAhead, samlPublishAhead, samlOverlap);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
