package gatehouse.sessions.secret;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * HMAC-SHA-256 under one key: names that reveal nothing, and proof that we made a value. Parts are length-prefixed, so
 * no two lists of parts hash alike. Safe for concurrent use.
 */
public final class KeyedHash {

    private final Mac prototype;

    KeyedHash(SecretKey key) {
        try {
            prototype = Mac.getInstance("HmacSHA256");
            prototype.init(key);
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw DerivedKeys.broken(impossible);
        }
    }

    /** The 32 bytes over {@code parts}, in this order. */
    public byte[] of(byte[]... parts) {
        var mac = copy();
        for (var part : parts) {
            mac.update((byte) (part.length >>> 24));
            mac.update((byte) (part.length >>> 16));
            mac.update((byte) (part.length >>> 8));
            mac.update((byte) part.length);
            mac.update(part);
        }
        return mac.doFinal();
    }

    /** The 32 bytes over the UTF-8 of {@code parts}, in this order. */
    public byte[] of(String... parts) {
        var bytes = new byte[parts.length][];
        for (var i = 0; i < parts.length; i++) {
            bytes[i] = Text.utf8(parts[i]);
        }
        return of(bytes);
    }

    private Mac copy() {
        try {
            return (Mac) prototype.clone(); // a Mac is not shared between threads; cloning spares the key set-up
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("the JDK's HmacSHA256 is expected to be cloneable", impossible);
        }
    }
}
