package gatehouse.sessions;

import java.time.Duration;

/**
 * What holds for every session and token family of this deployment, whatever engine keeps them.
 *
 * @param refreshGrace       how long the previous refresh token still answers with its successor, 0..60 s: a lost
 *                           answer or a second tab is not a thief
 * @param longestAccessToken upper bound of an access token's lifetime: how long a replayed family's tokens are
 *                           remembered as revoked
 * @param longestLife        upper bound of any session's or family's life; a later end is brought forward to it. An
 *                           organization's cut-off is remembered this long
 * @param outboxLength       events kept per shard for delivery, about
 */
public record SessionsConfig(
        Duration refreshGrace, Duration longestAccessToken, Duration longestLife, int outboxLength) {

    public static final SessionsConfig DEFAULTS =
            new SessionsConfig(Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofDays(90), 1_000);

    public SessionsConfig {
        require(!refreshGrace.isNegative() && refreshGrace.compareTo(Duration.ofSeconds(60)) <= 0,
                "sessions.refresh-grace must be 0..60 seconds");
        require(longestAccessToken.compareTo(Duration.ofMinutes(1)) >= 0
                        && longestAccessToken.compareTo(Duration.ofDays(1)) <= 0,
                "sessions.longest-access-token must be 1 minute to 1 day");
        require(longestLife.compareTo(Duration.ofDays(1)) >= 0 && longestLife.compareTo(Duration.ofDays(3650)) <= 0,
                "sessions.longest-life must be 1..3650 days");
        require(outboxLength >= 1 && outboxLength <= 100_000, "sessions.outbox-length must be 1..100000");
    }

    /** These settings with another grace window. */
    public SessionsConfig withRefreshGrace(Duration grace) {
        return new SessionsConfig(grace, longestAccessToken, longestLife, outboxLength);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
