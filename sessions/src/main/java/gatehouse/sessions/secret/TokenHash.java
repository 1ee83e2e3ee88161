package gatehouse.sessions.secret;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Where a token value becomes what is stored of it: SHA-256. Fit for values of 256 random bits, not for passwords. */
public final class TokenHash {

    /** Bytes kept of a hash that names a record: enough that no two values ever meet. */
    public static final int SHORT_BYTES = 16;

    private TokenHash() {}

    /** SHA-256 of {@code value}. */
    public static byte[] of(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (NoSuchAlgorithmException impossible) {
            throw DerivedKeys.broken(impossible);
        }
    }

    /** SHA-256 of the characters of {@code value}, which is ASCII. */
    public static byte[] of(String value) {
        return of(Text.utf8(value));
    }

    /** The first 16 bytes of the hash. */
    public static byte[] shortOf(String value) {
        return Arrays.copyOf(of(value), SHORT_BYTES);
    }

    /** The first 16 bytes of the hash. */
    public static byte[] shortOf(byte[] value) {
        return Arrays.copyOf(of(value), SHORT_BYTES);
    }
}
