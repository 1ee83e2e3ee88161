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
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.w3c.dom.Element;

/**
 * Decrypts an assertion or a name: content under a key transported by RSA-OAEP, and nothing else that XML Encryption
 * can express.
 *
 * <p>The structure is judged first: one encrypted key, both cipher values inline, algorithms from a list; no
 * references, which could make the server fetch or transform something, but for one that names the key beside the data.
 * What fails after that fails in one way and after the same work, whether it was the key or the data, so that answers
 * tell nothing about either. Decrypting proves nothing about who encrypted.
 */
final class AssertionDecrypter {

    private static final String OAEP_MGF1_SHA1 = Namespace.XENC.uri() + "rsa-oaep-mgf1p";
    private static final String OAEP = Namespace.XENC11.uri() + "rsa-oaep";
    private static final String ELEMENT = Namespace.XENC.uri() + "Element";
    private static final String KEY = Namespace.XENC.uri() + "EncryptedKey";

    /** What would take key, data or their parameters from elsewhere, or change them on the way. */
    private static final Set<String> BY_REFERENCE = Set.of("CipherReference", "KeyInfoReference", "Transforms",
            "OAEPparams", "DerivedKey", "AgreementMethod");

    private final SecureRandom random;

    AssertionDecrypter(SecureRandom random) {
        this.random = random;
    }

    /** A content key. @param genuine whether it was unwrapped, not invented */
    private record ContentKey(byte[] octets, boolean genuine) {}

    /**
     * The octets within {@code encrypted}, an {@code EncryptedAssertion} or {@code EncryptedID}.
     *
     * @param keys    ours; all of them are tried, whichever fits
     * @param covered whether a signature that was verified covers {@code encrypted}
     * @throws SamlError ENCRYPTION_… for what can be seen from outside, DECRYPTION_FAILED for all the rest
     */
    byte[] decrypt(Element encrypted, List<PrivateKey> keys, AlgorithmPolicy policy, boolean covered) {
        requireInline(encrypted);
        var data = Dom.child(encrypted, Namespace.XENC, "EncryptedData").orElseThrow(AssertionDecrypter::structure);
        if (!Dom.attribute(data, "Type").orElse(ELEMENT).equals(ELEMENT)) {
            throw structure();
        }
        var cipher = ContentCipher.require(Dom.child(data, Namespace.XENC, "EncryptionMethod")
                .map(method -> Dom.require(method, "Algorithm")).orElse(""), policy, covered);
        var encryptedKey = onlyKey(encrypted, data);
        var transport = transport(
                Dom.child(encryptedKey, Namespace.XENC, "EncryptionMethod").orElseThrow(AssertionDecrypter::structure));
        var wrapped = cipherValue(encryptedKey);
        var sealed = cipherValue(data);
        if (!cipher.couldBe(sealed)) {
            throw new SamlError(SamlReason.DECRYPTION_FAILED);
        }
        var opened = Optional.<byte[]>empty();
        for (var key : keys) {
            var contentKey = unwrap(key, transport, wrapped, cipher.keyBytes());
            var content = cipher.open(contentKey.octets(), sealed).filter(_ -> contentKey.genuine());
            opened = opened.isPresent() ? opened : content;
        }
        return opened.orElseThrow(() -> new SamlError(SamlReason.DECRYPTION_FAILED));
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

    /**
     * The one encrypted key, within the data's key info or beside the data. If the key info refers to it, it is this
     * one that it refers to.
     */
    private static Element onlyKey(Element encrypted, Element data) {
        var keys = new ArrayList<Element>(1);
        var references = new ArrayList<Element>(1);
        Dom.each(encrypted, element -> {
            if (Dom.is(element, Namespace.XENC, "EncryptedKey")) {
                keys.add(element);
            } else if (element.getLocalName().equals("RetrievalMethod")) {
                references.add(element);
            }
        });
        var info = Dom.child(data, Namespace.DS, "KeyInfo");
        if (keys.size() != 1 || references.size() > 1) {
            throw structure();
        }
        var key = keys.getFirst();
        var within = Optional.of(key.getParentNode());
        if (!within.equals(Optional.of(encrypted)) && !within.equals(info)) {
            throw structure();
        }
        references.forEach(reference -> requireNames(reference, key, info));
        return key;
    }

    /** xmlenc §3.5.2, of it what needs no dereferencing: the key's own ID in this document, untransformed. */
    private static void requireNames(Element reference, Element key, Optional<Element> info) {
        var id = Dom.attribute(key, "Id").filter(text -> !text.isEmpty()).orElseThrow(AssertionDecrypter::structure);
        if (!Dom.is(reference, Namespace.DS, "RetrievalMethod")
                || !Optional.of(reference.getParentNode()).equals(info)
                || !Dom.children(reference).isEmpty()
                || !Dom.attribute(reference, "URI").equals(Optional.of('#' + id))
                || !Dom.attribute(reference, "Type").orElse(KEY).equals(KEY)) {
            throw structure();
        }
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
    private ContentKey unwrap(PrivateKey key, OAEPParameterSpec transport, byte[] wrapped, int keyBytes) {
        var invented = new byte[keyBytes];
        random.nextBytes(invented);
        try {
            var rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
            rsa.init(Cipher.DECRYPT_MODE, key, transport);
            var unwrapped = rsa.doFinal(wrapped);
            return unwrapped.length == keyBytes
                    ? new ContentKey(unwrapped, true) : new ContentKey(invented, false);
        } catch (GeneralSecurityException failed) {
            return new ContentKey(invented, false);
        }
    }
}
