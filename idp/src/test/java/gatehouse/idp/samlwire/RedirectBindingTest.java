package gatehouse.idp.samlwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** A signed query is what was signed, octet by octet, and nothing beside it. */
class RedirectBindingTest {

    private final SamlWire wire = new SamlWire(SamlCrypto.fastest(), () -> Instant.EPOCH);
    private final RedirectBinding binding = wire.redirectBinding();
    private final SignaturePolicy us = wire.policy(List.of(TestCredentials.US.certificate()));

    private String signed(TestCredentials by) {
        var url = binding.encodeSigned("https://idp.example/sso?tenant=1", "SAMLRequest", "<x/>", Optional.of("a b&c"),
                by.keys().getPrivate());
        assertThat(url).startsWith("https://idp.example/sso?tenant=1&SAMLRequest=");
        return URI.create(url).getRawQuery();
    }

    private static void assertRefused(SamlReason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SamlError.class, e -> assertThat(e.why()).isEqualTo(reason));
    }

    @Test
    void signedQueryIsVerified() {
        for (var by : List.of(TestCredentials.US, TestCredentials.IDP_EC)) {
            var received = binding.decode(signed(by), "SAMLRequest");
            received.verify(wire.policy(List.of(by.certificate())));
            assertThat(new String(received.xml(), StandardCharsets.UTF_8)).isEqualTo("<x/>");
            assertThat(received.relayState()).contains("a b&c");
        }
    }

    @Test
    void changedQueryIsRefused() {
        var query = signed(TestCredentials.US);
        assertRefused(SamlReason.SIGNATURE_INVALID, () -> binding.decode(query.replace("a+b", "a+c"), "SAMLRequest")
                .verify(us));
        assertRefused(SamlReason.SIGNATURE_INVALID, () -> binding.decode(
                query.replaceAll("&RelayState=[^&]*", ""), "SAMLRequest").verify(us));
        assertRefused(SamlReason.SIGNATURE_INVALID, () -> binding.decode(query.replace("a+b", "a%20b"), "SAMLRequest")
                .verify(us));
        assertRefused(SamlReason.SIGNATURE_INVALID, () -> binding.decode(
                signed(TestCredentials.STRANGER), "SAMLRequest").verify(us));
        assertRefused(SamlReason.SIGNATURE_INVALID, () -> binding.decode(
                query.replaceAll("&Signature=.*", ""), "SAMLRequest").verify(us));
        assertRefused(SamlReason.UNSIGNED, () -> binding.decode(
                query.replaceAll("&SigAlg=.*", ""), "SAMLRequest").verify(us));
    }

    @Test
    void nameThatIsSpelledOtherwiseIsRefused() {
        var query = signed(TestCredentials.US);
        for (var trick : List.of("%53AMLRequest=AAAA&" + query, query + "&%53AMLRequest=AAAA", query
                + "&SAMLReques%74=",
                query + "&Rela%79State=x", query + "&SigAl%67=x", query + "&Signatur%65=x")) {
            assertRefused(SamlReason.PARAMETER_ENCODED, () -> binding.decode(trick, "SAMLRequest"));
        }
    }

    @Test
    void repeatedParameterIsRefused() {
        var query = signed(TestCredentials.US);
        for (var name : List.of("SAMLRequest", "RelayState", "SigAlg", "Signature")) {
            assertRefused(SamlReason.PARAMETER_REPEATED,
                    () -> binding.decode(query + '&' + name + "=x", "SAMLRequest"));
            assertRefused(SamlReason.PARAMETER_REPEATED, () -> binding.decode(name + "=x&" + query, "SAMLRequest"));
        }
        assertRefused(SamlReason.PARAMETER_REPEATED, () -> binding.decode(query + "&SAMLResponse=x", "SAMLRequest"));
    }

    @Test
    void weakAlgorithmIsRefused() {
        for (var uri : List.of("http://www.w3.org/2000/09/xmldsig#rsa-sha1",
                "http://www.w3.org/2001/04/xmldsig-more#rsa-md5", "")) {
            assertRefused(SamlReason.SIGNATURE_ALGORITHM_REFUSED, () -> binding.decode(signed(TestCredentials.US)
                    .replaceAll("SigAlg=[^&]*", "SigAlg=" + URLEncoder.encode(uri, StandardCharsets.UTF_8)),
                    "SAMLRequest").verify(us));
        }
    }

    @Test
    void bombIsRefusedBeforeItUnfolds() throws Exception {
        var out = new ByteArrayOutputStream();
        try (var deflated = new DeflaterOutputStream(out, new Deflater(9, true))) {
            deflated.write(new byte[64 * 1024 * 1024]);
        }
        var query = "SAMLRequest=" + URLEncoder.encode(
                Base64.getEncoder().encodeToString(out.toByteArray()), StandardCharsets.UTF_8);
        assertRefused(SamlReason.TOO_LARGE, () -> binding.decode(query, "SAMLRequest"));
    }

    @Test
    void halfAMessageIsRefused() {
        var query = binding.encode("https://idp.example/sso", "SAMLRequest", "<x>" + "abc".repeat(50) + "</x>",
                Optional.empty());
        var raw = URI.create(query).getRawQuery();
        assertRefused(SamlReason.NOT_DEFLATED, () -> binding.decode("SAMLRequest=AAAA", "SAMLRequest"));
        assertRefused(SamlReason.NOT_DEFLATED, () -> binding.decode(raw.substring(0, 24), "SAMLRequest"));
        assertRefused(SamlReason.PARAMETER_MISSING, () -> binding.decode("RelayState=x", "SAMLRequest"));
    }
}
