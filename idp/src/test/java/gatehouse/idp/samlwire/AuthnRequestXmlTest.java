package gatehouse.idp.samlwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.idp.samlwire.AuthnRequest.RequestedContexts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request says what it says: nothing is guessed where it is empty, doubled, divided or of another type. */
class AuthnRequestXmlTest {

    private static final SamlWire WIRE = new SamlWire(SamlCrypto.fastest(), Instant::now);
    private static final String TIME = "IssueInstant=\"2026-11-20T12:00:00Z\"";
    private static final String ISSUER = "<saml:Issuer>https://sp.example</saml:Issuer>";

    private static String xml(String attributes, String content) {
        return "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\""
                + " xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" Version=\"2.0\" " + attributes + ">" + content
                + "</samlp:AuthnRequest>";
    }

    private static AuthnRequest read(String xml) {
        return WIRE.read(xml.getBytes(StandardCharsets.UTF_8)).claimed();
    }

    private static void isMalformed(String attributes, String content) {
        assertThatThrownBy(() -> read(xml(attributes, content))).isInstanceOfSatisfying(SamlError.class,
                error -> assertThat(error.why()).isEqualTo(SamlReason.MALFORMED_MESSAGE));
    }

    @Test
    void everythingWrittenIsReadBack() {
        var asked = new AuthnRequest("_q", "https://sp.example/?a&b", Instant.parse("2026-11-20T12:00:00.123Z"),
                Optional.of("https://idp.example/sso"), Optional.of("https://sp.example/acs"), Optional.of(3),
                Optional.of(PostBinding.URN), true, true, Optional.of(NameIdFormat.TRANSIENT.urn()), true,
                new RequestedContexts("minimum", List.of("urn:one", "urn:two")), Optional.of("ada@<acme>.example"));

        assertThat(read(AuthnRequestXml.write(asked).text())).isEqualTo(asked);
    }

    @Test
    void leastRequestIsRead() {
        var request = read(xml("ID=\"_q\" " + TIME, ISSUER));
        assertThat(request).isEqualTo(new AuthnRequest("_q", "https://sp.example",
                Instant.parse("2026-11-20T12:00:00Z"), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), false, false, Optional.empty(), false, RequestedContexts.ANY, Optional.empty()));
    }

    @Test
    void emptyAddressIsNotNoAddress() {
        assertThat(read(xml("ID=\"_q\" AssertionConsumerServiceURL=\"\" " + TIME, ISSUER)).acsUrl()).contains("");
    }

    @Test
    void textIsWholeWhateverDividesIt() {
        var request = read(xml("ID=\"_q\" " + TIME, "<saml:Issuer>https://sp<!-- -->.example<?x y?>/a<![CDATA[&b]]>"
                + "</saml:Issuer><saml:Subject><saml:NameID>ada@acme<!---->.evil.example</saml:NameID>"
                + "</saml:Subject>"));
        assertThat(request.issuer()).isEqualTo("https://sp.example/a&b");
        assertThat(request.subject()).contains("ada@acme.evil.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<saml:Issuer/>", "<saml:Issuer><!-- --></saml:Issuer>", ISSUER + ISSUER,
            "<saml:Issuer>https://sp<saml:NameID/>.example</saml:Issuer>", "<Issuer>https://sp.example</Issuer>",
            ISSUER + "<saml:Subject/><saml:Subject/>", ISSUER + "<samlp:NameIDPolicy/><samlp:NameIDPolicy/>",
            ISSUER + "<saml:Subject><saml:NameID>a</saml:NameID><saml:NameID>b</saml:NameID></saml:Subject>",
            ISSUER + "<samlp:RequestedAuthnContext Comparison=\"roughly\"/>",
            ISSUER + "<saml:Conditions NotBefore=\"soon\"/>"})
    void whatDoesNotSayOneThingIsRefused(String content) {
        isMalformed("ID=\"_q\" " + TIME, content);
    }

    @ParameterizedTest
    @ValueSource(strings = {TIME, "ID=\"\" " + TIME, "ID=\"_q\"", "ID=\"_q\" IssueInstant=\"\"",
            "ID=\"_q\" IssueInstant=\"2026-11-20T12:00:00\"", "ID=\"_q\" IssueInstant=\"2026-11-20\"",
            "ID=\"_q\" AssertionConsumerServiceIndex=\"-1\" " + TIME,
            "ID=\"_q\" AssertionConsumerServiceIndex=\"x\" " + TIME,
            "ID=\"_q\" AssertionConsumerServiceIndex=\"99999999999\" " + TIME})
    void attributeOfAnotherTypeIsRefused(String attributes) {
        isMalformed(attributes, ISSUER);
    }

    @Test
    void contextsAreLimited() {
        var one = "<saml:AuthnContextClassRef>urn:x</saml:AuthnContextClassRef>";
        var read = read(xml("ID=\"_q\" " + TIME, ISSUER + "<samlp:RequestedAuthnContext>" + one.repeat(32)
                + "</samlp:RequestedAuthnContext>"));
        assertThat(read.context().classes()).hasSize(32);
        isMalformed("ID=\"_q\" " + TIME, ISSUER + "<samlp:RequestedAuthnContext>" + one.repeat(33)
                + "</samlp:RequestedAuthnContext>");
    }

    @Test
    void elementsAreLimited() {
        // request, issuer and extensions are three
        IntFunction<String> of = elements -> xml("ID=\"_q\" " + TIME,
                ISSUER + "<samlp:Extensions>" + "<x/>".repeat(elements - 3) + "</samlp:Extensions>");
        assertThat(read(of.apply(1_000)).id()).isEqualTo("_q");
        assertThatThrownBy(() -> read(of.apply(1_001))).isInstanceOfSatisfying(SamlError.class,
                error -> assertThat(error.why()).isEqualTo(SamlReason.XML_LIMIT));
    }

    @Test
    void signatureOfAStrangerIsNotMadeIntoAnObject() {
        var request = WIRE.read(xml("ID=\"_q\" " + TIME, ISSUER + "<ds:Signature xmlns:ds=\"" + Dsig.DS
                + "\"><ds:SignedInfo/></ds:Signature>").getBytes(StandardCharsets.UTF_8));
        assertThat(request.carriesSignature()).isTrue();
        assertThat(request.claimed().id()).isEqualTo("_q");
    }
}
