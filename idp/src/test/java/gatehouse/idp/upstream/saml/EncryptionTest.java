package gatehouse.idp.upstream.saml;

import static gatehouse.idp.upstream.saml.SamlLogin.call;
import static gatehouse.idp.upstream.saml.SamlLogin.settings;
import static gatehouse.idp.upstream.saml.SamlLogin.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.FakeSamlIdp.Encryption;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.UpstreamRefusal;
import java.security.PublicKey;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Encrypted assertions and names: every shape that honest providers send, and what must not be opened. */
class EncryptionTest {

    private static final String XENC = "http://www.w3.org/2001/04/xmlenc#";
    private static final PublicKey US = TestCredentials.US.keys().getPublic();

    private final SamlLogin login = new SamlLogin();

    record Shape(String name, Consumer<Document> change) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Shape> shapes() {
        return List.of(
                new Shape("key within the key info", _ -> { }),
                new Shape("key beside the data, found by its ID", document -> {
                    var key = beside(document);
                    key.setAttribute("Id", "_key");
                    info(document).appendChild(retrieval(document, "#_key"));
                }),
                new Shape("key beside the data, no reference", document -> {
                    beside(document);
                    info(document).getParentNode().removeChild(info(document));
                }),
                new Shape("key beside the data, key info with a name only", document -> {
                    beside(document);
                    text(info(document), "KeyName", "sp-key");
                }),
                new Shape("key info of the key with a name", document -> text(
                        keyInfoOfKey(document), "KeyName", "sp-key")),
                new Shape("key info of the key with a certificate of somebody else", document -> text(
                        append(keyInfoOfKey(document), "X509Data"), "X509Certificate", "TUlJ")));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyPlaceOfTheKeyIsFound(Shape shape) {
        var identity = arrive(settings(), idp -> {
            var document = FakeSamlIdp.encrypted(idp.assertionSigned(), US, Encryption.USUAL);
            shape.change().accept(document);
            return document;
        });

        assertThat(identity.session().subject()).isEqualTo(FakeSamlIdp.NAME_ID);
    }

    static List<Shape> hostileShapes() {
        return List.of(
                new Shape("reference to another key", document -> {
                    beside(document).setAttribute("Id", "_key");
                    info(document).appendChild(retrieval(document, "#_other"));
                }),
                new Shape("reference to the web", document -> {
                    beside(document).setAttribute("Id", "_key");
                    info(document).appendChild(retrieval(document, "https://attacker.example/key"));
                }),
                new Shape("reference to the whole document", document -> {
                    beside(document).setAttribute("Id", "_key");
                    info(document).appendChild(retrieval(document, ""));
                }),
                new Shape("reference with a transform", document -> {
                    beside(document).setAttribute("Id", "_key");
                    var reference = retrieval(document, "#_key");
                    info(document).appendChild(reference);
                    append(append(reference, "Transforms"), "Transform");
                }),
                new Shape("reference to a key without an ID", document -> {
                    beside(document);
                    info(document).appendChild(retrieval(document, "#"));
                }),
                new Shape("two references", document -> {
                    beside(document).setAttribute("Id", "_key");
                    info(document).appendChild(retrieval(document, "#_key"));
                    info(document).appendChild(retrieval(document, "#_key"));
                }),
                new Shape("reference within the key itself", document -> {
                    var key = key(document);
                    key.setAttribute("Id", "_key");
                    keyInfoOfKey(document).appendChild(retrieval(document, "#_key"));
                }),
                new Shape("two keys", document ->
                        info(document).appendChild(key(document).cloneNode(true))),
                new Shape("key outside the encrypted assertion", document ->
                        document.getDocumentElement().appendChild(key(document))),
                new Shape("key within the cipher data", document ->
                        Dsig.child(data(document), XENC, "CipherData").appendChild(key(document))),
                new Shape("encrypted content, not an element", document ->
                        data(document).setAttribute("Type", XENC + "Content")),
                new Shape("cipher value by reference", document -> Dsig.child(data(document), XENC, "CipherData")
                        .appendChild(document.createElementNS(XENC, "xenc:CipherReference"))));
    }

