package gatehouse.sessions.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A look into Redis past the stores. */
final class RedisUnderTest implements AutoCloseable {

    private final RedisClient client;
    private final RedisCommands<byte[], byte[]> commands;

    RedisUnderTest(URI uri) {
        client = RedisClient.create(uri.toString());
        commands = client.connect(ByteArrayCodec.INSTANCE).sync();
    }

    RedisCommands<byte[], byte[]> commands() {
        return commands;
    }

    /** Every key; sizes are counted exactly, expired keys are not. */
    List<byte[]> keys() {
        var keys = new ArrayList<byte[]>();
        var args = ScanArgs.Builder.limit(1_000);
        for (var cursor = commands.scan(args); ; cursor = commands.scan(ScanCursor.of(cursor.getCursor()), args)) {
            keys.addAll(cursor.getKeys());
            if (cursor.isFinished()) {
                return keys;
            }
        }
    }

    /** The {@code used_memory} of the server. */
    long usedMemory() {
        return commands.info("memory").lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line -> Long.parseLong(line.substring(12).strip()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        client.shutdown(java.time.Duration.ZERO, java.time.Duration.ofSeconds(2));
    }
}
