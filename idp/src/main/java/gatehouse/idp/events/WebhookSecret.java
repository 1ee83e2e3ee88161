package gatehouse.idp.events;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that deliveries are signed with (Standard Webhooks: {@code whsec_} and 24 to 64 bytes in base64). Sealed
 * at rest.
 *
 * @param value     the secret
 * @param expiresAt until when deliveries are signed with it too, once there is a newer one
 */
public record WebhookSecret(String value, Optional<Instant> expiresAt) {

    public static final String PREFIX = "whsec_";
    private static final int BYTES_MIN = 24;
    private static final int BYTES_MAX = 64;

    /** A secret of {@code bytes}. */
    public static WebhookSecret of(byte[] bytes) {
        return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(bytes), Optional.empty());
    }

    /** Whether {@code text} is a secret of the one form. */
    public static boolean isOne(String text) {
        if (!text.startsWith(PREFIX)) {
            return false;
        }
        try {
            int bytes = Base64.getDecoder().decode(text.substring(PREFIX.length())).length;
            return bytes >= BYTES_MIN && bytes <= BYTES_MAX;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** The signature of a delivery: HMAC-SHA256 over id, time and body, joined by dots. */
    String signature(String message, long timestamp, String body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(value.substring(PREFIX.length())), "HmacSHA256"));
            var signed = (message + '.' + timestamp + '.' + body).getBytes(StandardCharsets.UTF_8);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", impossible);
        }
    }

    @Override
    public String toString() {
        return "WebhookSecret[•••]";
    }
}