    @ParameterizedTest
    @MethodSource("hostileShapes")
    void whatCouldBeTakenFromElsewhereIsRefused(Shape shape) {
        refuses(SamlReason.ENCRYPTION_STRUCTURE, settings(), idp -> {
            var document = FakeSamlIdp.encrypted(idp.assertionSigned(), US, Encryption.USUAL);
            shape.change().accept(document);
            return document;
        });
    }

    @Test
    void failuresOfKeyDataAndContentAreOneAndTheSame() {
        refuses(SamlReason.DECRYPTION_FAILED, settings(), idp -> FakeSamlIdp.encrypted(
                idp.assertionSigned(), TestCredentials.STRANGER.keys().getPublic(), Encryption.USUAL));
        refuses(SamlReason.DECRYPTION_FAILED, settings(), idp -> {
            var document = FakeSamlIdp.encrypted(idp.assertionSigned(), US, Encryption.USUAL);
            flip(Dsig.child(Dsig.child(data(document), XENC, "CipherData"), XENC, "CipherValue"));
            return document;
        });
        refuses(SamlReason.DECRYPTION_FAILED, settings(), idp -> {
            var document = FakeSamlIdp.encrypted(idp.assertionSigned(), US, Encryption.USUAL);
            flip(Dsig.child(Dsig.child(key(document), XENC, "CipherData"), XENC, "CipherValue"));
            return document;
        });
    }

    @Test
    void cbcIsAcceptedWhereTheConnectionAllowsItInASignedResponse() {
        var allowing = settings().put("allows_cbc_encryption", true);

        var identity = arrive(allowing, EncryptionTest::cbcInSignedResponse);

        assertThat(identity.session().subject()).isEqualTo(FakeSamlIdp.NAME_ID);
        refuses(SamlReason.ENCRYPTION_ALGORITHM_REFUSED, settings(), EncryptionTest::cbcInSignedResponse);
        refuses(SamlReason.ENCRYPTION_UNPROTECTED, allowing, idp ->
                FakeSamlIdp.encrypted(idp.assertionSigned(), US, Encryption.CBC));
    }

    @Test
    void changedCbcContentIsRefusedForItsSignatureBeforeAnythingIsDecrypted() {
        refuses(SamlReason.DIGEST_MISMATCH, settings().put("allows_cbc_encryption", true), idp -> {
            var document = cbcInSignedResponse(idp);
            flip(Dsig.child(Dsig.child(data(document), XENC, "CipherData"), XENC, "CipherValue"));
            return document;
        });
    }

    private static Document cbcInSignedResponse(FakeSamlIdp idp) {
        return signed(FakeSamlIdp.encrypted(idp.draft(), US, Encryption.CBC));
    }

    @Test
    void tripleDesIsAcceptedUntilTheDateOfTheConnectionInASignedResponse() {
        var until = login.now.plusSeconds(60);
        var allowing = settings().put("legacy_algorithms_until", until.toString());
        Function<FakeSamlIdp, Document> signed = idp ->
                signed(FakeSamlIdp.encrypted(idp.draft(), US, Encryption.TRIPLE_DES));

        assertThat(arrive(allowing, signed).session().subject()).isEqualTo(FakeSamlIdp.NAME_ID);
        refuses(SamlReason.ENCRYPTION_UNPROTECTED, allowing, idp ->
                FakeSamlIdp.encrypted(idp.assertionSigned(), US, Encryption.TRIPLE_DES));
        refuses(SamlReason.ENCRYPTION_ALGORITHM_REFUSED, settings().put("allows_cbc_encryption", true), signed);
        login.now = until;
        refuses(SamlReason.ENCRYPTION_ALGORITHM_REFUSED, allowing, signed);
    }

    @Test
    void rsaOfVersionOneIsRefusedWhateverIsAllowed() {
        refuses(SamlReason.ENCRYPTION_ALGORITHM_REFUSED, settings().put("allows_cbc_encryption", true)
                .put("legacy_algorithms_until", login.now.plusSeconds(60).toString()),
                idp -> signed(FakeSamlIdp.encrypted(idp.draft(), US, Encryption.PKCS1)));
    }

