package gatehouse.idp.upstream.saml;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.FakeSamlIdp.Encryption;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.samlwire.TestCredentials;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents and encrypted parts that are meant to hurt whoever reads them. */
class HostileXmlTest {

    @ParameterizedTest
    @MethodSource({"encryption", "documents"})
    void isRefusedWithItsReason(Attack attack) {
        attack.isRefused();
    }

    static List<Attack> encryption() {
        return List.of(
                inEncrypted("cipher reference", SamlReason.ENCRYPTION_STRUCTURE, "<xenc:CipherData>",
                        "<xenc:CipherData><xenc:CipherReference URI=\"http://169.254.169.254/\"/>"),
                inEncrypted("retrieval method", SamlReason.ENCRYPTION_STRUCTURE, "<xenc:EncryptedKey",
                        "<ds:RetrievalMethod URI=\"file:///etc/passwd\"/><xenc:EncryptedKey"),
                inEncrypted("CBC", SamlReason.ENCRYPTION_ALGORITHM_REFUSED,
                "http://www.w3.org/2009/xmlenc11#aes256-gcm",
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
                new Attack("short ciphertext", SamlReason.DECRYPTION_FAILED, idp -> {
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
                Attack.document("no assertion", SamlReason.ASSERTION_MISSING, idp -> {
                    var document = idp.draft();
                    document.getDocumentElement().removeChild(FakeSamlIdp.assertion(document));
                    return document;
                }),
                Attack.document("comment at the end of the name", SamlReason.SIGNATURE_INVALID, idp -> {
                    idp.nameId = Attack.EVIL + "<!---->.attacker.example";
                    return idp.assertionSigned(Dsig.honest().with(TestCredentials.STRANGER));
                }));
    }
}
