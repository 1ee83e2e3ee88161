package gatehouse.sessions.secret;

import java.security.SecureRandom;

/** Where unguessable bytes come from. */
public final class Randomness {

    private final SecureRandom random = new SecureRandom();

    /** {@code count} random bytes. */
    public byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** An id on {@code shard}: two hexadecimal digits of it and 16 random bytes in base64url. */
    public String shardedId(int shard) {
        return Text.hex(shard) + Text.base64Url(bytes(16));
    }
}
