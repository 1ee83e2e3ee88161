package gatehouse.idp.samlwire;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.w3c.dom.Element;

/**
 * Decrypts an assertion: AES-GCM under a key transported by RSA-OAEP, and nothing else that XML Encryption can express.
 *
 * <p>The structure is judged first: one encrypted key, both cipher values inline, algorithms from a list; no
 * references, which could make the server fetch or transform something. What fails after that fails in one way,
 * whether it was the key or the data, so that answers tell nothing about either. Decrypting proves nothing about who
 * encrypted.
 */
final class AssertionDecrypter {

    private static final int GCM_IV_BYTES = 12;
    private static final int GCM_TAG_BYTES = 16;
    private static final String OAEP_MGF1_SHA1 = Namespace.XENC.uri() + "rsa-oaep-mgf1p";
    private static final String OAEP = Namespace.XENC11.uri() + "rsa-oaep";

    /** What would take key, data or their parameters from elsewhere, or change them on the way. */
    private static final Set<String> BY_REFERENCE = Set.of("CipherReference", "RetrievalMethod", "KeyInfoReference",
            "Transforms", "OAEPparams", "DerivedKey", "AgreementMethod");

    private final SecureRandom random;

    AssertionDecrypter(SecureRandom random) {
        this.random = random;
    }

    /** The octets within {@code encrypted}, an {@code EncryptedAssertion}. */
    byte[] decrypt(Element encrypted, List<PrivateKey> keys) {
        requireInline(encrypted);
        var data = Dom.child(encrypted, Namespace.XENC, "EncryptedData").orElseThrow(AssertionDecrypter::structure);
        int keyBytes = keyBytes(Dom.child(data, Namespace.XENC, "EncryptionMethod"));
        var encryptedKey = onlyKey(encrypted);
        var transport = transport(
                Dom.child(encryptedKey, Namespace.XENC, "EncryptionMethod").orElseThrow(AssertionDecrypter::structure));
        var wrapped = cipherValue(encryptedKey);
        var sealed = cipherValue(data);
        return keys.stream()
                .flatMap(key -> open(unwrap(key, transport, wrapped, keyBytes), sealed).stream())
                .findFirst()
                .orElseThrow(() -> new SamlError(SamlReason.DECRYPTION_FAILED));
    }

    private static SamlError structure() {
        return new SamlError(SamlReason.ENCRYPTION_STRUCTURE);
    }

    private static void requireInline(Element encrypted) {
        Dom.each(encrypted, element -> {
            if (BY_REFERENCE.contains(element.getLocalName())) {
                throw structure();
            }
        });
    }

    /** The one encrypted key, within the data's key info or beside the data. */
    private static Element onlyKey(Element encrypted) {
        var found = new ArrayList<Element>(1);
        Dom.each(encrypted, element -> {
            if (Dom.is(element, Namespace.XENC, "EncryptedKey")) {
                found.add(element);
            }
        });
        if (found.size() != 1) {
            throw structure();
        }
        return found.getFirst();
    }

    private static int keyBytes(Optional<Element> method) {
        return switch (method.map(element -> Dom.require(element, "Algorithm")).orElse("")) {
            case "http://www.w3.org/2009/xmlenc11#aes128-gcm" -> 16;
            case "http://www.w3.org/2009/xmlenc11#aes192-gcm" -> 24;
            case "http://www.w3.org/2009/xmlenc11#aes256-gcm" -> 32;
            default -> throw new SamlError(SamlReason.ENCRYPTION_ALGORITHM_REFUSED);
        };
    }

    /** The parameters of RSA-OAEP (xmlenc11 §5.5.2). SHA-1 is safe within OAEP, and the default there. */
    private static OAEPParameterSpec transport(Element method) {
        var name = Dom.require(method, "Algorithm");
        if (!name.equals(OAEP) && !name.equals(OAEP_MGF1_SHA1)) {
            throw new SamlError(SamlReason.ENCRYPTION_ALGORITHM_REFUSED);
        }
        var digest = Dom.child(method, Namespace.DS, "DigestMethod").map(element -> Dom.require(element, "Algorithm"));
        var mask = Dom.child(method, Namespace.XENC11, "MGF").map(element -> Dom.require(element, "Algorithm"));
        if (name.equals(OAEP_MGF1_SHA1) && mask.isPresent()) {
            throw structure();
        }
        return new OAEPParameterSpec(digestName(digest.orElse("http://www.w3.org/2000/09/xmldsig#sha1")), "MGF1",
                maskDigest(mask.orElse("http://www.w3.org/2009/xmlenc11#mgf1sha1")), PSource.PSpecified.DEFAULT);
    }

    private static String digestName(String uri) {
        return switch (uri) {
            case "http://www.w3.org/2000/09/xmldsig#sha1" -> "SHA-1";
            case "http://www.w3.org/2001/04/xmlenc#sha256" -> "SHA-256";
            case "http://www.w3.org/2001/04/xmldsig-more#sha384" -> "SHA-384";
            case "http://www.w3.org/2001/04/xmlenc#sha512" -> "SHA-512";
            default -> throw new SamlError(SamlReason.ENCRYPTION_ALGORITHM_REFUSED);
        };
    }

    private static MGF1ParameterSpec maskDigest(String uri) {
        return switch (uri) {
            case "http://www.w3.org/2009/xmlenc11#mgf1sha1" -> MGF1ParameterSpec.SHA1;
            case "http://www.w3.org/2009/xmlenc11#mgf1sha256" -> MGF1ParameterSpec.SHA256;
            case "http://www.w3.org/2009/xmlenc11#mgf1sha384" -> MGF1ParameterSpec.SHA384;
            case "http://www.w3.org/2009/xmlenc11#mgf1sha512" -> MGF1ParameterSpec.SHA512;
            default -> throw new SamlError(SamlReason.ENCRYPTION_ALGORITHM_REFUSED);
        };
    }

    private static byte[] cipherValue(Element holder) {
        return Dom.child(holder, Namespace.XENC, "CipherData")
                .flatMap(data -> Dom.child(data, Namespace.XENC, "CipherValue"))
                .flatMap(value -> Base64Text.decode(Dom.text(value)))
                .orElseThrow(AssertionDecrypter::structure);
    }

    /** The content key; a random one if it cannot be had, so that the failure comes later, with the data. */
    private SecretKeySpec unwrap(PrivateKey key, OAEPParameterSpec transport, byte[] wrapped, int keyBytes) {
        var contentKey = new byte[keyBytes];
        random.nextBytes(contentKey);
        try {
            var rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
            rsa.init(Cipher.DECRYPT_MODE, key, transport);
            var unwrapped = rsa.doFinal(wrapped);
            if (unwrapped.length == keyBytes) {
                contentKey = unwrapped;
            }
        } catch (GeneralSecurityException failed) {
            // The random key stays.
        }
        return new SecretKeySpec(contentKey, "AES");
    }

    private static Optional<byte[]> open(SecretKeySpec key, byte[] sealed) {
        if (sealed.length < GCM_IV_BYTES + GCM_TAG_BYTES) {
            return Optional.empty();
        }
        try {
            var aes = Cipher.getInstance("AES/GCM/NoPadding");
            aes.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(GCM_TAG_BYTES * 8, sealed, 0, GCM_IV_BYTES));
            return Optional.of(aes.doFinal(sealed, GCM_IV_BYTES, sealed.length - GCM_IV_BYTES));
        } catch (GeneralSecurityException failed) {
            return Optional.empty();
        }
    }
}
