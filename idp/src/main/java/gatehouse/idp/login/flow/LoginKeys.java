package gatehouse.idp.login.flow;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The keys of step tokens and of the restart cookie, derived from the deployment's secret; the same on every node. */
public final class LoginKeys {

    private final SecretKeySpec stepKey;
    private final SecretKeySpec restartKey;

    /** @param secret at least 32 random bytes */
    public LoginKeys(byte[] secret) {
        if (secret.length < 32) {
            throw new IllegalArgumentException("the deployment's secret must have 32 bytes or more");
        }
        var root = new SecretKeySpec(secret, "HmacSHA256");
        this.stepKey = new SecretKeySpec(hmac(root, bytes("gatehouse login step")), "HmacSHA256");
        this.restartKey = new SecretKeySpec(hmac(root, bytes("gatehouse login restart")), "AES");
    }

    /** The MAC of a step. */
    byte[] stepMac(String step) {
        return hmac(stepKey, bytes(step));
    }

    /** Seals the restart cookie. */
    SecretKey restartKey() {
        return restartKey;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hmac(SecretKeySpec key, byte[] message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(message);
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }

    @Override
    public String toString() {
        return "LoginKeys[•••]";
    }
}
