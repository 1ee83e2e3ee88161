package gatehouse.idp.upstream.saml;

import static gatehouse.idp.upstream.saml.SamlLogin.tampered;

import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.FakeSamlIdp.Encryption;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.samlwire.TestCredentials;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures that are missing, forged, weak or odd. */
class SignatureAttackTest {

    private static final String ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
    private static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";

    @ParameterizedTest
    @MethodSource("signatures")
    void isRefusedWithItsReason(Attack attack) {
        attack.isRefused();
    }

    static List<Attack> signatures() {
        var us = TestCredentials.US.keys().getPublic();
        return List.of(
                Attack.document("unsigned", SamlReason.UNSIGNED, FakeSamlIdp::draft),
                Attack.document("signed with a stranger's key, its certificate in KeyInfo",
                SamlReason.SIGNATURE_INVALID,
                        idp -> idp.assertionSigned(Dsig.honest().with(TestCredentials.STRANGER))),
                Attack.document("signed with a key of another kind", SamlReason.SIGNATURE_INVALID,
                        idp -> idp.assertionSigned(Dsig.honest().with(TestCredentials.IDP_EC))),
                Attack.document("SHA-1 signature", SamlReason.SIGNATURE_ALGORITHM_REFUSED, idp -> idp.assertionSigned(
                        Dsig.honest().signatureMethod("http://www.w3.org/2000/09/xmldsig#rsa-sha1"))),
                Attack.document("SHA-1 digest", SamlReason.DIGEST_ALGORITHM_REFUSED, idp -> idp.assertionSigned(
                        Dsig.honest().digestMethod("http://www.w3.org/2000/09/xmldsig#sha1"))),
                Attack.document("HMAC with the public key as secret", SamlReason.SIGNATURE_ALGORITHM_REFUSED,
                        idp -> idp.assertionSigned(Dsig.honest()
                                .signatureMethod("http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")
                                .key(new SecretKeySpec(TestCredentials.IDP.keys().getPublic().getEncoded(), "HMAC")))),
                Attack.document("algorithm renamed after signing", SamlReason.SIGNATURE_INVALID, idp -> tampered(
                        idp.assertionSigned(), "#rsa-sha256", "#ecdsa-sha256")),
                Attack.document("value changed", SamlReason.DIGEST_MISMATCH, idp -> tampered(
                        idp.assertionSigned(), ">" + FakeSamlIdp.NAME_ID + "</saml:NameID>", ">" + Attack.EVIL
                        + "</saml:NameID>")),
                Attack.document("value changed in a signed response", SamlReason.DIGEST_MISMATCH, idp -> tampered(
                        idp.responseSigned(), ">" + FakeSamlIdp.NAME_ID + "</saml:NameID>", ">" + Attack.EVIL
                        + "</saml:NameID>")),
                Attack.document("assertion replaced under the response's signature", SamlReason.DIGEST_MISMATCH,
                idp -> {
                    var document = idp.responseSigned();
                    Dsig.first(document, Dsig.SAML, "NameID").setTextContent(Attack.EVIL);
                    return document;
                }),
                new Attack("empty digest", SamlReason.SIGNATURE_INVALID, idp -> Dsig.text(idp.assertionSigned())
                        .replaceAll("<ds:DigestValue>[^<]*", "<ds:DigestValue>")),
                new Attack("empty signature value", SamlReason.SIGNATURE_INVALID,
                idp -> Dsig.text(idp.assertionSigned())
                        .replaceAll("<ds:SignatureValue>[^<]*", "<ds:SignatureValue>")),
                new Attack("comment in the digest", SamlReason.SIGNATURE_STRUCTURE, idp -> Dsig.text(
                        idp.assertionSigned()).replace("<ds:DigestValue>", "<ds:DigestValue><!--x-->")),
                new Attack("signature value without base64", SamlReason.SIGNATURE_STRUCTURE, idp -> Dsig.text(
                        idp.assertionSigned()).replaceAll("<ds:SignatureValue>[^<]*", "<ds:SignatureValue>???")),
                Attack.document("two references", SamlReason.SEVERAL_REFERENCES, idp -> {
                    var document = idp.draft();
                    Dsig.honest().alsoCovering(idp.assertionId)
                            .sign(FakeSamlIdp.assertion(document), idp.assertionId);
                    return document;
                }),
                Attack.document("reference to another element", SamlReason.REFERENCE_MISMATCH, idp -> {
                    var document = idp.draft();
                    Dsig.honest().sign(FakeSamlIdp.assertion(document), idp.responseId);
                    return document;
                }),
                new Attack("reference to the whole document", SamlReason.REFERENCE_MISMATCH, idp -> Dsig.text(
                        idp.responseSigned()).replace("URI=\"#" + idp.responseId + "\"", "URI=\"\"")),
                new Attack("reference elsewhere", SamlReason.REFERENCE_MISMATCH, idp -> Dsig.text(idp.responseSigned())
                        .replace("URI=\"#" + idp.responseId + "\"", "URI=\"file:///etc/passwd\"")),
                new Attack("two signed infos", SamlReason.SIGNATURE_STRUCTURE, idp -> {
                    var text = Dsig.text(idp.assertionSigned());
                    var info = text.substring(text.indexOf("<ds:SignedInfo>"), text.indexOf("<ds:SignatureValue>"));
                    return text.replace(info, info + info);
                }),
                new Attack("object in the signature", SamlReason.SIGNATURE_STRUCTURE, idp -> Dsig.text(
                        idp.assertionSigned()).replace("</ds:Signature>", "<ds:Object/></ds:Signature>")),
                Attack.document("no enveloped transform", SamlReason.TRANSFORM_REFUSED, idp -> idp.assertionSigned(
                        Dsig.honest().transforms(EXCLUSIVE))),
                Attack.document("inclusive canonicalization as transform", SamlReason.TRANSFORM_REFUSED, idp ->
                        idp.assertionSigned(Dsig.honest().transforms(
                                ENVELOPED, "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"))),
                Attack.document("inclusive canonicalization of signed info", SamlReason.TRANSFORM_REFUSED, idp ->
                        idp.assertionSigned(Dsig.honest()
                                .canonicalization("http://www.w3.org/TR/2001/REC-xml-c14n-20010315"))),
                transform("XSLT transform", "http://www.w3.org/TR/1999/REC-xslt-19991116"),
                transform("XPath transform", "http://www.w3.org/TR/1999/REC-xpath-19991116"),
                transform("base64 transform", "http://www.w3.org/2000/09/xmldsig#base64"),
                Attack.document("encrypted, not signed, in an unsigned response", SamlReason.UNSIGNED, idp ->
                        FakeSamlIdp.encrypted(idp.draft(), us, Encryption.USUAL)),
                Attack.document("encrypted, signed by a stranger", SamlReason.SIGNATURE_INVALID,
                idp -> FakeSamlIdp.encrypted(
                        idp.assertionSigned(Dsig.honest().with(TestCredentials.STRANGER)), us, Encryption.USUAL)),
                Attack.document("encrypted assertion injected beside the signed one", SamlReason.SEVERAL_ASSERTIONS,
                idp -> {
                    var document = idp.assertionSigned();
                    idp.nameId = Attack.EVIL;
                    var other = FakeSamlIdp.encrypted(idp.draft(), us, Encryption.USUAL);
                    var injected = Dsig.first(other, Dsig.SAML, "EncryptedAssertion");
                    var root = document.getDocumentElement();
                    root.insertBefore(document.importNode(injected, true), FakeSamlIdp.assertion(document));
                    return document;
                }),
                Attack.document("encrypted for somebody else", SamlReason.DECRYPTION_FAILED,
                idp -> FakeSamlIdp.encrypted(
                        idp.assertionSigned(), TestCredentials.STRANGER.keys().getPublic(), Encryption.USUAL)));
    }

    private static Attack transform(String name, String uri) {
        return new Attack(name, SamlReason.TRANSFORM_REFUSED, idp -> Dsig.text(idp.assertionSigned())
                .replace("<ds:Transform Algorithm=\"" + EXCLUSIVE + "\"/>", "<ds:Transform Algorithm=\"" + uri
                        + "\"><x/></ds:Transform><ds:Transform Algorithm=\"" + EXCLUSIVE + "\"/>"));
    }
}
