package gatehouse.idp.admin.resource;

import java.security.SecureRandom;
import java.util.Base64;

/** Ids and secrets made here. */
public final class RandomNames {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private final SecureRandom random = new SecureRandom();

    /** An id of 130 random bits: 26 of a-z and 2-7. */
    public String id() {
        var bytes = new byte[26];
        random.nextBytes(bytes);
        var text = new StringBuilder(bytes.length);
        for (byte each : bytes) {
            text.append(ALPHABET.charAt(each & 31));
        }
        return text.toString();
    }

    /** A secret of 256 random bits, base64url. */
    public String secret() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
