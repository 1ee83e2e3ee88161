package gatehouse.sessions.redis;

import gatehouse.sessions.AttemptCounter;
import gatehouse.spi.Deadline;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Fading counts in Redis, computed there with its own clock. */
final class RedisAttemptCounter implements AttemptCounter {

    private static final long LONGEST_MILLIS = Duration.ofDays(30).toMillis();

    private final Engine engine;

    RedisAttemptCounter(Engine engine) {
        this.engine = engine;
    }

    @Override
    public double count(String kind, String key, Duration halfLife, Deadline deadline) {
        return count(kind, key, halfLife, 0, deadline);
    }

    @Override
    public double failed(String kind, String key, Duration halfLife, Deadline deadline) {
        return count(kind, key, halfLife, 1, deadline);
    }

    private double count(String kind, String key, Duration halfLife, int add, Deadline deadline) {
        var name = engine.keyspace().name(kind, key);
        byte[][] keys = {engine.keyspace().attempts(name)};
        var millis = Script.number(Math.clamp(halfLife.toMillis(), 1, LONGEST_MILLIS));
        return engine.redis()
                .run(Script.COUNT_ATTEMPTS, Keyspace.shard(name), keys, deadline, millis, Script.number(add))
                .map(count -> ByteBuffer.wrap(count).getDouble())
                .orElseThrow();
    }

    @Override
    public void clear(String kind, String key, Deadline deadline) {
        var name = engine.keyspace().name(kind, key);
        var attempts = engine.keyspace().attempts(name);
        engine.redis().await(() -> engine.redis().on(Keyspace.shard(name)).del(attempts), deadline);
    }
}
