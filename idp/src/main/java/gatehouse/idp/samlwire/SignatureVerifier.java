package gatehouse.idp.samlwire;

import java.security.PrivateKey;
import java.util.List;
import org.w3c.dom.Element;

/**
 * Turns the bytes of a response into what its signatures prove, and drops the rest.
 *
 * <p>A signature covers octets. Those octets are parsed again, and only what comes out is handed on: it makes no
 * difference where in the message an attacker put something, since nothing but signed octets is ever read for an
 * answer. Before that, a message with more than one assertion, or with a signature outside the two places where one
 * belongs, is refused as a whole. Shared by all threads.
 */
public final class SignatureVerifier {

    private static final String SUCCESS = StatusCode.SUCCESS.urn();

    private final XmlReader reader;
    private final AssertionDecrypter decrypter;

    SignatureVerifier(XmlReader reader, AssertionDecrypter decrypter) {
        this.reader = reader;
        this.decrypter = decrypter;
    }

    /**
     * Verifies a response (saml-core §3.3.3) with exactly one assertion, plain or encrypted. The response, the
     * assertion or both are signed; every signature that is there must hold.
     *
     * @param xml            the message
     * @param policy         the keys of the identity provider
     * @param decryptionKeys our keys, newest first
     * @throws SamlError why it is not accepted; STATUS_… if the identity provider itself says no
     */
    public VerifiedResponse verify(byte[] xml, SignaturePolicy policy, List<PrivateKey> decryptionKeys) {
        var received = reader.read(xml, XmlLimits.MESSAGE);
        requireResponse(received);
        requireOnePlace(received);
        var ownSignature = EnvelopedSignature.of(received);
        boolean signed = ownSignature.isPresent();
        var response = signed
                ? reader.read(ownSignature.get().verify(policy), XmlLimits.MESSAGE) : received;
        requireSuccess(response);
        var plain = Dom.children(response, Namespace.SAML, "Assertion");
        var encrypted = Dom.children(response, Namespace.SAML, "EncryptedAssertion");
        if (plain.isEmpty() && encrypted.isEmpty()) {
            throw new SamlError(SamlReason.ASSERTION_MISSING);
        }
        var assertion = encrypted.isEmpty()
                ? assertion(plain.getFirst(), signed, policy, false)
                : assertion(decrypted(encrypted.getFirst(), received, decryptionKeys), signed, policy, true);
        return new VerifiedResponse(response, signed, assertion);
    }

    /** @param covered whether the signature of the response covers {@code assertion} */
    private VerifiedAssertion assertion(Element assertion, boolean covered, SignaturePolicy policy, boolean encrypted) {
        var signature = EnvelopedSignature.of(assertion);
        if (signature.isPresent()) {
            return new VerifiedAssertion(reader.read(signature.get().verify(policy), XmlLimits.MESSAGE), encrypted);
        }
        if (!covered) {
            throw new SamlError(SamlReason.UNSIGNED);
        }
        return new VerifiedAssertion(assertion, encrypted);
    }

    /**
     * @param received where the encrypted assertion stood before canonicalization dropped what it seemed not to need
     */
    private Element decrypted(Element encrypted, Element received, List<PrivateKey> keys) {
        var place = Dom.children(received, Namespace.SAML, "EncryptedAssertion").getFirst();
        var assertion = readable(place, decrypter.decrypt(encrypted, keys));
        if (!Dom.is(assertion, Namespace.SAML, "Assertion")) {
            throw new SamlError(SamlReason.ASSERTION_MISSING);
        }
        requireOneAssertion(assertion);
        EnvelopedSignature.requireOnlyIn(assertion, List.of(assertion));
        return assertion;
    }

    /** What decrypts to no XML fails as what does not decrypt: no answer tells one from the other. */
    private Element readable(Element place, byte[] decrypted) {
        try {
            return reader.readWithin(place, decrypted, XmlLimits.MESSAGE);
        } catch (SamlError unreadable) {
            throw new SamlError(SamlReason.DECRYPTION_FAILED);
        }
    }

    private static void requireResponse(Element root) {
        if (!Dom.is(root, Namespace.SAMLP, "Response")) {
            throw new SamlError(SamlReason.UNEXPECTED_MESSAGE);
        }
        if (!Dom.require(root, "Version").equals("2.0")) {
            throw new SamlError(SamlReason.VERSION_UNSUPPORTED);
        }
    }

    /** At most one assertion, directly in the response, and signatures nowhere but in these two. */
    private static void requireOnePlace(Element response) {
        requireOneAssertion(response);
        var places = new java.util.ArrayList<Element>(2);
        places.add(response);
        places.addAll(Dom.children(response, Namespace.SAML, "Assertion"));
        EnvelopedSignature.requireOnlyIn(response, places);
    }

    private static void requireOneAssertion(Element root) {
        int[] assertions = {0};
        Dom.each(root, element -> {
            if (Dom.is(element, Namespace.SAML, "Assertion") || Dom.is(element, Namespace.SAML, "EncryptedAssertion")) {
                if (++assertions[0] > 1) {
                    throw new SamlError(SamlReason.SEVERAL_ASSERTIONS);
                }
                if (element != root && element.getParentNode() != root) {
                    throw new SamlError(SamlReason.ASSERTION_MISPLACED);
                }
            }
        });
    }

    private static void requireSuccess(Element response) {
        var code = Dom.child(response, Namespace.SAMLP, "Status")
                .flatMap(status -> Dom.child(status, Namespace.SAMLP, "StatusCode"))
                .orElseThrow(() -> new SamlError(SamlReason.MALFORMED_MESSAGE));
        var top = Dom.require(code, "Value");
        if (top.equals(SUCCESS)) {
            return;
        }
        var detail = Dom.child(code, Namespace.SAMLP, "StatusCode").map(second -> Dom.require(second, "Value"))
                .orElse("");
        throw new SamlError(refusal(top, detail));
    }

    private static SamlReason refusal(String top, String detail) {
        if (detail.equals(StatusCode.NO_PASSIVE.urn())) {
            return SamlReason.STATUS_NO_PASSIVE;
        }
        if (detail.equals(StatusCode.AUTHN_FAILED.urn())) {
            return SamlReason.STATUS_AUTHN_FAILED;
        }
        if (detail.equals(StatusCode.REQUEST_DENIED.urn())) {
            return SamlReason.STATUS_REQUEST_DENIED;
        }
        if (detail.equals(StatusCode.INVALID_NAMEID_POLICY.urn())) {
            return SamlReason.STATUS_NAMEID_POLICY;
        }
        if (detail.equals(StatusCode.NO_AUTHN_CONTEXT.urn())) {
            return SamlReason.STATUS_NO_AUTHN_CONTEXT;
        }
        return top.equals(StatusCode.REQUESTER.urn()) ? SamlReason.STATUS_REQUESTER : SamlReason.STATUS_OTHER;
    }
}
