package gatehouse.loadtests.scenario;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** A PKCE verifier and its S256 challenge (RFC 7636 §4.1, §4.2). */
record Pkce(String verifier, String challenge) {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    static Pkce fresh() {
        var bytes = new byte[32];
        ThreadLocalRandom.current().nextBytes(bytes); // protects nobody: both ends of the exchange are this driver
        var verifier = BASE64.encodeToString(bytes);
        return new Pkce(verifier, BASE64.encodeToString(sha256(verifier)));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
