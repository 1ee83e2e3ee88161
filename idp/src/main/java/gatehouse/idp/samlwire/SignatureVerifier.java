package gatehouse.idp.samlwire;

import gatehouse.idp.http.Compared;
import java.security.PrivateKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
     * @param message        the message, and the signature that came beside it
     * @param policy         the keys of the identity provider, and what it may use
     * @param decryptionKeys our keys, newest first
     * @throws SamlError why it is not accepted; STATUS_… if the identity provider itself says no
     */
    public VerifiedResponse verify(
            PostBinding.Posted message, SignaturePolicy policy, List<PrivateKey> decryptionKeys) {
        // First, where there is one: it covers the octets themselves, which then need not be looked at to refuse them.
        message.signature().ifPresent(signature -> signature.verify(policy));
        var received = reader.read(message.xml(), XmlLimits.MESSAGE);
        requireResponse(received);
        requireOnePlace(received);
        var ownSignature = EnvelopedSignature.of(received);
        boolean signed = ownSignature.isPresent() || message.signature().isPresent();
        var response = ownSignature.isPresent()
                ? reader.read(ownSignature.get().verify(policy), XmlLimits.MESSAGE) : received;
        requireSuccess(response);
        var plain = Dom.children(response, Namespace.SAML, "Assertion");
        var encrypted = Dom.children(response, Namespace.SAML, "EncryptedAssertion");
        if (plain.isEmpty() && encrypted.isEmpty()) {
            throw new SamlError(SamlReason.ASSERTION_MISSING);
        }
        var opening = new Opening(policy, decryptionKeys);
        var assertion = encrypted.isEmpty()
                ? assertion(plain.getFirst(), signed, opening)
                : assertion(decrypted(encrypted.getFirst(), received, signed, opening), signed, opening);
        return new VerifiedResponse(response, signed, new VerifiedAssertion(assertion, !encrypted.isEmpty()));
    }

    /** What an assertion is proved and opened with. */
    private record Opening(SignaturePolicy policy, List<PrivateKey> keys) {}

    /**
     * The assertion as its signature proves it, its name in clear.
     *
     * @param covered whether a signature of the response covers {@code assertion}
     */
    private Element assertion(Element assertion, boolean covered, Opening opening) {
        var signature = EnvelopedSignature.of(assertion);
        if (signature.isEmpty() && !covered) {
            throw new SamlError(SamlReason.UNSIGNED);
        }
        var proved = signature.isEmpty() ? assertion
                : reader.read(signature.get().verify(opening.policy()), XmlLimits.MESSAGE);
        openName(proved, assertion, opening);
        return proved;
    }

    /**
     * Puts the name itself in the place of an encrypted one. What is decrypted here is always covered by a signature.
     *
     * @param received the assertion before canonicalization dropped what it seemed not to need
     */
    private void openName(Element assertion, Element received, Opening opening) {
        var subject = Dom.child(assertion, Namespace.SAML, "Subject");
        var encrypted = subject.flatMap(element -> Dom.child(element, Namespace.SAML, "EncryptedID"));
        if (encrypted.isEmpty()) {
            return;
        }
        var place = Dom.child(received, Namespace.SAML, "Subject")
                .flatMap(element -> Dom.child(element, Namespace.SAML, "EncryptedID")).orElse(encrypted.get());
        var name = opened(encrypted.get(), place, true, opening);
        if (!Dom.is(name, Namespace.SAML, "NameID")
                || Dom.child(subject.get(), Namespace.SAML, "NameID").isPresent()) {
            throw new SamlError(SamlReason.MALFORMED_MESSAGE);
        }
        subject.get().replaceChild(assertion.getOwnerDocument().importNode(name, true), encrypted.get());
    }

    /**
     * @param received where the encrypted assertion stood before canonicalization dropped what it seemed not to need
     */
    private Element decrypted(Element encrypted, Element received, boolean covered, Opening opening) {
        var place = Dom.children(received, Namespace.SAML, "EncryptedAssertion").getFirst();
        var assertion = opened(encrypted, place, covered, opening);
        if (!Dom.is(assertion, Namespace.SAML, "Assertion")) {
            throw new SamlError(SamlReason.ASSERTION_MISSING);
        }
        requireOneAssertion(assertion);
        EnvelopedSignature.requireOnlyIn(assertion, List.of(assertion));
        return assertion;
    }

    /**
     * The element within {@code encrypted}. What decrypts to no XML that is read fails as what does not decrypt: no
     * answer tells one from the other.
     */
    private Element opened(Element encrypted, Element place, boolean covered, Opening opening) {
        var octets = decrypter.decrypt(encrypted, opening.keys(), opening.policy().algorithms(), covered);
        try {
            return reader.readWithin(place, octets, XmlLimits.MESSAGE);
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
        var said = Dom.child(response, Namespace.SAMLP, "Status")
                .flatMap(status -> Dom.child(status, Namespace.SAMLP, "StatusMessage")).map(Dom::text);
        throw new SamlError(refusal(top, detail), Compared.of(SUCCESS, Stream.of(
                        Optional.of(shortened(top)), Optional.of(shortened(detail)).filter(text -> !text.isEmpty()), said)
                .flatMap(Optional::stream).toList()));
    }

    /** A status code as people know it, without the words that all of them begin with. */
    private static String shortened(String status) {
        return status.substring(status.lastIndexOf(':') + 1);
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
