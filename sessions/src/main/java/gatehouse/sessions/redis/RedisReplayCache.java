package gatehouse.sessions.redis;

import gatehouse.sessions.ReplayCache;
import gatehouse.spi.Deadline;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.time.Instant;

/** Marks of one-time values in Redis: {@code SET NX} of a hash. */
final class RedisReplayCache implements ReplayCache {

    private static final byte[] MARK = new byte[0];
    private static final long LONGEST_MILLIS = Duration.ofDays(400).toMillis();

    private final Engine engine;

    RedisReplayCache(Engine engine) {
        this.engine = engine;
    }

    @Override
    public boolean firstUse(String kind, String id, Instant until, Deadline deadline) {
        var name = engine.keyspace().name(kind, id);
        var lives = new SetArgs().nx().px(engine.clock().millisUntil(until, LONGEST_MILLIS));
        var key = engine.keyspace().replay(name);
        return engine.redis()
                .await(() -> engine.redis().on(Keyspace.shard(name)).set(key, MARK, lives), deadline)
                .isPresent();
    }
}
