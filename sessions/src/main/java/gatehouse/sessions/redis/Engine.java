package gatehouse.sessions.redis;

import gatehouse.sessions.secret.DerivedKeys;
import gatehouse.sessions.secret.Randomness;
import java.time.Duration;

/**
 * What every store of one Redis works with.
 *
 * @param redis    sends commands
 * @param keyspace spells keys
 * @param keys     derives keys from the master key
 * @param cutOffs  says which organizations' sessions have been ended
 * @param clock    Redis' clock
 * @param random   makes ids and secrets
 */
record Engine(
        Redis redis, Keyspace keyspace, DerivedKeys keys, CutOffs cutOffs, RedisClock clock, Randomness random) {

    /** For how long an outbox is kept after its last event. */
    static final byte[] OUTBOX_MILLIS = Script.number(Duration.ofDays(7).toMillis());
}
