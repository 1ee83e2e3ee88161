package gatehouse.idp.upstream.saml.corpus;

import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.FakeSamlIdp.Encryption;
import gatehouse.idp.samlwire.SamlReason;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Signatures wrapped around something that they do not cover: XSW1 to XSW8 (Somorovsky et al., USENIX Security 2012)
 * are a few of these combinations of a place, a technique and a signed part.
 */
final class WrappingForgeries {

    private static final String FAMILY = "wrapping";
    private static final Set<SamlReason> REASONS = Set.of(SamlReason.SEVERAL_ASSERTIONS,
            SamlReason.ASSERTION_MISPLACED);

    /** Where an assertion can hide: makes the place within a response, and answers it. */
    private enum Place {
        RESPONSE_START(response -> response),
        RESPONSE_END(response -> response),
        EXTENSIONS(response -> made(response, response.getFirstChild(), "samlp:Extensions")),
        STATUS_DETAIL(response -> made(Dsig.child(response, Dsig.SAMLP, "Status"), null, "samlp:StatusDetail")),
        STATUS_MESSAGE(response -> made(Dsig.child(response, Dsig.SAMLP, "Status"), null, "samlp:StatusMessage")),
        STATUS_CODE(response -> Dsig.first(response, Dsig.SAMLP, "StatusCode")),
        RESPONSE_ISSUER(response -> Dsig.child(response, Dsig.SAML, "Issuer")),
        NESTED_RESPONSE(response -> made(response, null, "samlp:Response")),
        UNKNOWN_ELEMENT(response -> made(response, null, "saml:Wrapper")),
        SIGNATURE_OBJECT(response -> made(Dsig.first(response, Dsig.DS, "Signature"), null, "ds:Object")),
        OBJECT_MANIFEST(response -> made(made(Dsig.first(response, Dsig.DS, "Signature"), null, "ds:Object"), null,
                "ds:Manifest")),
        KEY_INFO(response -> Dsig.first(response, Dsig.DS, "KeyInfo")),
        SIGNED_INFO(response -> Dsig.first(response, Dsig.DS, "SignedInfo")),
        SIGNATURE_VALUE(response -> Dsig.first(response, Dsig.DS, "SignatureValue")),
        TRANSFORM(response -> Dsig.first(response, Dsig.DS, "Transform")),
        DIGEST_VALUE(response -> Dsig.first(response, Dsig.DS, "DigestValue")),
        ADVICE(response -> made(target(response), null, "saml:Advice")),
        EVIDENCE(response -> made(made(target(response), null, "saml:AuthzDecisionStatement"), null, "saml:Evidence")),
        SUBJECT(response -> Dsig.first(target(response), Dsig.SAML, "Subject")),
        CONFIRMATION_DATA(response -> Dsig.first(target(response), Dsig.SAML, "SubjectConfirmationData")),
        CONDITIONS(response -> Dsig.first(target(response), Dsig.SAML, "Conditions")),
        AUTHN_CONTEXT(response -> made(Dsig.first(target(response), Dsig.SAML, "AuthnContext"), null,
                "saml:AuthnContextDecl")),
        ATTRIBUTE_VALUE(response -> Dsig.first(target(response), Dsig.SAML, "AttributeValue")),
        ENCRYPTED_ASSERTION(response -> made(response, null, "saml:EncryptedAssertion"));

        private final Function<Element, Element> maker;

        Place(Function<Element, Element> maker) {
            this.maker = maker;
        }

        private void put(Element response, Element hidden) {
            var parent = maker.apply(response);
            parent.insertBefore(hidden, this == RESPONSE_START ? parent.getFirstChild() : null);
        }

        /** The assertion that is in place while another one hides. */
        private static Element target(Element response) {
            return Dsig.first(response, Dsig.SAML, "Assertion");
        }

        private static Element made(Element parent, org.w3c.dom.Node before, String name) {
            var namespace = name.startsWith("ds:") ? Dsig.DS : name.startsWith("saml:") ? Dsig.SAML : Dsig.SAMLP;
            var element = parent.getOwnerDocument().createElementNS(namespace, name);
            parent.insertBefore(element, before);
            return element;
        }
    }

    /** What is signed before the forger sets to work. */
    private enum Signed {
        ASSERTION(FakeSamlIdp::assertionSigned),
        RESPONSE(FakeSamlIdp::responseSigned),
        BOTH(FakeSamlIdp::bothSigned);

        private final Function<FakeSamlIdp, Document> signer;

        Signed(Function<FakeSamlIdp, Document> signer) {
            this.signer = signer;
        }
    }

    private WrappingForgeries() {}

