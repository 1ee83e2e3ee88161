package gatehouse.sessions;

/**
 * Identifies the refresh tokens born from one authorization: two hexadecimal digits of the shard, then 22 base64url
 * characters of 16 random bytes. Not a secret.
 */
public record FamilyId(String value) {

    public FamilyId {
        if (!ShardedId.isWellFormed(value)) {
            throw new IllegalArgumentException("not a family id");
        }
    }

    /** The shard, 0 to 255, that the family lives on: its session's, if it has one. */
    public int shard() {
        return ShardedId.shard(value);
    }

    /** Whether {@code text} has the form of a family id. */
    public static boolean isWellFormed(String text) {
        return ShardedId.isWellFormed(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
