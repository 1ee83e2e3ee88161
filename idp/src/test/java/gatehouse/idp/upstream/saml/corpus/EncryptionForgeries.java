package gatehouse.idp.upstream.saml.corpus;

import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.FakeSamlIdp.Encryption;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.samlwire.TestCredentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Encrypted assertions that would fetch, transform, tell something about a key, or turn out to be something else. */
final class EncryptionForgeries {

    private static final String FAMILY = "encryption";
    private static final String KEY_END = "</xenc:EncryptedKey>";

    private EncryptionForgeries() {}

    static Stream<Forgery> all() {
        return Stream.of(algorithms(), transports(), references(), shapes(), undecryptable(), contents(), unsigned())
                .flatMap(forgeries -> forgeries);
    }

    /** The signed assertion, encrypted. */
    private static String encrypted(Scene scene) {
        return Dsig.text(FakeSamlIdp.encrypted(scene.idp().assertionSigned(), scene.us(), Encryption.USUAL));
    }

    /** Each change both within an unsigned response and under the response's own signature. */
    private static Stream<Forgery> changed(String name, SamlReason reason, Function<Scene,
            UnaryOperator<String>> change) {
        return Stream.of(
                Forgery.text(FAMILY, name, reason, scene -> altered(encrypted(scene), change.apply(scene))),
                Forgery.document(FAMILY, name + ", in a signed response", reason, scene -> {
                    var document = Dsig.parse(altered(encrypted(scene), change.apply(scene)));
                    new Handmade().sign(document.getDocumentElement());
                    return document;
                }));
    }

    private static String altered(String xml, UnaryOperator<String> change) {
        var changed = change.apply(xml);
        if (changed.equals(xml)) {
            throw new IllegalStateException("nothing was changed");
        }
        return changed;
    }

    private static Stream<Forgery> algorithms() {
        return Stream.of("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "http://www.w3.org/2001/04/xmlenc#aes192-cbc",
                        "http://www.w3.org/2001/04/xmlenc#aes256-cbc", "http://www.w3.org/2001/04/xmlenc#tripledes-cbc",
                        "http://www.w3.org/2009/xmlenc11#AES256-GCM", "http://www.w3.org/2001/04/xmlenc#kw-aes256",
                        "http://www.w3.org/2001/04/xmldsig-more#chacha20-poly1305", "none", "AES/ECB/PKCS5Padding")
                .flatMap(uri -> changed("data by " + uri, SamlReason.ENCRYPTION_ALGORITHM_REFUSED,
                        _ -> xml -> xml.replace("http://www.w3.org/2009/xmlenc11#aes256-gcm", uri)));
    }

    private static Stream<Forgery> transports() {
        var names = Stream.of("http://www.w3.org/2001/04/xmlenc#rsa-1_5", "http://www.w3.org/2001/04/xmlenc#kw-aes128",
                        "http://www.w3.org/2001/04/xmlenc#dh", "http://www.w3.org/2009/xmlenc11#ECDH-ES", "none",
                        "http://www.w3.org/2001/04/xmlenc#RSA-OAEP-MGF1P", "RSA/ECB/PKCS1Padding")
                .flatMap(uri -> changed("key by " + uri, SamlReason.ENCRYPTION_ALGORITHM_REFUSED,
                        _ -> xml -> xml.replace("http://www.w3.org/2009/xmlenc11#rsa-oaep", uri)));
        var digests = Stream.of("http://www.w3.org/2001/04/xmldsig-more#md5",
                "http://www.w3.org/2001/04/xmlenc#ripemd160",
                "none").flatMap(uri -> changed("OAEP digest " + uri, SamlReason.ENCRYPTION_ALGORITHM_REFUSED,
                        _ -> xml -> xml.replace("http://www.w3.org/2001/04/xmlenc#sha256", uri)));
        var masks = Stream.of("http://www.w3.org/2009/xmlenc11#mgf1md5", "none").flatMap(uri -> changed("OAEP mask "
                + uri,
                SamlReason.ENCRYPTION_ALGORITHM_REFUSED,
                _ -> xml -> xml.replace("http://www.w3.org/2009/xmlenc11#mgf1sha256", uri)));
        return Stream.of(names, digests, masks).flatMap(forgeries -> forgeries);
    }

