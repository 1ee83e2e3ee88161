package gatehouse.sessions.redis;

import gatehouse.sessions.SessionsConfig;
import gatehouse.sessions.secret.Text;
import gatehouse.spi.Deadline;
import io.lettuce.core.Range;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The instants until which organizations' sessions have been ended, held in memory so that asking costs nothing. Redis
 * keeps them, tells every node at once, and is asked every two seconds in case a message was lost.
 */
final class CutOffs extends RedisPubSubAdapter<byte[], byte[]> {

    private static final int SHARD = 0;
    private static final int TAG_BYTES = 8;
    private static final long OVERLAP_MILLIS = 10_000; // a failover may lose a cut-off and see it written again

    private final Map<Long, Long> cutMillis = new ConcurrentHashMap<>();
    private final Redis redis;
    private final long longestMillis;
    private volatile long seenMillis;

    CutOffs(Redis redis, SessionsConfig config) {
        this.redis = redis;
        this.longestMillis = config.longestLife().toMillis();
    }

    /** Whether what was opened at {@code openedMillis} for the organization has been ended with all of it. */
    boolean isCut(long organizationTag, long openedMillis) {
        if (organizationTag == 0 || cutMillis.isEmpty()) {
            return false;
        }
        var cut = cutMillis.get(organizationTag);
        return cut != null && openedMillis <= cut;
    }

    /** Ends everything that the organization has open. */
    void cut(byte[] organizationTag, Deadline deadline) {
        byte[][] keys = {Keyspace.CUT_OFFS};
        var channel = Text.ascii(Keyspace.CUT_OFF_CHANNEL);
        var longest = Script.number(longestMillis);
        redis.run(Script.CUT_ORGANIZATION, SHARD, keys, deadline, organizationTag, longest, channel)
                .ifPresent(cut -> note(ByteBuffer.wrap(organizationTag).getLong(), Stamps.millis(cut, 0)));
    }

    /** Reads what is new since the last call; everything, the first time and after a failure. */
    void poll(Deadline deadline) {
        var since = seenMillis;
        seenMillis = 0;
        var range = Range.<Number>create(since - OVERLAP_MILLIS, Double.POSITIVE_INFINITY);
        var found = redis.await(() -> redis.on(SHARD).zrangebyscoreWithScores(Keyspace.CUT_OFFS, range), deadline);
        for (var entry : found.orElseThrow()) {
            var cut = (long) entry.getScore();
            note(ByteBuffer.wrap(entry.getValue()).getLong(), cut);
            since = Math.max(since, cut);
        }
        seenMillis = since;
    }

    /** Drops the cut-offs that nothing alive can be older than. */
    void forgetUntil(long millis) {
        if (!cutMillis.isEmpty()) {
            cutMillis.values().removeIf(cut -> cut < millis - longestMillis);
        }
    }

    @Override
    public void message(byte[] channel, byte[] message) {
        if (message.length == TAG_BYTES + Stamps.BYTES) {
            note(ByteBuffer.wrap(message).getLong(), Stamps.millis(message, TAG_BYTES));
        }
    }

    private void note(long organizationTag, long millis) {
        cutMillis.merge(organizationTag, millis, Math::max);
    }
}
