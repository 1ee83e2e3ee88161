package gatehouse.idp.upstream.xray;

import java.time.Duration;

/**
 * How much of attempts is kept: what an attacker sends must not fill the disk.
 *
 * @param keep             how long an attempt is kept
 * @param keepMessages     how long the message of a refused attempt is kept, sealed, to be judged again
 * @param perMinute        attempts over one connection that one node keeps in a minute; further ones are only counted; of those
 *                         that answer no sign-in, a sixth
 * @param perConnection    attempts of one connection that are kept at most
 * @param messagesPerConnection messages of one connection that are kept at most
 */
public record Retention(
        Duration keep, Duration keepMessages, int perMinute, int perConnection, int messagesPerConnection) {

    public static final Retention DEFAULTS = new Retention(
            Duration.ofDays(14), Duration.ofDays(3), 60, 5_000, 50);

    public Retention {
        require(!keep.isNegative() && keep.compareTo(Duration.ofDays(366)) <= 0, "keep must be 0 to 366 days");
        require(!keepMessages.isNegative() && keepMessages.compareTo(keep) <= 0,
                "keep-messages must not be longer than keep");
        require(perMinute >= 1 && perMinute <= 10_000, "per-minute must be 1..10000");
        require(perConnection >= 1 && perConnection <= 1_000_000, "per-connection must be 1..1000000");
        require(messagesPerConnection >= 0 && messagesPerConnection <= 1_000,
                "messages-per-connection must be 0..1000");
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
