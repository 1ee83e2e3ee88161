package gatehouse.idp.samlwire;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.samlwire.IssuedResponse.Protection;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.xml.security.c14n.implementations.Canonicalizer20010315ExclOmitComments;
import org.junit.jupiter.api.Test;

/** What is written is canonical as it stands, also where a signed element was put into another one. */
class CanonicalXmlTest {

    private static final String NASTY = "a&b<c>d\"e'f\tg\nh\ri]]>j\u0000k\ud800l\ud83d\ude00m\ufffen";
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String ISSUER = "https://idp.example/</saml2:Issuer>";

    private static String canonical(String xml) throws Exception {
        var out = new ByteArrayOutputStream();
        new Canonicalizer20010315ExclOmitComments()
                .engineCanonicalizeSubTree(Dsig.parse(xml).getDocumentElement(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String response() {
        return response(Protection.BOTH);
    }

    private static String response(Protection protection) {
        var said = new IssuedResponse.IssuedAssertion("_a", NASTY, NameIdFormat.PERSISTENT, "https://sp.example", NOW,
                NOW, NOW, NASTY, NOW, "urn:x", List.of(
                        new IssuedResponse.IssuedAttribute("urn:a", "urn:format", List.of(NASTY)),
                        new IssuedResponse.IssuedAttribute("b", "urn:format", List.of("1", "2"))));
        return IssuedResponseXml.signed(new IssuedResponse("_r", ISSUER, NOW, "https://sp.example/acs?a=1&b=2",
                Optional.of("_q"), StatusCode.RESPONDER, Optional.of(StatusCode.NO_PASSIVE), Optional.of(said), protection),
                new XmlSigner(SamlCrypto.fastest()), new AssertionEncrypter(new SecureRandom()), TestCredentials.US.keys().getPrivate(),
                TestCredentials.US.certificate());
    }

    @Test
    void signedResponseWithSignedAssertionIsItsOwnCanonicalForm() throws Exception {
        var xml = response();
        assertThat(canonical(xml)).isEqualTo(xml);
    }

    @Test
    void everyProtectionIsItsOwnCanonicalForm() throws Exception {
        for (var content : EncryptionChoice.Content.values()) {
            for (boolean sha256 : List.of(true, false)) {
                var choice = new EncryptionChoice(TestCredentials.US.certificate(), content, sha256);
                var xml = response(new Protection(true, false, Optional.of(choice)));
                assertThat(canonical(xml)).contains(content.uri()).doesNotContain("NameID").isEqualTo(xml);
            }
        }
        for (boolean whole : List.of(true, false)) {
            var xml = response(new Protection(whole, !whole, Optional.empty()));
            assertThat(canonical(xml)).isEqualTo(xml).containsOnlyOnce("<ds:Signature ");
        }
    }

    @Test
    void textComesBackAsItWasSaveWhatXmlCannotCarry() {
        var root = Dsig.parse(response()).getDocumentElement();

        var expected = NASTY.replace('\u0000', '\ufffd').replace('\ufffe', '\ufffd').replace("\ud800l", "?l");
        assertThat(Dsig.first(root, Dsig.SAML, "NameID").getTextContent()).isEqualTo(expected);
        assertThat(Dsig.first(root, Dsig.SAML, "AttributeValue").getTextContent()).isIn(expected, "1");
        assertThat(Dsig.first(root, Dsig.SAML, "AuthnStatement").getAttribute("SessionIndex")).isEqualTo(expected);
    }

    @Test
    void signaturesStandAfterTheIssuerWhateverItsText() {
        var root = Dsig.parse(response()).getDocumentElement();
        for (var signed : List.of(root, Dsig.first(root, Dsig.SAML, "Assertion"))) {
            var issuer = Dsig.child(signed, Dsig.SAML, "Issuer");
            assertThat(issuer.getTextContent()).isEqualTo(ISSUER);
            assertThat(issuer.getNextSibling()).isSameAs(Dsig.child(signed, Dsig.DS, "Signature"));
        }
        assertThat(Dsig.child(root, Dsig.SAML, "Assertion")).isSameAs(root.getLastChild());
    }
}