    /** Keys and data from elsewhere: nothing is fetched, and nothing is transformed. */
    private static Stream<Forgery> references() {
        var transforms = "<xenc:Transforms><ds:Transform xmlns:ds=\"" + Dsig.DS
                + "\" Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"/></xenc:Transforms>";
        var inserted = Map.of(
                "cipher reference", "<xenc:CipherReference URI=\"TRAP/c\"/>",
                "cipher reference to a file", "<xenc:CipherReference URI=\"file:///etc/passwd\"/>",
                "cipher reference with transforms", "<xenc:CipherReference URI=\"#x\">" + transforms
                        + "</xenc:CipherReference>",
                "cipher reference of another namespace", "<x:CipherReference xmlns:x=\"urn:x\" URI=\"TRAP/c\"/>");
        var beforeKey = Map.of(
                "retrieval method", "<ds:RetrievalMethod xmlns:ds=\"" + Dsig.DS + "\" URI=\"TRAP/k\"/>",
                "retrieval method within", "<ds:RetrievalMethod xmlns:ds=\"" + Dsig.DS + "\" URI=\"#k\""
                        + " Type=\"http://www.w3.org/2001/04/xmlenc#EncryptedKey\"/>",
                "key info reference",
                        "<d:KeyInfoReference xmlns:d=\"http://www.w3.org/2009/xmldsig11#\" URI=\"TRAP/k\"/>",
                "derived key", "<e:DerivedKey xmlns:e=\"http://www.w3.org/2009/xmlenc11#\"/>",
                "key agreement", "<xenc:AgreementMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#dh\"/>");
        return Stream.concat(
                inserted.entrySet().stream().flatMap(entry -> changed(entry.getKey(), SamlReason.ENCRYPTION_STRUCTURE,
                        scene -> xml -> xml.replace("<xenc:CipherData>", "<xenc:CipherData>"
                                + entry.getValue().replace("TRAP", scene.trap())))),
                beforeKey.entrySet().stream().flatMap(entry -> changed(entry.getKey(), SamlReason.ENCRYPTION_STRUCTURE,
                        scene -> xml -> xml.replace("<xenc:EncryptedKey", entry.getValue().replace("TRAP", scene.trap())
                                + "<xenc:EncryptedKey"))));
    }

    private static String part(String xml, String start, String end) {
        int from = xml.indexOf(start);
        return xml.substring(from, xml.indexOf(end, from) + end.length());
    }

    private static Stream<Forgery> shapes() {
        var changes = Map.<String, UnaryOperator<String>>ofEntries(
                Map.entry("two keys", xml -> xml.replace(KEY_END, KEY_END + part(xml, "<xenc:EncryptedKey", KEY_END))),
                Map.entry("hundred keys", xml -> xml.replace(KEY_END, KEY_END
                        + part(xml, "<xenc:EncryptedKey", KEY_END).repeat(100))),
                Map.entry("no key", xml -> xml.replace(part(xml, "<xenc:EncryptedKey", KEY_END), "")),
                Map.entry("second key beside the data", xml -> xml.replace("</saml:EncryptedAssertion>",
                        part(xml, "<xenc:EncryptedKey", KEY_END).replace("<xenc:EncryptedKey",
                                "<xenc:EncryptedKey xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\" xmlns:ds=\""
                                        + Dsig.DS + "\"")
                                + "</saml:EncryptedAssertion>")),
                Map.entry("no data", xml -> xml.replaceFirst("(?s)<xenc:EncryptedData.*</xenc:EncryptedData>", "")),
                Map.entry("no cipher data of the key", xml -> xml.replaceFirst(
                        "(?s)<xenc:CipherData>.*?</xenc:CipherData>", "")),
                Map.entry("cipher value that is no base64", xml -> xml.replaceFirst("<xenc:CipherValue>",
                        "<xenc:CipherValue>?")),
                Map.entry("no transport method", xml -> xml.replaceFirst(
                        "(?s)(<xenc:EncryptedKey[^>]*>)<xenc:EncryptionMethod.*?</xenc:EncryptionMethod>", "$1")),
                Map.entry("OAEP parameters", xml -> xml.replaceFirst("(<xenc:EncryptionMethod[^>]*rsa-oaep\">)",
                        "$1<xenc:OAEPparams>AAAA</xenc:OAEPparams>")));
        return changes.entrySet().stream().flatMap(change -> changed(change.getKey(), SamlReason.ENCRYPTION_STRUCTURE,
                _ -> change.getValue()));
    }