    static Stream<Forgery> all() {
        return Stream.of(added(), replaced(), stolen(), wrappedResponses(), twins()).flatMap(forgeries -> forgeries);
    }

    private static Stream<Forgery> each(String technique, Signed signed, Technique how) {
        return Arrays.stream(Place.values()).map(place -> Forgery.document(FAMILY,
                technique + ", " + signed + " signed, at " + place, REASONS, scene -> {
                    var document = signed.signer.apply(scene.idp());
                    how.apply(document, place);
                    return document;
                }));
    }

    private interface Technique {
        void apply(Document document, Place place);
    }

    /** The signed part stays where it is; a forged assertion is put somewhere (XSW3, XSW7). */
    private static Stream<Forgery> added() {
        return Arrays.stream(Signed.values()).flatMap(signed -> each("forged assertion added", signed,
                (document, place) -> place.put(document.getDocumentElement(), Scene.forged(document, "_evil"))));
    }

    /** A forged assertion takes the place of the signed one, which hides with its signature (XSW4). */
    private static Stream<Forgery> replaced() {
        return Stream.of(Signed.ASSERTION, Signed.BOTH).flatMap(signed -> each("signed assertion replaced", signed,
                (document, place) -> {
                    var original = FakeSamlIdp.assertion(document);
                    var evil = Scene.forged(document, "_evil");
                    evil.insertBefore(Dsig.child(original, Dsig.DS, "Signature").cloneNode(true),
                            Dsig.first(evil, Dsig.SAML, "Subject"));
                    original.getParentNode().replaceChild(evil, original);
                    place.put(document.getDocumentElement(), original);
                }));
    }

    /** The forged assertion carries the signature; what it covers hides without it (XSW5, XSW6, XSW8). */
    private static Stream<Forgery> stolen() {
        return each("signature moved to a forged assertion", Signed.ASSERTION, (document, place) -> {
            var original = FakeSamlIdp.assertion(document);
            var evil = Scene.forged(document, "_evil");
            evil.insertBefore(Dsig.child(original, Dsig.DS, "Signature"), Dsig.first(evil, Dsig.SAML, "Subject"));
            original.getParentNode().replaceChild(evil, original);
            place.put(document.getDocumentElement(), original);
        });
    }

    /** A forged response around the signed one, which keeps its signature or lends it (XSW1, XSW2). */
    private static Stream<Forgery> wrappedResponses() {
        return Stream.of(true, false).flatMap(lends -> each("response wrapped, " + (lends ? "its signature lent"
                : "whole"),
                Signed.RESPONSE, (document, place) -> {
                    var original = document.getDocumentElement();
                    var evil = (Element) original.cloneNode(true);
                    document.replaceChild(evil, original);
                    evil.setAttribute("ID", "_evil-response");
                    var assertion = Dsig.child(evil, Dsig.SAML, "Assertion");
                    assertion.setAttribute("ID", "_evil");
                    Dsig.first(assertion, Dsig.SAML, "NameID").setTextContent(Scene.EVIL);
                    if (lends) {
                        original.removeChild(Dsig.child(original, Dsig.DS, "Signature"));
                    }
                    place.put(evil, original);
                }));
    }

    /** The forged assertion under the ID of the signed one, and encrypted beside it. */
    private static Stream<Forgery> twins() {
        var positions = Stream.of(Place.RESPONSE_START, Place.RESPONSE_END, Place.EXTENSIONS, Place.ADVICE,
                Place.SIGNATURE_OBJECT, Place.STATUS_DETAIL).toList();
        var sameId = positions.stream().map(place -> Forgery.document(FAMILY, "same ID twice, at " + place,
                SamlReason.DUPLICATE_ID, scene -> {
                    var document = scene.idp().assertionSigned();
                    place.put(document.getDocumentElement(), Scene.forged(document, scene.idp().assertionId));
                    return document;
                }));
        var encrypted = positions.stream().map(place -> Forgery.document(FAMILY, "forged and encrypted, at " + place,
                REASONS, scene -> {
                    var document = scene.idp().assertionSigned();
                    place.put(document.getDocumentElement(),
                            (Element) document.importNode(encryptedForgery(scene), true));
                    return document;
                }));
        return Stream.concat(sameId, encrypted);
    }

    private static Element encryptedForgery(Scene scene) {
        var document = scene.idp().draft();
        var original = FakeSamlIdp.assertion(document);
        original.getParentNode().replaceChild(Scene.forged(document, "_evil"), original);
        return Dsig.first(FakeSamlIdp.encrypted(document, scene.us(), Encryption.USUAL), Dsig.SAML,
                "EncryptedAssertion");
    }
}
