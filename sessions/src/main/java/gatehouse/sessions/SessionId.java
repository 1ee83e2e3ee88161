package gatehouse.sessions;

/**
 * Identifies a session to relying parties (the {@code sid} claim) and names its key: two hexadecimal digits of the
 * shard, then 22 base64url characters of 16 random bytes. Not a secret: it opens nothing without the cookie's secret.
 */
public record SessionId(String value) {

    public SessionId {
        if (!ShardedId.isWellFormed(value)) {
            throw new IllegalArgumentException("not a session id");
        }
    }

    /** The shard, 0 to 255, that all keys of the session's user live on. */
    public int shard() {
        return ShardedId.shard(value);
    }

    /** Whether {@code text} has the form of a session id. */
    public static boolean isWellFormed(String text) {
        return ShardedId.isWellFormed(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