    /** What cannot be decrypted, for whichever reason, is refused in one way. */
    private static Stream<Forgery> undecryptable() {
        var damages = new ArrayList<Forgery>();
        for (int at : List.of(0, 40, 120, 300)) {
            damages.addAll(changed("key damaged at " + at, SamlReason.DECRYPTION_FAILED, _ ->
                    xml -> damaged(xml, xml.indexOf("<xenc:CipherValue>"), at)).toList());
        }
        for (int at : List.of(0, 8, 20, 200, 1_000)) {
            damages.addAll(changed("data damaged at " + at, SamlReason.DECRYPTION_FAILED, _ ->
                    xml -> damaged(xml, xml.lastIndexOf("<xenc:CipherValue>"), at)).toList());
        }
        for (int length : List.of(0, 1, 12, 27, 28, 32)) {
            damages.addAll(changed("data of " + length + " octets", SamlReason.DECRYPTION_FAILED, _ -> xml -> {
                int start = xml.lastIndexOf("<xenc:CipherValue>") + "<xenc:CipherValue>".length();
                return xml.substring(0, start) + Handmade.base64(new byte[length])
                        + xml.substring(xml.indexOf('<', start));
            }).toList());
        }
        for (int length : List.of(0, 1, 255, 257, 512)) {
            damages.addAll(changed("key of " + length + " octets", SamlReason.DECRYPTION_FAILED, _ -> xml -> {
                int start = xml.indexOf("<xenc:CipherValue>") + "<xenc:CipherValue>".length();
                return xml.substring(0, start) + Handmade.base64(new byte[length])
                        + xml.substring(xml.indexOf('<', start));
            }).toList());
        }
        var crossed = Map.of("aes256-gcm", "aes128-gcm", "xmlenc#sha256", "xmlenc#sha512", "mgf1sha256", "mgf1sha1")
                .entrySet().stream().flatMap(pair -> changed(pair.getKey() + " called " + pair.getValue(),
                        SamlReason.DECRYPTION_FAILED, _ -> xml -> xml.replace(pair.getKey(), pair.getValue())));
        return Stream.of(damages.stream(), crossed, Stream.of(
                Forgery.document(FAMILY, "for somebody else", SamlReason.DECRYPTION_FAILED, scene ->
                        FakeSamlIdp.encrypted(
                        scene.idp().assertionSigned(), TestCredentials.STRANGER.keys().getPublic(), Encryption.USUAL)),
                Forgery.document(FAMILY, "for the provider itself", SamlReason.DECRYPTION_FAILED, scene ->
                        FakeSamlIdp.encrypted(scene.idp().assertionSigned(), TestCredentials.IDP.keys().getPublic(),
                                Encryption.SHIBBOLETH)))).flatMap(forgeries -> forgeries);
    }

    private static String damaged(String xml, int element, int at) {
        int place = element + "<xenc:CipherValue>".length() + at;
        while (xml.charAt(place) <= ' ' || xml.charAt(place) == '=') {
            place++;
        }
        return xml.substring(0, place) + (xml.charAt(place) == 'A' ? 'B' : 'A') + xml.substring(place + 1);
    }

