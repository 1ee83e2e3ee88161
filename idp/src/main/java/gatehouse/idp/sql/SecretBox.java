package gatehouse.idp.sql;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Seals small secrets for the database: AES-256-GCM under a key derived from the deployment's master key, a fresh nonce
 * each, bound to the place where the secret is kept, so that a sealed value copied to another row does not open there.
 */
public final class SecretBox {

    private static final String VERSION = "v1.";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    /** @param master 32 bytes from the configuration */
    public SecretBox(byte[] master) {
        if (master.length != 32) {
            throw new IllegalArgumentException("the master key must have 32 bytes");
        }
        try {
            this.key = KDF.getInstance("HKDF-SHA256").deriveKey("AES", HKDFParameterSpec.ofExtract()
                    .addIKM(master)
                    .thenExpand("gatehouse sql secrets v1".getBytes(StandardCharsets.US_ASCII), 32));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK since 25 has HKDF", impossible);
        }
    }

    /** {@code secret}, sealed for {@code place}. */
    public String seal(String secret, String place) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var sealed = run(Cipher.ENCRYPT_MODE, nonce, secret.getBytes(StandardCharsets.UTF_8), place);
        var whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
        return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /**
     * What was sealed for {@code place}.
     *
     * @throws IllegalStateException if it was sealed under another master key or for another place, or changed
     */
    public String open(String sealed, String place) {
        if (!sealed.startsWith(VERSION)) {
            throw new IllegalStateException("a secret in the database is not sealed in a known form");
        }
        var whole = Base64.getUrlDecoder().decode(sealed.substring(VERSION.length()));
        var nonce = Arrays.copyOf(whole, NONCE_BYTES);
        var opened = run(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(whole, NONCE_BYTES, whole.length), place);
        return new String(opened, StandardCharsets.UTF_8);
    }

    private byte[] run(int mode, byte[] nonce, byte[] input, String place) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException refused) {
            throw new IllegalStateException(
                    "a secret in the database does not open: is it the right master key?", refused);
        }
    }
}
