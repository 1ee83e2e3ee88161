package gatehouse.idp.samlwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.xml.security.c14n.implementations.Canonicalizer20010315ExclOmitComments;
import org.junit.jupiter.api.Test;

/** What is written is canonical as it stands, by the word of a canonicalizer that did not write it. */
class XmlWriterTest {

    private static final String NASTY = "a&b<c>d\"e'f\tg\nh\ri]]>j\u0000k\ud800l\ud83d\ude00m\ufffen";

    private static String canonical(String xml) throws Exception {
        var out = new ByteArrayOutputStream();
        new Canonicalizer20010315ExclOmitComments()
                .engineCanonicalizeSubTree(Dsig.parse(xml).getDocumentElement(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void writtenXmlIsItsOwnCanonicalForm() throws Exception {
        var xml = new XmlWriter().start(Namespace.SAMLP, "Response").attribute("b", NASTY).attribute("a", "1")
                .attribute("B", "2").element(Namespace.SAML, "Issuer", NASTY)
                .start(Namespace.SAML, "Subject").start(Namespace.SAML, "NameID").text(NASTY).end().end()
                .start(Namespace.SAMLP, "Status").end().end().finish();

        assertThat(canonical(xml.text())).isEqualTo(xml.text());
    }

    @Test
    void textComesBackAsItWasSaveWhatXmlCannotCarry() {
        var xml = new XmlWriter().start(Namespace.SAML, "Issuer").attribute("a", NASTY).text(NASTY).end().finish()
                .text();
        var root = Dsig.parse(xml).getDocumentElement();

        var expected = NASTY.replace('\u0000', '\ufffd').replace('\ufffe', '\ufffd').replace("\ud800l", "\ufffdl");
        assertThat(root.getTextContent()).isEqualTo(expected);
        assertThat(root.getAttribute("a")).isEqualTo(expected);
    }

    @Test
    void signedResponseWithSignedAssertionIsCanonicalToo() throws Exception {
        var now = Instant.parse("2026-11-20T12:00:00Z");
        var said = new IssuedResponse.IssuedAssertion("_a", NASTY, NameIdFormat.PERSISTENT, "https://sp.example", now,
                now,
                now, "s", now, "urn:x", Map.of("urn:a", List.of(NASTY), "b", List.of("1", "2")));
        var xml = new IssuedResponse("_r", "https://idp.example", now, "https://sp.example/acs", Optional.of("_q"),
                StatusCode.SUCCESS, Optional.empty(), Optional.of(said)).signed(new XmlSigner(SamlCrypto.fastest()),
                TestCredentials.US.keys().getPrivate(), TestCredentials.US.certificate());

        assertThat(canonical(xml)).isEqualTo(xml);
    }

    @Test
    void unfinishedElementIsNotHandedOut() {
        assertThatThrownBy(() -> new XmlWriter().start(Namespace.SAML, "Issuer").finish())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new XmlWriter().start(Namespace.SAML, "Issuer").text("x").attribute("a", "b"))
                .isInstanceOf(IllegalStateException.class);
    }
}