    static List<Function<FakeSamlIdp, Document>> encryptedNames() {
        return List.of(
                idp -> {
                    var document = FakeSamlIdp.nameEncrypted(idp.draft(), US, Encryption.USUAL);
                    Dsig.honest().sign(FakeSamlIdp.assertion(document));
                    return document;
                },
                idp -> signed(FakeSamlIdp.nameEncrypted(idp.draft(), US, Encryption.SHIBBOLETH)),
                idp -> {
                    var document = FakeSamlIdp.nameEncrypted(idp.draft(), US, Encryption.USUAL);
                    Dsig.honest().sign(FakeSamlIdp.assertion(document));
                    return FakeSamlIdp.encrypted(document, US, Encryption.USUAL);
                });
    }

    @ParameterizedTest
    @MethodSource("encryptedNames")
    void encryptedNameIsRead(Function<FakeSamlIdp, Document> response) {
        var identity = arrive(settings(), response);

        assertThat(identity.session().subject()).isEqualTo(FakeSamlIdp.NAME_ID);
        assertThat(identity.session().format()).contains("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent");
    }

    @Test
    void encryptedNameIsHeldToTheSameRules() {
        refuses(SamlReason.UNSIGNED, settings(), idp ->
                FakeSamlIdp.nameEncrypted(idp.draft(), US, Encryption.USUAL));
        refuses(SamlReason.DIGEST_MISMATCH, settings(), idp ->
                FakeSamlIdp.nameEncrypted(idp.assertionSigned(), US, Encryption.USUAL));
        refuses(SamlReason.DECRYPTION_FAILED, settings(), idp -> signed(FakeSamlIdp.nameEncrypted(
                idp.draft(), TestCredentials.STRANGER.keys().getPublic(), Encryption.USUAL)));
        refuses(SamlReason.ENCRYPTION_ALGORITHM_REFUSED, settings(), idp ->
                signed(FakeSamlIdp.nameEncrypted(idp.draft(), US, Encryption.CBC)));
        refuses(SamlReason.MALFORMED_MESSAGE, settings(), idp -> {
            idp.beforeSigning = xml -> xml.replaceAll("(<saml:NameID .*</saml:NameID>)",
                    "$1<saml:NameID>root@acme-ads.example</saml:NameID>");
            return signed(FakeSamlIdp.nameEncrypted(idp.draft(), US, Encryption.USUAL));
        });
    }

    private UpstreamIdentity arrive(ObjectNode settings, Function<FakeSamlIdp, Document> response) {
        var connector = login.open(settings);
        var departure = connector.depart(call(), soon());
        return SamlLogin.arrive(connector, departure, response.apply(login.answer(departure)));
    }

    private void refuses(SamlReason reason, ObjectNode settings, Function<FakeSamlIdp, Document> response) {
        var refusal = catchThrowableOfType(UpstreamRefusal.class, () -> arrive(settings, response));

        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(reason.name().toLowerCase(Locale.ROOT));
    }

    private static Document signed(Document document) {
        Dsig.honest().sign(document.getDocumentElement());
        return document;
    }

    private static Element data(Document document) {
        return Dsig.first(document, XENC, "EncryptedData");
    }

    private static Element key(Document document) {
        return Dsig.first(document, XENC, "EncryptedKey");
    }

    private static Element info(Document document) {
        return Dsig.child(data(document), Dsig.DS, "KeyInfo");
    }

    /** Moves the key out of the data's key info. */
    private static Element beside(Document document) {
        var key = key(document);
        data(document).getParentNode().appendChild(key);
        return key;
    }

    private static Element keyInfoOfKey(Document document) {
        var key = key(document);
        var info = document.createElementNS(Dsig.DS, "ds:KeyInfo");
        key.insertBefore(info, Dsig.child(key, XENC, "CipherData"));
        return info;
    }

    private static Element append(Element parent, String name) {
        var child = parent.getOwnerDocument().createElementNS(Dsig.DS, "ds:" + name);
        parent.appendChild(child);
        return child;
    }

    private static void text(Element parent, String name, String text) {
        append(parent, name).setTextContent(text);
    }

    private static Element retrieval(Document document, String uri) {
        var reference = document.createElementNS(Dsig.DS, "ds:RetrievalMethod");
        reference.setAttribute("Type", XENC + "EncryptedKey");
        reference.setAttribute("URI", uri);
        return reference;
    }

    private static void flip(Element base64) {
        var text = base64.getTextContent();
        var at = text.length() / 2;
        base64.setTextContent(text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1));
    }
}
