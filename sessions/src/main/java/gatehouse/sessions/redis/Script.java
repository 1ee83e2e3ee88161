package gatehouse.sessions.redis;

import gatehouse.sessions.secret.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The atomic steps: one Lua script each, whose first lines say its KEYS, its ARGV and its answer. */
enum Script {
    OPEN_SESSION,
    TOUCH_SESSION,
    RENEW_SESSION,
    JOIN_SESSION,
    END_SESSION,
    REDEEM_CODE,
    OPEN_FAMILY,
    ROTATE_REFRESH,
    REVOKE_FAMILY,
    REPLACE_FLOW,
    COUNT_ATTEMPTS,
    CUT_ORGANIZATION,
    POINT_UPSTREAM;

    private final byte[] source;
    private final String digest;

    Script() {
        var file = "/lua/" + name().toLowerCase(java.util.Locale.ROOT) + ".lua";
        try (var in = Script.class.getResourceAsStream(file)) {
            source = in.readAllBytes();
            // SHA-1 is how Redis names a script; nothing rests on it.
            digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(source));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file, unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    byte[] source() {
        return source;
    }

    String digest() {
        return digest;
    }

    /** A number as a script reads it. */
    static byte[] number(long value) {
        return Text.ascii(Long.toString(value));
    }
}
