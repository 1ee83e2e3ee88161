package gatehouse.sessions.secret;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts and authenticates records with XAES-256-GCM (C2SP): AES-256-GCM under a key derived for each nonce, so that
 * nonces of 192 bits may be random, or hashes of random values, without ever counting them. Safe for concurrent use.
 */
public final class Sealer {

    public static final int NONCE_BYTES = 24;
    public static final int TAG_BYTES = 16;

    private static final int BLOCK = 16;
    private static final int DERIVING_PART = 12;

    private final IdleCiphers records = new IdleCiphers(() -> Cipher.getInstance("AES/GCM/NoPadding"));
    private final IdleCiphers blocks;
    private final byte[] subkey;

    Sealer(SecretKey key) {
        blocks = new IdleCiphers(() -> {
            var cipher = Cipher.getInstance("AES/ECB/NoPadding"); // the raw block function that CMAC is made of
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher;
        });
        subkey = cmacSubkey(encryptBlocks(new byte[BLOCK]));
    }

    /** Ciphertext and tag of {@code plain}. A nonce must never meet two different plaintexts. */
    public byte[] seal(byte[] nonce, byte[] associated, byte[] plain) {
        try {
            return run(Cipher.ENCRYPT_MODE, nonce, associated, plain, 0, plain.length);
        } catch (GeneralSecurityException impossible) {
            throw DerivedKeys.broken(impossible);
        }
    }

    /** The plaintext of {@code length} sealed bytes from {@code offset}; empty if they were not sealed just so. */
    public Optional<byte[]> open(byte[] nonce, byte[] associated, byte[] sealed, int offset, int length) {
        if (length < TAG_BYTES || offset + length > sealed.length) {
            return Optional.empty();
        }
        try {
            return Optional.of(run(Cipher.DECRYPT_MODE, nonce, associated, sealed, offset, length));
        } catch (AEADBadTagException tampered) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw DerivedKeys.broken(impossible);
        }
    }

    private byte[] run(int mode, byte[] nonce, byte[] associated, byte[] bytes, int offset, int length)
            throws GeneralSecurityException {
        if (nonce.length != NONCE_BYTES) {
            throw new IllegalArgumentException("a nonce has 24 bytes");
        }
        var key = new SecretKeySpec(derive(nonce), "AES");
        var parameters = new GCMParameterSpec(TAG_BYTES * 8, nonce, DERIVING_PART, NONCE_BYTES - DERIVING_PART);
        var cipher = records.take();
        try {
            cipher.init(mode, key, parameters);
        } catch (InvalidAlgorithmParameterException sealedBefore) {
            // The JDK's cipher refuses the nonce it had last. Here that means that the same is sealed once more.
            cipher = records.make();
            cipher.init(mode, key, parameters);
        }
        cipher.updateAAD(associated);
        var result = cipher.doFinal(bytes, offset, length);
        records.giveBack(cipher);
        return result;
    }

    /** The key for {@code nonce}: NIST SP 800-108 KDF in counter mode over AES-CMAC, two blocks. */
    private byte[] derive(byte[] nonce) {
        var blocks = new byte[2 * BLOCK];
        for (var i = 0; i < 2; i++) {
            var at = i * BLOCK;
            blocks[at + 1] = (byte) (i + 1);
            blocks[at + 2] = 'X';
            System.arraycopy(nonce, 0, blocks, at + 4, DERIVING_PART);
            for (var j = 0; j < BLOCK; j++) {
                blocks[at + j] ^= subkey[j];
            }
        }
        return encryptBlocks(blocks);
    }

    private byte[] encryptBlocks(byte[] twoBlocks) {
        try {
            var cipher = blocks.take();
            var encrypted = cipher.doFinal(twoBlocks);
            blocks.giveBack(cipher);
            return encrypted;
        } catch (GeneralSecurityException impossible) {
            throw DerivedKeys.broken(impossible);
        }
    }

    /** CMAC's K1 (NIST SP 800-38B §6.1): doubling in GF(2^128). */
    private static byte[] cmacSubkey(byte[] zeroBlock) {
        var doubled = Arrays.copyOf(zeroBlock, BLOCK);
        for (var i = 0; i < BLOCK; i++) {
            var carry = i + 1 < BLOCK ? (zeroBlock[i + 1] & 0x80) >>> 7 : 0;
            doubled[i] = (byte) (zeroBlock[i] << 1 | carry);
        }
        if ((zeroBlock[0] & 0x80) != 0) {
            doubled[BLOCK - 1] ^= (byte) 0x87;
        }
        return doubled;
    }
}
