package gatehouse.idp.samlwire;

import gatehouse.idp.http.Compared;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Ciphers that content may be encrypted with (xmlenc §5.2). Those that are not GCM need permission and a signature. */
enum ContentCipher {
    AES128_GCM("http://www.w3.org/2009/xmlenc11#aes128-gcm", 16, 12, Mode.AUTHENTICATED),
    AES192_GCM("http://www.w3.org/2009/xmlenc11#aes192-gcm", 24, 12, Mode.AUTHENTICATED),
    AES256_GCM("http://www.w3.org/2009/xmlenc11#aes256-gcm", 32, 12, Mode.AUTHENTICATED),
    AES128_CBC("http://www.w3.org/2001/04/xmlenc#aes128-cbc", 16, 16, Mode.BLOCK),
    AES192_CBC("http://www.w3.org/2001/04/xmlenc#aes192-cbc", 24, 16, Mode.BLOCK),
    AES256_CBC("http://www.w3.org/2001/04/xmlenc#aes256-cbc", 32, 16, Mode.BLOCK),
    TRIPLE_DES("http://www.w3.org/2001/04/xmlenc#tripledes-cbc", 24, 8, Mode.LEGACY);

    /** What it takes to accept a cipher. */
    enum Mode {
        /** Nothing: what was changed on the way does not decrypt. */
        AUTHENTICATED,
        /** {@link AlgorithmPolicy#blockMode()}. */
        BLOCK,
        /** {@link AlgorithmPolicy#legacy()}. */
        LEGACY
    }

    private static final int GCM_TAG_BYTES = 16;

    private final String uri;
    private final int keyBytes;
    private final int ivBytes;
    private final Mode mode;

    ContentCipher(String uri, int keyBytes, int ivBytes, Mode mode) {
        this.uri = uri;
        this.keyBytes = keyBytes;
        this.ivBytes = ivBytes;
        this.mode = mode;
    }

    /**
     * The cipher with this URI.
     *
     * @param covered whether a signature that was verified covers the octets to decrypt
     * @throws SamlError ENCRYPTION_ALGORITHM_REFUSED, or ENCRYPTION_UNPROTECTED if a signature would make it acceptable
     */
    static ContentCipher require(String uri, AlgorithmPolicy policy, boolean covered) {
        for (var cipher : values()) {
            if (cipher.uri.equals(uri) && cipher.isPermitted(policy)) {
                if (cipher.mode != Mode.AUTHENTICATED && !covered) {
                    throw new SamlError(SamlReason.ENCRYPTION_UNPROTECTED);
                }
                return cipher;
            }
        }
        throw new SamlError(SamlReason.ENCRYPTION_ALGORITHM_REFUSED, Compared.of("AES-128-GCM, AES-256-GCM", uri));
    }

    private boolean isPermitted(AlgorithmPolicy policy) {
        return switch (mode) {
            case AUTHENTICATED -> true;
            case BLOCK -> policy.blockMode();
            case LEGACY -> policy.legacy();
        };
    }

    int keyBytes() {
        return keyBytes;
    }

    /** Whether {@code sealed} has the size of something that was encrypted: visible to everybody, and no secret. */
    boolean couldBe(byte[] sealed) {
        return mode == Mode.AUTHENTICATED
                ? sealed.length >= ivBytes + GCM_TAG_BYTES
                : sealed.length >= 2 * ivBytes && sealed.length % ivBytes == 0;
    }

    /** The content; empty if it was not encrypted with {@code key}. */
    Optional<byte[]> open(byte[] key, byte[] sealed) {
        try {
            if (mode == Mode.AUTHENTICATED) {
                var aes = Cipher.getInstance("AES/GCM/NoPadding");
                aes.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"),
                        new GCMParameterSpec(GCM_TAG_BYTES * 8, sealed, 0, ivBytes));
                return Optional.of(aes.doFinal(sealed, ivBytes, sealed.length - ivBytes));
            }
            var name = mode == Mode.LEGACY ? "DESede" : "AES";
            var block = Cipher.getInstance(name + "/CBC/NoPadding");
            block.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, name), new IvParameterSpec(sealed, 0, ivBytes));
            return unpadded(block.doFinal(sealed, ivBytes, sealed.length - ivBytes));
        } catch (GeneralSecurityException failed) {
            return Optional.empty();
        }
    }

    /** xmlenc §5.2.1: the last octet says how many were added; what the others are does not matter. */
    private Optional<byte[]> unpadded(byte[] padded) {
        int added = padded[padded.length - 1];
        return added >= 1 && added <= ivBytes
                ? Optional.of(Arrays.copyOf(padded, padded.length - added)) : Optional.empty();
    }
}
