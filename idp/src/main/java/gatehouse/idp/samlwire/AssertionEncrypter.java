package gatehouse.idp.samlwire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts assertions for service providers: a fresh AES key each, transported by RSA-OAEP (xmlenc-core1 §5.2, §5.5).
 * Writes canonical XML, so that what it makes can stand within what is signed next.
 */
final class AssertionEncrypter {

    private static final int GCM_IV_BYTES = 12;
    private static final int BLOCK_BYTES = 16;
    private static final String XENC = Namespace.XENC.uri();
    private static final String DS = Namespace.DS.uri();

    private final SecureRandom random;

    AssertionEncrypter(SecureRandom random) {
        this.random = random;
    }

    /** {@code assertion} as an {@code EncryptedAssertion}. */
    String encrypt(String assertion, EncryptionChoice choice) {
        try {
            var content = choice.content();
            var key = random(content.keyBytes());
            var sealed = seal(assertion.getBytes(StandardCharsets.UTF_8), key, content.gcm());
            return written(choice, Base64Text.encode(sealed), Base64Text.encode(wrap(key, choice)));
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("a registered key cannot encrypt", unusable);
        }
    }

    private byte[] random(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] seal(byte[] plain, byte[] key, boolean gcm) throws GeneralSecurityException {
        var iv = random(gcm ? GCM_IV_BYTES : BLOCK_BYTES);
        var cipher = Cipher.getInstance(gcm ? "AES/GCM/NoPadding" : "AES/CBC/NoPadding");
        AlgorithmParameterSpec parameters = gcm ? new GCMParameterSpec(128, iv) : new IvParameterSpec(iv);
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), parameters);
        var sealed = cipher.doFinal(gcm ? plain : padded(plain));
        var whole = new byte[iv.length + sealed.length];
        System.arraycopy(iv, 0, whole, 0, iv.length);
        System.arraycopy(sealed, 0, whole, iv.length, sealed.length);
        return whole;
    }

    /** Up to the next whole block; the last byte says how much was added (xmlenc-core1 §5.2.1). */
    private byte[] padded(byte[] plain) {
        int added = BLOCK_BYTES - plain.length % BLOCK_BYTES;
        var padded = random(plain.length + added);
        System.arraycopy(plain, 0, padded, 0, plain.length);
        padded[padded.length - 1] = (byte) added;
        return padded;
    }

    private static byte[] wrap(byte[] key, EncryptionChoice choice) throws GeneralSecurityException {
        var oaep = choice.sha256()
                ? new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT)
                : new OAEPParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT);
        var cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.ENCRYPT_MODE, choice.certificate().getPublicKey(), oaep);
        return cipher.doFinal(key);
    }

    private static String written(EncryptionChoice choice, String sealed, String wrapped) {
        return "<saml2:EncryptedAssertion xmlns:saml2=\"" + Namespace.SAML.uri() + "\"><xenc:EncryptedData xmlns:xenc=\""
                + XENC + "\" Type=\"" + XENC + "Element\"><xenc:EncryptionMethod Algorithm=\"" + choice.content().uri()
                + "\"></xenc:EncryptionMethod><ds:KeyInfo xmlns:ds=\"" + DS + "\"><xenc:EncryptedKey>"
                + transport(choice) + "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>"
                + encoded(choice.certificate()) + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
                + cipherData(wrapped) + "</xenc:EncryptedKey></ds:KeyInfo>" + cipherData(sealed)
                + "</xenc:EncryptedData></saml2:EncryptedAssertion>";
    }

    private static String encoded(X509Certificate certificate) {
        return XmlSigner.encoded(certificate);
    }

    /** Said in full, defaults too: some readers know no default. */
    private static String transport(EncryptionChoice choice) {
        return choice.sha256()
                ? "<xenc:EncryptionMethod Algorithm=\"" + Namespace.XENC11.uri() + "rsa-oaep\"><ds:DigestMethod Algorithm=\""
                        + XENC + "sha256\"></ds:DigestMethod><xenc11:MGF xmlns:xenc11=\"" + Namespace.XENC11.uri()
                        + "\" Algorithm=\"" + Namespace.XENC11.uri() + "mgf1sha256\"></xenc11:MGF></xenc:EncryptionMethod>"
                : "<xenc:EncryptionMethod Algorithm=\"" + XENC + "rsa-oaep-mgf1p\"><ds:DigestMethod Algorithm=\"" + DS
                        + "sha1\"></ds:DigestMethod></xenc:EncryptionMethod>";
    }

    private static String cipherData(String value) {
        return "<xenc:CipherData><xenc:CipherValue>" + value + "</xenc:CipherValue></xenc:CipherData>";
    }
}
