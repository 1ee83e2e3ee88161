package gatehouse.idp.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Wraps private keys at rest: AES-256-GCM under a key derived from the master key by HKDF-SHA256 (RFC 5869). The owner
 * of the secret is authenticated with it, so a wrapped key moved to another row does not open.
 */
public final class KeyWrapper {

    private static final int MASTER_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey wrappingKey;
    private final String kekId;

    /** @param masterKey 32 random bytes; not kept */
    public KeyWrapper(byte[] masterKey) {
        if (masterKey.length != MASTER_BYTES) {
            throw new IllegalArgumentException("the master key must have " + MASTER_BYTES + " bytes");
        }
        this.wrappingKey = new SecretKeySpec(derive(masterKey, "gatehouse keys: wrapping", 32), "AES");
        this.kekId = HexFormat.of().formatHex(derive(masterKey, "gatehouse keys: id", 8));
    }

    /** Names the master key, and tells nothing about it. */
    public String kekId() {
        return kekId;
    }

    /** {@code secret}, readable by nobody without the master key, and only as {@code owner}'s. */
    public StoredKey.Wrapped wrap(String owner, byte[] secret) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, owner).doFinal(secret);
            return new StoredKey.Wrapped(
                    kekId, ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM is missing", impossible);
        }
    }

    /**
     * What {@link #wrap} was given.
     *
     * @throws IllegalStateException if it was wrapped under another master key or for another owner, or was tampered
     * with
     */
    public byte[] unwrap(String owner, StoredKey.Wrapped wrapped) {
        if (!wrapped.kekId().equals(kekId)) {
            throw new IllegalStateException("the key of " + owner + " was wrapped under master key " + wrapped.kekId()
                    + ", this server has " + kekId);
        }
        var bytes = wrapped.bytes();
        if (bytes.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new IllegalStateException("the key of " + owner + " is truncated");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_BYTES), owner)
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
        } catch (GeneralSecurityException tampered) {
            throw new IllegalStateException("the key of " + owner + " does not open: it was tampered with", tampered);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, wrappingKey, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] derive(byte[] masterKey, String purpose, int length) {
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(HKDFParameterSpec.ofExtract()
                    .addIKM(masterKey)
                    .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), length));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HKDF is missing", impossible);
        }
    }
}
