package gatehouse.idp.upstream.saml;

import static gatehouse.idp.upstream.saml.SamlLogin.arrive;
import static gatehouse.idp.upstream.saml.SamlLogin.call;
import static gatehouse.idp.upstream.saml.SamlLogin.form;
import static gatehouse.idp.upstream.saml.SamlLogin.settings;
import static gatehouse.idp.upstream.saml.SamlLogin.soon;
import static gatehouse.idp.upstream.saml.SamlLogin.tampered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.FakeSamlIdp.Encryption;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.upstream.UpstreamRefusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What attackers send is refused, each with its reason, and is never accepted as anybody. */
class AttackCorpusTest {

    private static final String EVIL = "root@acme-ads.example";
    private static final String ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
    private static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";

    private final SamlLogin login = new SamlLogin();

    /** One forged response, as text. */
    record Attack(String name, SamlReason reason, Function<FakeSamlIdp, String> message) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Attack attack(String name, SamlReason reason, Function<FakeSamlIdp, Document> message) {
        return new Attack(name, reason, idp -> Dsig.text(message.apply(idp)));
    }

    static List<Attack> signatures() {
        var us = TestCredentials.US.keys().getPublic();
        return List.of(
                attack("unsigned", SamlReason.UNSIGNED, FakeSamlIdp::draft),
                attack("signed with a stranger's key, its certificate in KeyInfo", SamlReason.SIGNATURE_INVALID,
                        idp -> idp.assertionSigned(Dsig.honest().with(TestCredentials.STRANGER))),
                attack("signed with a key of another kind", SamlReason.SIGNATURE_INVALID,
                        idp -> idp.assertionSigned(Dsig.honest().with(TestCredentials.IDP_EC))),
                attack("SHA-1 signature", SamlReason.SIGNATURE_ALGORITHM_REFUSED, idp -> idp.assertionSigned(
                        Dsig.honest().signatureMethod("http://www.w3.org/2000/09/xmldsig#rsa-sha1"))),
                attack("SHA-1 digest", SamlReason.DIGEST_ALGORITHM_REFUSED, idp -> idp.assertionSigned(
                        Dsig.honest().digestMethod("http://www.w3.org/2000/09/xmldsig#sha1"))),
                attack("HMAC with the public key as secret", SamlReason.SIGNATURE_ALGORITHM_REFUSED,
                        idp -> idp.assertionSigned(Dsig.honest()
                                .signatureMethod("http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")
                                .key(new SecretKeySpec(TestCredentials.IDP.keys().getPublic().getEncoded(), "HMAC")))),
                attack("algorithm renamed after signing", SamlReason.SIGNATURE_INVALID, idp -> tampered(
                        idp.assertionSigned(), "#rsa-sha256", "#ecdsa-sha256")),
                attack("value changed", SamlReason.DIGEST_MISMATCH, idp -> tampered(
                        idp.assertionSigned(), ">" + FakeSamlIdp.NAME_ID + "</saml:NameID>", ">" + EVIL + "</saml:NameID>")),
                attack("value changed in a signed response", SamlReason.DIGEST_MISMATCH, idp -> tampered(
                        idp.responseSigned(), ">" + FakeSamlIdp.NAME_ID + "</saml:NameID>", ">" + EVIL + "</saml:NameID>")),
                attack("assertion replaced under the response's signature", SamlReason.DIGEST_MISMATCH, idp -> {
                    var document = idp.responseSigned();
                    evil(FakeSamlIdp.assertion(document));
                    return document;
                }),
                new Attack("empty digest", SamlReason.SIGNATURE_INVALID, idp -> Dsig.text(idp.assertionSigned())
                        .replaceAll("<ds:DigestValue>[^<]*", "<ds:DigestValue>")),
                new Attack("empty signature value", SamlReason.SIGNATURE_INVALID, idp -> Dsig.text(idp.assertionSigned())
                        .replaceAll("<ds:SignatureValue>[^<]*", "<ds:SignatureValue>")),
                new Attack("comment in the digest", SamlReason.SIGNATURE_STRUCTURE, idp -> Dsig.text(
                        idp.assertionSigned()).replace("<ds:DigestValue>", "<ds:DigestValue><!--x-->")),
                new Attack("signature value without base64", SamlReason.SIGNATURE_STRUCTURE, idp -> Dsig.text(
                        idp.assertionSigned()).replaceAll("<ds:SignatureValue>[^<]*", "<ds:SignatureValue>???")),
                attack("two references", SamlReason.SEVERAL_REFERENCES, idp -> {
                    var document = idp.draft();
                    Dsig.honest().alsoCovering(idp.assertionId)
                            .sign(FakeSamlIdp.assertion(document), idp.assertionId);
                    return document;
                }),
                attack("reference to another element", SamlReason.REFERENCE_MISMATCH, idp -> {
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
                attack("no enveloped transform", SamlReason.TRANSFORM_REFUSED, idp -> idp.assertionSigned(
                        Dsig.honest().transforms(EXCLUSIVE))),
                attack("inclusive canonicalization as transform", SamlReason.TRANSFORM_REFUSED, idp ->
                        idp.assertionSigned(Dsig.honest().transforms(
                                ENVELOPED, "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"))),
                attack("inclusive canonicalization of signed info", SamlReason.TRANSFORM_REFUSED, idp ->
                        idp.assertionSigned(Dsig.honest()
                                .canonicalization("http://www.w3.org/TR/2001/REC-xml-c14n-20010315"))),
                transform("XSLT transform", "http://www.w3.org/TR/1999/REC-xslt-19991116"),
                transform("XPath transform", "http://www.w3.org/TR/1999/REC-xpath-19991116"),
                transform("base64 transform", "http://www.w3.org/2000/09/xmldsig#base64"),
                attack("encrypted, not signed, in an unsigned response", SamlReason.UNSIGNED, idp ->
                        FakeSamlIdp.encrypted(idp.draft(), us, Encryption.USUAL)),
                attack("encrypted, signed by a stranger", SamlReason.SIGNATURE_INVALID, idp -> FakeSamlIdp.encrypted(
                        idp.assertionSigned(Dsig.honest().with(TestCredentials.STRANGER)), us, Encryption.USUAL)),
                attack("encrypted assertion injected beside the signed one", SamlReason.SEVERAL_ASSERTIONS, idp -> {
                    var document = idp.assertionSigned();
                    idp.nameId = EVIL;
                    var other = FakeSamlIdp.encrypted(idp.draft(), us, Encryption.USUAL);
                    var injected = Dsig.first(other, Dsig.SAML, "EncryptedAssertion");
                    var root = document.getDocumentElement();
                    root.insertBefore(document.importNode(injected, true), FakeSamlIdp.assertion(document));
                    return document;
                }),
                attack("encrypted for somebody else", SamlReason.DECRYPTION_FAILED, idp -> FakeSamlIdp.encrypted(
                        idp.assertionSigned(), TestCredentials.STRANGER.keys().getPublic(), Encryption.USUAL)));
    }

    private static Attack transform(String name, String uri) {
        return new Attack(name, SamlReason.TRANSFORM_REFUSED, idp -> Dsig.text(idp.assertionSigned())
                .replace("<ds:Transform Algorithm=\"" + EXCLUSIVE + "\"/>", "<ds:Transform Algorithm=\"" + uri
                        + "\"><x/></ds:Transform><ds:Transform Algorithm=\"" + EXCLUSIVE + "\"/>"));
    }

    static List<Attack> encryption() {
        return List.of(
                inEncrypted("cipher reference", SamlReason.ENCRYPTION_STRUCTURE, "<xenc:CipherData>",
                        "<xenc:CipherData><xenc:CipherReference URI=\"http://169.254.169.254/\"/>"),
                inEncrypted("retrieval method", SamlReason.ENCRYPTION_STRUCTURE, "<xenc:EncryptedKey",
                        "<ds:RetrievalMethod URI=\"file:///etc/passwd\"/><xenc:EncryptedKey"),
                inEncrypted("CBC", SamlReason.ENCRYPTION_ALGORITHM_REFUSED, "http://www.w3.org/2009/xmlenc11#aes256-gcm",
                        "http://www.w3.org/2001/04/xmlenc#aes256-cbc"),
                inEncrypted("RSA PKCS #1 v1.5", SamlReason.ENCRYPTION_ALGORITHM_REFUSED,
                        "http://www.w3.org/2009/xmlenc11#rsa-oaep", "http://www.w3.org/2001/04/xmlenc#rsa-1_5"),
                inEncrypted("unknown digest", SamlReason.ENCRYPTION_ALGORITHM_REFUSED,
                        "http://www.w3.org/2009/xmlenc11#mgf1sha256", "http://www.w3.org/2009/xmlenc11#mgf1md5"),
                new Attack("two encrypted keys", SamlReason.ENCRYPTION_STRUCTURE, idp -> {
                    var text = encryptedText(idp);
                    var key = text.substring(text.indexOf("<xenc:EncryptedKey"),
                            text.indexOf("</xenc:EncryptedKey>") + "</xenc:EncryptedKey>".length());
                    return text.replace(key, key + key);
                }),
                new Attack("no encrypted key", SamlReason.ENCRYPTION_STRUCTURE, idp -> encryptedText(idp)
                        .replaceAll("(?s)<xenc:EncryptedKey.*</xenc:EncryptedKey>", "")),
                new Attack("short ciphertext", SamlReason.ENCRYPTION_STRUCTURE, idp -> {
                    var text = encryptedText(idp);
                    int at = text.lastIndexOf("<xenc:CipherValue>");
                    return text.substring(0, at) + "<xenc:CipherValue>AAAA" + text.substring(text.indexOf("</", at));
                }),
                new Attack("damaged key", SamlReason.DECRYPTION_FAILED, idp -> encryptedText(idp)
                        .replaceFirst("<xenc:CipherValue>....", "<xenc:CipherValue>AAAA")),
                new Attack("damaged ciphertext", SamlReason.DECRYPTION_FAILED, idp -> {
                    var text = encryptedText(idp);
                    int at = text.lastIndexOf("<xenc:CipherValue>") + "<xenc:CipherValue>".length() + 20;
                    return text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
                }));
    }

    private static String encryptedText(FakeSamlIdp idp) {
        return Dsig.text(FakeSamlIdp.encrypted(
                idp.assertionSigned(), TestCredentials.US.keys().getPublic(), Encryption.USUAL));
    }

    private static Attack inEncrypted(String name, SamlReason reason, String from, String to) {
        return new Attack(name, reason, idp -> {
            var text = encryptedText(idp);
            assertThat(text).contains(from);
            return text.replace(from, to);
        });
    }

    static List<Attack> documents() {
        return List.of(
                new Attack("not XML", SamlReason.MALFORMED_XML, _ -> "hello"),
                new Attack("nothing", SamlReason.PARAMETER_MISSING, _ -> ""),
                new Attack("external entity", SamlReason.DOCTYPE, idp ->
                        "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                                + Dsig.text(idp.assertionSigned()).replace(FakeSamlIdp.NAME_ID, "&x;")),
                new Attack("entity bomb", SamlReason.DOCTYPE, idp -> "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\">"
                        + "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>"
                        + Dsig.text(idp.assertionSigned())),
                new Attack("external DTD", SamlReason.DOCTYPE, idp ->
                        "<!DOCTYPE r SYSTEM \"http://169.254.169.254/x.dtd\">" + Dsig.text(idp.assertionSigned())),
                new Attack("undeclared entity", SamlReason.MALFORMED_XML, idp ->
                        Dsig.text(idp.assertionSigned()).replace(FakeSamlIdp.NAME_ID, "&x;")),
                new Attack("deep nesting", SamlReason.XML_LIMIT, idp -> "<a>".repeat(40) + "</a>".repeat(40)),
                new Attack("many elements", SamlReason.XML_LIMIT, idp -> "<a>" + "<b/>".repeat(20_000) + "</a>"),
                new Attack("many attributes", SamlReason.XML_LIMIT, idp -> {
                    var text = new StringBuilder("<a");
                    for (int i = 0; i < 65; i++) {
                        text.append(" a").append(i).append("=\"\"");
                    }
                    return text.append("/>").toString();
                }),
                new Attack("many comments", SamlReason.XML_LIMIT, idp -> "<a>" + "<!---->".repeat(70_000) + "</a>"),
                new Attack("200 000 comments", SamlReason.TOO_LARGE, idp -> "<a>" + "<!---->".repeat(200_000) + "</a>"),
                new Attack("duplicate ID", SamlReason.DUPLICATE_ID, idp -> {
                    idp.assertionId = idp.responseId;
                    return Dsig.text(idp.draft());
                }),
                new Attack("another message", SamlReason.UNEXPECTED_MESSAGE, idp ->
                        Dsig.text(idp.draft()).replace("samlp:Response", "samlp:LogoutResponse")),
                new Attack("another version", SamlReason.VERSION_UNSUPPORTED, idp ->
                        Dsig.text(idp.draft()).replaceFirst("Version=\"2.0\"", "Version=\"1.1\"")),
                new Attack("another namespace", SamlReason.UNEXPECTED_MESSAGE, idp ->
                        Dsig.text(idp.draft()).replace("SAML:2.0:protocol", "SAML:1.0:protocol")),
                attack("no assertion", SamlReason.ASSERTION_MISSING, idp -> {
                    var document = idp.draft();
                    document.getDocumentElement().removeChild(FakeSamlIdp.assertion(document));
                    return document;
                }),
                attack("comment at the end of the name", SamlReason.SIGNATURE_INVALID, idp -> {
                    idp.nameId = EVIL + "<!---->.attacker.example";
                    return idp.assertionSigned(Dsig.honest().with(TestCredentials.STRANGER));
                }));
    }

    static List<Attack> profile() {
        return List.of(
                said("wrong issuer", SamlReason.ISSUER_MISMATCH, idp -> idp.issuer = "https://other.example/entity"),
                said("wrong response issuer", SamlReason.ISSUER_MISMATCH, idp -> idp.responseIssuer = "https://other.example"),
                said("wrong audience", SamlReason.AUDIENCE_MISMATCH, idp -> idp.audience = "https://other.example/sp"),
                said("audience with our name as a prefix", SamlReason.AUDIENCE_MISMATCH, idp -> idp.audience += "-other"),
                said("a second audience restriction that leaves us out", SamlReason.AUDIENCE_MISMATCH, idp ->
                        idp.extraConditions = "<saml:AudienceRestriction><saml:Audience>https://other.example"
                                + "</saml:Audience></saml:AudienceRestriction>"),
                said("no audience", SamlReason.CONDITIONS_MISSING, idp -> idp.beforeSigning = xml ->
                        xml.replaceAll("(?s)<saml:AudienceRestriction>.*</saml:AudienceRestriction>", "")),
                said("no conditions", SamlReason.CONDITIONS_MISSING, idp -> idp.beforeSigning = xml ->
                        xml.replaceAll("(?s)<saml:Conditions.*</saml:Conditions>", "")),
                said("unknown condition", SamlReason.CONDITION_UNKNOWN, idp ->
                        idp.extraConditions = "<saml:Condition xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                                + " xmlns:x=\"urn:x\" xsi:type=\"x:OnlyOnSundays\"/>"),
                said("wrong recipient", SamlReason.RECIPIENT_MISMATCH, idp -> idp.recipient = "https://other.example/acs"),
                said("no recipient", SamlReason.RECIPIENT_MISMATCH, idp -> idp.beforeSigning = xml ->
                        xml.replaceAll(" Recipient=\"[^\"]*\"", "")),
                said("wrong destination", SamlReason.DESTINATION_MISMATCH, idp -> idp.destination = "https://other.example/acs"),
                said("answer to another request", SamlReason.IN_RESPONSE_TO_MISMATCH, idp -> idp.inResponseTo = "_other"),
                said("confirmation of another request", SamlReason.IN_RESPONSE_TO_MISMATCH, idp ->
                        idp.confirmationInResponseTo = "_other"),
                said("confirmation of no request", SamlReason.IN_RESPONSE_TO_MISMATCH, idp ->
                        idp.confirmationInResponseTo = null),
                said("answer to no request", SamlReason.UNSOLICITED, idp -> {
                    idp.inResponseTo = null;
                    idp.confirmationInResponseTo = null;
                }),
                said("expired", SamlReason.EXPIRED, idp -> idp.notOnOrAfter = idp.issueInstant.minusSeconds(60)),
                said("expired confirmation", SamlReason.EXPIRED, idp -> idp.confirmedUntil = idp.issueInstant.minusSeconds(60)),
                said("confirmation without end", SamlReason.EXPIRED, idp -> idp.beforeSigning = xml ->
                        xml.replaceAll("<saml:SubjectConfirmationData NotOnOrAfter=\"[^\"]*\"", "<saml:SubjectConfirmationData")),
                said("not yet valid", SamlReason.NOT_YET_VALID, idp -> idp.notBefore = idp.issueInstant.plusSeconds(61)),
                said("issued in the future", SamlReason.NOT_YET_VALID, idp -> idp.issueInstant = idp.issueInstant.plusSeconds(61)),
                said("issued long ago, valid for ever", SamlReason.EXPIRED, idp -> {
                    idp.issueInstant = idp.issueInstant.minus(Duration.ofMinutes(61));
                    idp.notOnOrAfter = idp.notOnOrAfter.plus(Duration.ofDays(365));
                }),
                said("signed in in the future", SamlReason.NOT_YET_VALID, idp -> idp.authnInstant = idp.authnInstant.plusSeconds(61)),
                said("session over", SamlReason.EXPIRED, idp -> idp.sessionNotOnOrAfter = idp.issueInstant.minusSeconds(60)),
                said("no confirmation", SamlReason.CONFIRMATION_MISSING, idp -> idp.beforeSigning = xml ->
                        xml.replaceAll("(?s)<saml:SubjectConfirmation .*</saml:SubjectConfirmation>", "")),
                said("holder-of-key only", SamlReason.CONFIRMATION_MISSING, idp -> idp.beforeSigning = xml ->
                        xml.replace("cm:bearer", "cm:holder-of-key")),
                said("bearer without data", SamlReason.CONFIRMATION_MISSING, idp -> idp.beforeSigning = xml ->
                        xml.replaceAll("<saml:SubjectConfirmationData[^>]*/>", "")),
                said("no authentication statement", SamlReason.AUTHN_STATEMENT_MISSING, idp -> idp.beforeSigning = xml ->
                        xml.replaceAll("(?s)<saml:AuthnStatement.*</saml:AuthnStatement>", "")),
                said("no name", SamlReason.SUBJECT_MISSING, idp -> idp.beforeSigning = xml ->
                        xml.replaceAll("<saml:NameID[^>]*>[^<]*</saml:NameID>", "")),
                said("empty name", SamlReason.SUBJECT_MISSING, idp -> idp.nameId = ""),
                said("element within the name", SamlReason.MALFORMED_MESSAGE, idp -> idp.nameId = "ada<x/>"),
                said("name that changes with every sign-in", SamlReason.SUBJECT_UNUSABLE, idp ->
                        idp.nameIdFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"),
                said("name of 257 characters", SamlReason.SUBJECT_UNUSABLE, idp -> idp.nameId = "a".repeat(257)),
                said("malformed date", SamlReason.MALFORMED_MESSAGE, idp -> idp.beforeSigning = xml ->
                        xml.replaceAll("AuthnInstant=\"[^\"]*\"", "AuthnInstant=\"yesterday\"")),
                said("no passive", SamlReason.STATUS_NO_PASSIVE, idp -> status(idp, "NoPassive")),
                said("cancelled", SamlReason.STATUS_AUTHN_FAILED, idp -> status(idp, "AuthnFailed")),
                said("denied", SamlReason.STATUS_REQUEST_DENIED, idp -> status(idp, "RequestDenied")),
                said("no such name", SamlReason.STATUS_NAMEID_POLICY, idp -> status(idp, "InvalidNameIDPolicy")),
                said("no such context", SamlReason.STATUS_NO_AUTHN_CONTEXT, idp -> status(idp, "NoAuthnContext")),
                said("failed, with an assertion", SamlReason.STATUS_OTHER, idp ->
                        idp.status = "urn:oasis:names:tc:SAML:2.0:status:Responder"),
                said("our mistake", SamlReason.STATUS_REQUESTER, idp ->
                        idp.status = "urn:oasis:names:tc:SAML:2.0:status:Requester"));
    }

    private static void status(FakeSamlIdp idp, String detail) {
        idp.beforeSigning = xml -> xml.replace("<samlp:StatusCode Value=\"" + idp.status + "\"/>",
                "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\"><samlp:StatusCode Value=\""
                        + "urn:oasis:names:tc:SAML:2.0:status:" + detail + "\"/></samlp:StatusCode>");
    }

    /** A message that is properly signed, and says something that must not be accepted. */
    private static Attack said(String name, SamlReason reason, java.util.function.Consumer<FakeSamlIdp> change) {
        return attack(name, reason, idp -> {
            change.accept(idp);
            return idp.bothSigned();
        });
    }

    @ParameterizedTest
    @MethodSource({"signatures", "encryption", "documents", "profile"})
    void isRefusedWithItsReason(Attack attack) {
        var connector = login.open(settings());
        var departure = connector.depart(call(), soon());
        var message = attack.message().apply(login.answer(departure));

        var refusal = catchThrowableOfType(UpstreamRefusal.class, () -> arrive(connector, Optional.of(departure.pending()),
                form(Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8)))));

        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(attack.reason().name().toLowerCase(Locale.ROOT));
        assertThat(refusal.description()).doesNotContain(EVIL).doesNotContain("other.example");
    }

    /** The eight classic ways of wrapping a signature (Somorovsky et al., USENIX Security 2012). */
    static List<Attack> wrappings() {
        return List.of(
                attack("XSW1", SamlReason.ASSERTION_MISPLACED, idp -> wrappedResponse(idp, true)),
                attack("XSW2", SamlReason.ASSERTION_MISPLACED, idp -> wrappedResponse(idp, false)),
                attack("XSW3", SamlReason.SEVERAL_ASSERTIONS, idp -> {
                    var document = idp.assertionSigned();
                    var original = FakeSamlIdp.assertion(document);
                    original.getParentNode().insertBefore(evilCopy(original, "_evil"), original);
                    return document;
                }),
                attack("XSW4", SamlReason.SEVERAL_ASSERTIONS, idp -> {
                    var document = idp.assertionSigned();
                    var original = FakeSamlIdp.assertion(document);
                    var evil = evilCopy(original, "_evil");
                    original.getParentNode().replaceChild(evil, original);
                    evil.appendChild(original);
                    return document;
                }),
                attack("XSW5", SamlReason.SEVERAL_ASSERTIONS, idp -> moved(idp, (evil, original) ->
                        evil.getParentNode().appendChild(original))),
                attack("XSW6", SamlReason.SEVERAL_ASSERTIONS, idp -> moved(idp, (evil, original) ->
                        Dsig.child(evil, Dsig.DS, "Signature").appendChild(original))),
                attack("XSW7", SamlReason.ASSERTION_MISPLACED, idp -> {
                    var document = idp.assertionSigned();
                    var extensions = document.createElementNS(Dsig.SAMLP, "samlp:Extensions");
                    var original = FakeSamlIdp.assertion(document);
                    document.getDocumentElement().insertBefore(extensions, original);
                    extensions.appendChild(evilCopy(original, "_evil"));
                    return document;
                }),
                attack("XSW8", SamlReason.SEVERAL_ASSERTIONS, idp -> moved(idp, (evil, original) -> {
                    var object = evil.getOwnerDocument().createElementNS(Dsig.DS, "ds:Object");
                    Dsig.child(evil, Dsig.DS, "Signature").appendChild(object);
                    object.appendChild(original);
                })));
    }

    /** A forged response around the signed one, which hides in the signature or beside it. */
    private static Document wrappedResponse(FakeSamlIdp idp, boolean inSignature) {
        var document = idp.responseSigned();
        var original = document.getDocumentElement();
        var evil = (Element) original.cloneNode(true);
        document.replaceChild(evil, original);
        evil.setAttribute("ID", "_evil");
        var assertion = Dsig.child(evil, Dsig.SAML, "Assertion");
        assertion.setAttribute("ID", "_evil-assertion");
        evil(assertion);
        var signature = Dsig.child(evil, Dsig.DS, "Signature");
        original.removeChild(Dsig.child(original, Dsig.DS, "Signature"));
        if (inSignature) {
            var object = document.createElementNS(Dsig.DS, "ds:Object");
            signature.appendChild(object);
            object.appendChild(original);
        } else {
            evil.insertBefore(original, signature);
        }
        return document;
    }

    /** The signature in a forged assertion, the signed assertion without it wherever {@code hide} puts it. */
    private static Document moved(FakeSamlIdp idp, java.util.function.BiConsumer<Element, Element> hide) {
        var document = idp.assertionSigned();
        var original = FakeSamlIdp.assertion(document);
        var evil = (Element) original.cloneNode(true);
        evil.setAttribute("ID", "_evil");
        evil(evil);
        original.getParentNode().replaceChild(evil, original);
        original.removeChild(Dsig.child(original, Dsig.DS, "Signature"));
        hide.accept(evil, original);
        return document;
    }

    private static Element evilCopy(Element assertion, String id) {
        var copy = (Element) assertion.cloneNode(true);
        copy.removeChild(Dsig.child(copy, Dsig.DS, "Signature"));
        copy.setAttribute("ID", id);
        evil(copy);
        return copy;
    }

    private static void evil(Element assertion) {
        Dsig.first(assertion, Dsig.SAML, "NameID").setTextContent(EVIL);
    }

    @ParameterizedTest
    @MethodSource("wrappings")
    void wrappedSignatureIsRefused(Attack attack) {
        isRefusedWithItsReason(attack);
    }

    @Test
    void forgedAssertionIsNobodyWhereverItStands() {
        for (var kind : List.<Function<FakeSamlIdp, Document>>of(
                FakeSamlIdp::assertionSigned, FakeSamlIdp::responseSigned, FakeSamlIdp::bothSigned)) {
            int places = placesIn(kind);
            assertThat(places).isGreaterThan(50);
            for (int place = 0; place < places; place++) {
                var connector = login.open(settings());
                var departure = connector.depart(call(), soon());
                var document = kind.apply(login.answer(departure));
                insert(document, place);
                assertThatThrownBy(() -> arrive(connector, departure, document))
                        .as("place %s of %s", place, Dsig.text(document)).isInstanceOf(UpstreamRefusal.class);
            }
        }
    }

    private int placesIn(Function<FakeSamlIdp, Document> kind) {
        var us = SamlLogin.us("globex");
        return places(kind.apply(new FakeSamlIdp(us.entityId(), us.acs(), "_x", login.now))).size();
    }

    private record Place(Element parent, Node before) {}

    private static List<Place> places(Document document) {
        var places = new ArrayList<Place>();
        Dsig.eachElement(document.getDocumentElement(), element -> {
            for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
                places.add(new Place(element, node));
            }
            places.add(new Place(element, null));
        });
        return places;
    }

    private static void insert(Document document, int place) {
        var at = places(document).get(place);
        var evil = (Element) FakeSamlIdp.assertion(document).cloneNode(true);
        evil.setAttribute("ID", "_evil");
        evil(evil);
        at.parent().insertBefore(evil, at.before());
    }

    @Test
    void commentNeverShortensAName() {
        for (var comment : List.of("<!---->", "<!-- x -->", "<?x y?>", "<![CDATA[]]>", "&#x200b;")) {
            var connector = login.open(settings());
            var departure = connector.depart(call(), soon());
            var signed = login.answer(departure);
            signed.nameId = EVIL + comment + ".attacker.example";

            var identity = arrive(connector, departure, signed.assertionSigned());

            assertThat(identity.session().subject()).startsWith(EVIL).endsWith(".attacker.example");
        }
    }

    @Test
    void commentInsertedAfterSigningChangesNothing() {
        var connector = login.open(settings());
        var departure = connector.depart(call(), soon());
        var document = tampered(login.answer(departure).assertionSigned(), ">" + FakeSamlIdp.NAME_ID + "</saml:NameID>",
                ">ada<!-- -->@acme-ads.example</saml:NameID>");

        assertThat(arrive(connector, departure, document).session().subject()).isEqualTo(FakeSamlIdp.NAME_ID);
    }

    @Test
    void responseIsAcceptedOnceOnly() {
        var connector = login.open(settings());
        var departure = connector.depart(call(), soon());
        var document = login.answer(departure).assertionSigned();
        arrive(connector, departure, document);

        assertThatThrownBy(() -> arrive(connector, departure, document))
                .isInstanceOfSatisfying(UpstreamRefusal.class, r -> assertThat(r.reason()).isEqualTo("replayed"));
    }

    @Test
    void refusedResponseIsNotSpent() {
        var connector = login.open(settings());
        var departure = connector.depart(call(), soon());
        var other = connector.depart(call(), soon());
        var document = login.answer(departure).assertionSigned();
        assertThatThrownBy(() -> arrive(connector, other, document)).isInstanceOf(UpstreamRefusal.class);

        assertThat(arrive(connector, departure, document).session().subject()).isEqualTo(FakeSamlIdp.NAME_ID);
    }

    @Test
    void anotherOrganizationsValidResponseIsRefused() {
        var globex = login.open("globex", settings());
        var acme = login.open("acme", settings());
        var departure = globex.depart(call(), soon());
        var document = login.answer("globex", departure).bothSigned();

        // The same provider and keys, even the very departure: the connection is another, and that is enough.
        assertThatThrownBy(() -> arrive(acme, Optional.of(departure.pending()), form(document)))
                .isInstanceOfSatisfying(UpstreamRefusal.class, r -> assertThat(r.reason()).isEqualTo("unsolicited"));
        var own = acme.depart(call(), soon());
        assertThatThrownBy(() -> arrive(acme, Optional.of(own.pending()), form(document)))
                .isInstanceOfSatisfying(UpstreamRefusal.class, r -> assertThat(r.reason()).isEqualTo("destination_mismatch"));
    }

    @Test
    void unsolicitedResponseIsRefusedUnlessAllowed() {
        var us = SamlLogin.us("globex");
        var document = new FakeSamlIdp(us.entityId(), us.acs(), null, login.now).bothSigned();

        assertThatThrownBy(() -> arrive(login.open(settings()), Optional.empty(), form(document)))
                .isInstanceOfSatisfying(UpstreamRefusal.class, r -> assertThat(r.reason()).isEqualTo("unsolicited"));
    }

    @Test
    void solicitedResponseIsNoUnsolicitedOne() {
        var connector = login.open(settings().put("allows_idp_initiated", true));
        var us = SamlLogin.us("globex");
        var document = new FakeSamlIdp(us.entityId(), us.acs(), "_stolen", login.now).bothSigned();

        assertThatThrownBy(() -> arrive(connector, Optional.empty(), form(document)))
                .isInstanceOfSatisfying(UpstreamRefusal.class, r -> assertThat(r.reason()).isEqualTo("in_response_to_mismatch"));
    }

    @Test
    void unencryptedAssertionIsRefusedWhereEncryptionIsWanted() {
        var connector = login.open(settings().put("want_assertions_encrypted", true));
        var departure = connector.depart(call(), soon());

        assertThatThrownBy(() -> arrive(connector, departure, login.answer(departure).bothSigned()))
                .isInstanceOfSatisfying(UpstreamRefusal.class, r -> assertThat(r.reason()).isEqualTo("not_encrypted"));
    }

    @Test
    void oldSignInIsRefusedWhereANewOneWasAskedFor() {
        var connector = login.open(settings());
        var forced = new gatehouse.idp.upstream.DepartureCall(SamlLogin.HANDLE, Optional.empty(), true, false,
                Optional.empty(), List.of(), List.of());
        var departure = connector.depart(forced, soon());
        var idp = login.answer(departure);
        idp.authnInstant = login.now.minusSeconds(61);

        assertThatThrownBy(() -> arrive(connector, departure, idp.assertionSigned()))
                .isInstanceOfSatisfying(UpstreamRefusal.class, r -> assertThat(r.reason()).isEqualTo("authn_too_old"));
        idp.authnInstant = login.now.minusSeconds(60);
        assertThat(arrive(connector, departure, idp.assertionSigned()).session().subject()).isEqualTo(FakeSamlIdp.NAME_ID);
    }

    @Test
    void anotherContextIsRefusedWhereOneWasAskedFor() {
        var settings = settings();
        settings.putArray("requested_authn_context").add("https://refeds.org/profile/mfa");
        var connector = login.open(settings);
        var departure = connector.depart(call(), soon());

        assertThatThrownBy(() -> arrive(connector, departure, login.answer(departure).assertionSigned()))
                .isInstanceOfSatisfying(UpstreamRefusal.class, r -> assertThat(r.reason()).isEqualTo("context_not_met"));
    }

    @Test
    void clockSkewIsToleratedUpToItsLimit() {
        for (int seconds : new int[] {0, 60, 180}) {
            var connector = login.open(settings().put("clock_skew_seconds", seconds));
            var departure = connector.depart(call(), soon());
            var late = login.answer(departure);
            late.notBefore = login.now.plusSeconds(seconds + 1);
            assertThatThrownBy(() -> arrive(connector, departure, late.assertionSigned()))
                    .isInstanceOfSatisfying(UpstreamRefusal.class, r -> assertThat(r.reason()).isEqualTo("not_yet_valid"));
            late.notBefore = login.now.plusSeconds(seconds);
            assertThat(arrive(connector, departure, late.assertionSigned()).session().subject())
                    .isEqualTo(FakeSamlIdp.NAME_ID);
        }
    }

    @Test
    void repeatedParameterIsRefused() {
        var connector = login.open(settings());
        var departure = connector.depart(call(), soon());
        var form = form(login.answer(departure).assertionSigned());

        assertThatThrownBy(() -> arrive(connector, Optional.of(departure.pending()), form + "&%53AMLResponse=x"))
                .isInstanceOfSatisfying(UpstreamRefusal.class, r -> assertThat(r.reason()).isEqualTo("parameter_repeated"));
        assertThatThrownBy(() -> arrive(connector, Optional.of(departure.pending()), "SAMLResponse=%21%21"))
                .isInstanceOfSatisfying(UpstreamRefusal.class, r -> assertThat(r.reason()).isEqualTo("not_base64"));
    }
}
