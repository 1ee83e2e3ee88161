package gatehouse.sessions.redis;

import gatehouse.sessions.secret.Text;
import io.lettuce.core.cluster.SlotHash;

/**
 * The hash tags of the 256 shards. Tags are chosen so that the Redis slots of the shards are evenly spaced: however a
 * cluster cuts its 16384 slots into ranges, every range gets its share of users. The table never changes: a stored key
 * is spelled with it.
 */
final class ShardTags {

    static final int SHARDS = 256;

    private static final int SLOTS_PER_SHARD = SlotHash.SLOT_COUNT / SHARDS;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final byte[][] TAGS = nearestToTheMiddle();

    private ShardTags() {}

    /** The two characters between the braces of every key of {@code shard}. */
    static byte[] of(int shard) {
        return TAGS[shard];
    }

    /** For each shard, the first two-character tag whose slot lies nearest to the middle of the shard's slots. */
    private static byte[][] nearestToTheMiddle() {
        var tags = new byte[SHARDS][];
        var distances = new int[SHARDS];
        for (var first : ALPHABET.toCharArray()) {
            for (var second : ALPHABET.toCharArray()) {
                var tag = Text.ascii(String.valueOf(new char[] {first, second}));
                var slot = SlotHash.getSlot(tag);
                var shard = slot / SLOTS_PER_SHARD;
                var distance = Math.abs(slot % SLOTS_PER_SHARD - SLOTS_PER_SHARD / 2);
                if (tags[shard] == null || distance < distances[shard]) {
                    tags[shard] = tag;
                    distances[shard] = distance;
                }
            }
        }
        return tags;
    }
}
