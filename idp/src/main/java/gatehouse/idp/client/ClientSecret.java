package gatehouse.idp.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A client secret as it is kept: its SHA-256. A secret made here has 256 random bits, so a slow hash would protect
 * nothing and cost every token request.
 *
 * @param sha256    hexadecimal SHA-256 of the secret's UTF-8 bytes
 * @param expiresAt when it stops being accepted, if ever
 */
public record ClientSecret(String sha256, Optional<Instant> expiresAt) {

    /** The kept form of {@code secret}. */
    public static ClientSecret of(String secret, Optional<Instant> expiresAt) {
        return new ClientSecret(HexFormat.of().formatHex(digest(secret)), expiresAt);
    }

    /** Whether {@code presented} is this secret and it is still accepted at {@code now}; constant time. */
    public boolean matches(String presented, Instant now) {
        boolean same = MessageDigest.isEqual(HexFormat.of().parseHex(sha256), digest(presented));
        return same && expiresAt.map(now::isBefore).orElse(true);
    }

    private static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return "ClientSecret[•••]";
    }
}