    /** Decrypts, and is not one assertion. */
    private static Stream<Forgery> contents() {
        return Stream.of(
                holding("a response", SamlReason.ASSERTION_MISSING, (scene, document) ->
                        (Element) document.importNode(scene.idp().responseSigned().getDocumentElement(), true)),
                holding("an encrypted assertion", SamlReason.ASSERTION_MISSING, (scene, document) ->
                        (Element) document.importNode(Dsig.first(FakeSamlIdp.encrypted(scene.idp().assertionSigned(),
                                scene.us(), Encryption.USUAL), Dsig.SAML, "EncryptedAssertion"), true)),
                holding("an encrypted assertion in itself", SamlReason.ASSERTION_MISSING, (scene, document) ->
                        nested(scene, document, 5)),
                holding("something else", SamlReason.ASSERTION_MISSING, (_, _) ->
                        Dsig.parse("<x:x xmlns:x=\"urn:x\"/>").getDocumentElement()),
                holding("an assertion of SAML 1.1", SamlReason.ASSERTION_MISSING, (_, _) ->
                        Dsig.parse("<Assertion xmlns=\"urn:oasis:names:tc:SAML:1.0:assertion\"/>")
                                .getDocumentElement()),
                holding("an assertion with another within", SamlReason.SEVERAL_ASSERTIONS, (scene, document) -> {
                    var signed = FakeSamlIdp.assertion(scene.idp().assertionSigned());
                    var copy = (Element) document.importNode(signed, true);
                    copy.appendChild(document.importNode(Scene.forged(scene.idp().draft(), "_evil"), true));
                    return copy;
                }),
                holding("an assertion with an encrypted one within", SamlReason.SEVERAL_ASSERTIONS, (scene, document) ->
                        {
                    var copy = (Element) document.importNode(FakeSamlIdp.assertion(scene.idp().assertionSigned()),
                            true);
                    copy.appendChild(document.createElementNS(Dsig.SAML, "saml:EncryptedAssertion"));
                    return copy;
                }),
                holding("a signature elsewhere in the assertion", SamlReason.SIGNATURE_MISPLACED, (scene, document) -> {
                    var copy = (Element) document.importNode(FakeSamlIdp.assertion(scene.idp().assertionSigned()),
                            true);
                    Dsig.first(copy, Dsig.SAML, "Subject").appendChild(Dsig.first(copy, Dsig.DS, "Signature"));
                    return copy;
                }));
    }

    private interface Content {
        Element in(Scene scene, Document document);
    }

    private static Forgery holding(String name, SamlReason reason, Content content) {
        return Forgery.document(FAMILY, "decrypts to " + name, reason, scene -> {
            var document = scene.idp().draft();
            var original = FakeSamlIdp.assertion(document);
            original.getParentNode().replaceChild(document.importNode(content.in(scene, document), true), original);
            return FakeSamlIdp.encryptedLast(document, scene.us(), Encryption.USUAL);
        });
    }

    private static Element nested(Scene scene, Document document, int times) {
        var inner = scene.idp().assertionSigned();
        FakeSamlIdp.encryptedLast(inner, scene.us(), Encryption.USUAL);
        for (int i = 1; i < times; i++) {
            FakeSamlIdp.encryptedLast(inner, scene.us(), Encryption.USUAL);
        }
        return (Element) document.importNode(Dsig.first(inner, Dsig.SAML, "EncryptedAssertion"), true);
    }

    /** Encryption proves nothing about who encrypted (CVE-2026-2092). */
    private static Stream<Forgery> unsigned() {
        return Stream.of(
                Forgery.document(FAMILY, "not signed at all", SamlReason.UNSIGNED, scene -> FakeSamlIdp.encrypted(
                        scene.idp().draft(), scene.us(), Encryption.USUAL)),
                Forgery.document(FAMILY, "signed by a stranger", SamlReason.SIGNATURE_INVALID, scene ->
                        FakeSamlIdp.encrypted(scene.idp().assertionSigned(Dsig.honest().with(TestCredentials.STRANGER)),
                                scene.us(), Encryption.USUAL)),
                Forgery.document(FAMILY, "changed after signing, then encrypted", SamlReason.DIGEST_MISMATCH, scene -> {
                    var document = scene.idp().assertionSigned();
                    Dsig.first(document, Dsig.SAML, "NameID").setTextContent(Scene.EVIL);
                    return FakeSamlIdp.encrypted(document, scene.us(), Encryption.USUAL);
                }),
                Forgery.document(FAMILY, "response signed before the assertion was encrypted",
                        SamlReason.DIGEST_MISMATCH,
                        scene -> FakeSamlIdp.encrypted(scene.idp().responseSigned(), scene.us(), Encryption.USUAL)),
                Forgery.document(FAMILY, "forged in the place of the one that the response's signature covers",
                        SamlReason.DIGEST_MISMATCH, scene -> {
                            var document = FakeSamlIdp.encrypted(scene.idp().draft(), scene.us(), Encryption.USUAL);
                            new Handmade().sign(document.getDocumentElement());
                            scene.idp().nameId = Scene.EVIL;
                            var forged = FakeSamlIdp.encrypted(scene.idp().draft(), scene.us(), Encryption.USUAL);
                            var place = Dsig.first(document, Dsig.SAML, "EncryptedAssertion");
                            place.getParentNode().replaceChild(document.importNode(Dsig.first(forged, Dsig.SAML,
                                    "EncryptedAssertion"), true), place);
                            return document;
                        }));
    }
}
