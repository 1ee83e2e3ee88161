package gatehouse.sessions.redis;

import gatehouse.sessions.FlowStore;
import gatehouse.sessions.secret.Randomness;
import gatehouse.sessions.secret.Sealer;
import gatehouse.spi.Deadline;
import io.lettuce.core.SetArgs;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Flows in Redis: version u8, generation u32, nonce of 24 bytes, sealed state. The state is bound to the flow's name
 * and its generation.
 */
final class RedisFlowStore implements FlowStore {

    private static final int VERSION = 1;
    private static final int NONCE = 5;
    private static final int HEADER_BYTES = NONCE + Sealer.NONCE_BYTES;
    private static final long LONGEST_MILLIS = Duration.ofDays(30).toMillis();

    private final Redis redis;
    private final Keyspace keyspace;
    private final Sealer sealer;
    private final Randomness random;

    RedisFlowStore(Engine engine) {
        this.redis = engine.redis();
        this.keyspace = engine.keyspace();
        this.sealer = engine.keys().sealer("flow");
        this.random = engine.random();
    }

    @Override
    public boolean keep(String kind, String id, byte[] state, Duration lifetime, Deadline deadline) {
        var name = keyspace.name(kind, id);
        var sealed = seal(name, 0, state);
        var lives = new SetArgs().nx().px(millis(lifetime));
        return redis.await(() -> redis.on(Keyspace.shard(name)).set(keyspace.flow(name), sealed, lives), deadline)
                .isPresent();
    }

    @Override
    public Optional<Kept> find(String kind, String id, Deadline deadline) {
        var name = keyspace.name(kind, id);
        return redis.await(() -> redis.on(Keyspace.shard(name)).get(keyspace.flow(name)), deadline)
                .flatMap(stored -> read(name, stored));
    }

    @Override
    public boolean replace(
            String kind, String id, int generation, byte[] state, Duration lifetime, Deadline deadline) {
        var name = keyspace.name(kind, id);
        byte[][] keys = {keyspace.flow(name)};
        var expected = ByteBuffer.allocate(Integer.BYTES).putInt(generation).array();
        var sealed = seal(name, generation + 1, state);
        return redis.run(Script.REPLACE_FLOW, Keyspace.shard(name), keys, deadline,
                        expected, Script.number(millis(lifetime)), sealed)
                .isPresent();
    }

    @Override
    public Optional<Kept> take(String kind, String id, Deadline deadline) {
        var name = keyspace.name(kind, id);
        return redis.await(() -> redis.on(Keyspace.shard(name)).getdel(keyspace.flow(name)), deadline)
                .flatMap(stored -> read(name, stored));
    }

    private byte[] seal(byte[] name, int generation, byte[] state) {
        if (state.length > STATE_BYTES_MAX) {
            throw new IllegalArgumentException("a state of " + state.length + " bytes is more than is kept");
        }
        var nonce = random.bytes(Sealer.NONCE_BYTES);
        var sealed = sealer.seal(nonce, associated(name, generation), state);
        return ByteBuffer.allocate(HEADER_BYTES + sealed.length)
                .put((byte) VERSION)
                .putInt(generation)
                .put(nonce)
                .put(sealed)
                .array();
    }

    private Optional<Kept> read(byte[] name, byte[] stored) {
        if (stored.length < HEADER_BYTES || stored[0] != VERSION) {
            return Optional.empty();
        }
        var generation = ByteBuffer.wrap(stored).getInt(1);
        var nonce = Arrays.copyOfRange(stored, NONCE, HEADER_BYTES);
        var length = stored.length - HEADER_BYTES;
        return sealer.open(nonce, associated(name, generation), stored, HEADER_BYTES, length)
                .map(state -> new Kept(state, generation));
    }

    private static byte[] associated(byte[] name, int generation) {
        return ByteBuffer.allocate(name.length + Integer.BYTES).put(name).putInt(generation).array();
    }

    private static long millis(Duration lifetime) {
        return Math.clamp(lifetime.toMillis(), 1, LONGEST_MILLIS);
    }
}
