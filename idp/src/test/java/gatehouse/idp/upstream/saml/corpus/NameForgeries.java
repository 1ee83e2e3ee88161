package gatehouse.idp.upstream.saml.corpus;

import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.FakeSamlIdp.Encryption;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.samlwire.TestCredentials;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Encrypted names that are somebody else's, nobody's, or no names. */
final class NameForgeries {

    private static final String FAMILY = "encrypted name";

    private NameForgeries() {}

    static Stream<Forgery> all() {
        return Stream.of(
                signed("for somebody else", SamlReason.DECRYPTION_FAILED, scene -> FakeSamlIdp.nameEncrypted(
                        scene.idp().draft(), TestCredentials.STRANGER.keys().getPublic(), Encryption.USUAL)),
                changed("with another in clear", SamlReason.MALFORMED_MESSAGE, (_, document) -> {
                    var encrypted = name(document);
                    var clear = document.createElementNS(Dsig.SAML, "saml:NameID");
                    clear.setTextContent(Scene.EVIL);
                    encrypted.getParentNode().insertBefore(clear, encrypted);
                }),
                changed("twice", SamlReason.MALFORMED_MESSAGE, (_, document) -> name(document).getParentNode()
                        .insertBefore(name(document).cloneNode(true), name(document))),
                changed("empty", SamlReason.ENCRYPTION_STRUCTURE, (_, document) -> name(document).setTextContent("")),
                changed("from elsewhere", SamlReason.ENCRYPTION_STRUCTURE, (scene, document) -> {
                    var reference = document.createElementNS("http://www.w3.org/2001/04/xmlenc#",
                            "xenc:CipherReference");
                    reference.setAttribute("URI", scene.trap());
                    name(document).appendChild(reference);
                }),
                holding("an assertion", "<saml:Assertion xmlns:saml=\"" + Dsig.SAML + "\"/>"),
                holding("something else", "<x xmlns=\"urn:x\">" + Scene.EVIL + "</x>"),
                holding("a name of SAML 1.1", "<NameIdentifier xmlns=\"urn:oasis:names:tc:SAML:1.0:assertion\">"
                        + Scene.EVIL + "</NameIdentifier>"),
                Forgery.document(FAMILY, "put in the place of the signed one", SamlReason.DIGEST_MISMATCH, scene -> {
                    var document = encrypted(scene);
                    new Handmade().sign(FakeSamlIdp.assertion(document));
                    scene.idp().nameId = Scene.EVIL;
                    var evil = document.importNode(name(encrypted(scene)), true);
                    name(document).getParentNode().replaceChild(evil, name(document));
                    return document;
                }),
                Forgery.document(FAMILY, "not signed", SamlReason.UNSIGNED, NameForgeries::encrypted));
    }

    private interface Content {
        Document in(Scene scene);
    }

    private static Forgery signed(String name, SamlReason reason, Content content) {
        return Forgery.document(FAMILY, name, reason, scene -> {
            var document = Dsig.parse(Dsig.text(content.in(scene)));
            new Handmade().sign(FakeSamlIdp.assertion(document));
            return document;
        });
    }

    private static Forgery changed(String name, SamlReason reason, BiConsumer<Scene, Document> change) {
        return signed(name, reason, scene -> {
            var document = encrypted(scene);
            change.accept(scene, document);
            return document;
        });
    }

    private static Forgery holding(String name, String content) {
        return signed("that is " + name, SamlReason.MALFORMED_MESSAGE, scene -> {
            var document = scene.idp().draft();
            var place = Dsig.first(document, Dsig.SAML, "NameID");
            var odd = (Element) document.importNode(Dsig.parse(content).getDocumentElement(), true);
            place.getParentNode().replaceChild(odd, place);
            return FakeSamlIdp.nameEncrypted(document, odd, scene.us(), Encryption.USUAL);
        });
    }

    private static Document encrypted(Scene scene) {
        return Dsig.parse(Dsig.text(FakeSamlIdp.nameEncrypted(scene.idp().draft(), scene.us(), Encryption.USUAL)));
    }

    private static Element name(Document document) {
        return Dsig.first(document, Dsig.SAML, "EncryptedID");
    }
}
