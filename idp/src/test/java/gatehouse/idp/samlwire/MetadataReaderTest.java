package gatehouse.idp.samlwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What identity providers publish is understood; what is something else is called by its name. */
class MetadataReaderTest {

    private static final String MD = "xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\"";
    private static final String REDIRECT = sso("HTTP-Redirect", "https://idp.example/sso");

    private final MetadataReader reader =
            new SamlWire(SamlCrypto.fastest(), () -> Instant.parse("2026-11-20T12:00:00Z")).metadata();

    private static String sso(String binding, String location) {
        return "<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:" + binding + "\" Location=\""
                + location + "\"/>";
    }

    private static String key(String use, TestCredentials credentials) throws Exception {
        return "<md:KeyDescriptor" + use + "><ds:KeyInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:X509Data>"
                + "<ds:X509Certificate>\n" + Base64.getMimeEncoder()
                .encodeToString(credentials.certificate().getEncoded())
                + "\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>";
    }

    private static String idp(String entityId, String attributes, String content) {
        return "<md:EntityDescriptor " + MD + " entityID=\"" + entityId + "\"" + attributes + "><md:IDPSSODescriptor"
                + " protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\""
                + " WantAuthnRequestsSigned=\"true\">"
                + content + "</md:IDPSSODescriptor></md:EntityDescriptor>";
    }

    private IdpMetadata read(String xml) {
        return reader.read(xml.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    private void isRefused(String xml, String because) {
        assertThatThrownBy(() -> read(xml)).isInstanceOf(SamlError.class).hasMessageContaining(because);
    }

    @Test
    void identityProviderIsRead() throws Exception {
        var metadata = read("<?xml version=\"1.0\"?><!-- made by hand -->" + idp("https://idp.example/entity",
                " validUntil=\"2026-11-21T12:00:00Z\" cacheDuration=\"PT6H\"",
                key(" use=\"signing\"", TestCredentials.IDP) + key(" use=\"encryption\"", TestCredentials.STRANGER)
                        + REDIRECT + sso("HTTP-POST", "https://idp.example/post")));

        assertThat(metadata.entityId()).isEqualTo("https://idp.example/entity");
        assertThat(metadata.ssoRedirect()).contains(URI.create("https://idp.example/sso"));
        assertThat(metadata.ssoPost()).contains(URI.create("https://idp.example/post"));
        assertThat(metadata.signingCertificates()).containsExactly(TestCredentials.IDP.certificate());
        assertThat(metadata.wantsAuthnRequestsSigned()).isTrue();
        assertThat(metadata.validUntil()).contains(Instant.parse("2026-11-21T12:00:00Z"));
        assertThat(metadata.cacheDuration()).contains(Duration.ofHours(6));
    }

    @Test
    void keyWithoutUseServesBothPurposes() throws Exception {
        var metadata = read(idp("e", "", key("", TestCredentials.IDP)
                + key(" use=\"signing\"", TestCredentials.IDP_NEXT)
                + REDIRECT));
        assertThat(metadata.signingCertificates())
                .containsExactly(TestCredentials.IDP.certificate(), TestCredentials.IDP_NEXT.certificate());
    }

    @Test
    void oneOfSeveralIsChosenByItsEntityId() throws Exception {
        var key = key("", TestCredentials.IDP);
        var several = "<md:EntitiesDescriptor " + MD + ">" + idp("one", "", key + REDIRECT)
                + "<md:EntitiesDescriptor>" + idp("two", "", key + REDIRECT)
                + "</md:EntitiesDescriptor></md:EntitiesDescriptor>";

        assertThat(reader.read(several.getBytes(StandardCharsets.UTF_8), Optional.of("two")).entityId())
                .isEqualTo("two");
        isRefused(several, "2 identity providers");
        assertThatThrownBy(() -> reader.read(several.getBytes(StandardCharsets.UTF_8), Optional.of("three")))
                .hasMessageContaining("does not describe three");
    }

    @Test
    void expiredCertificatesAreLeftOutAndOnesAloneRefused() throws Exception {
        var expired = key("", TestCredentials.EXPIRED);
        assertThat(read(idp("e", "", expired + key("", TestCredentials.IDP) + REDIRECT)).signingCertificates())
                .containsExactly(TestCredentials.IDP.certificate());
        isRefused(idp("e", "", expired + REDIRECT), "expired on 2020-01-01");
    }

    @Test
    void whatIsSomethingElseIsCalledByItsName() throws Exception {
        var key = key("", TestCredentials.IDP);
        isRefused("", "empty");
        isRefused("hello", "not well-formed");
        isRefused("<!doctype html><html><head><title>Sign in</title></head></html>", "web page");
        isRefused("<html xmlns=\"http://www.w3.org/1999/xhtml\"/>", "web page");
        isRefused(Certificates.pem(TestCredentials.IDP.certificate()), "certificate, not a metadata document");
        isRefused("<x/>", "not a SAML metadata document");
        isRefused("<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><x>&y;</x>", "document type declaration");
        isRefused(MetadataWriter.serviceProvider(new MetadataWriter.SpRole("https://sp.example",
                List.of(new MetadataWriter.AcsEndpoint(PostBinding.URN, "https://sp.example/acs")),
                "https://sp.example/slo", List.of(TestCredentials.US.certificate()), List.of(),
                MetadataWriter.SpRole.USUAL_FORMATS, true)), "wrong direction");
        isRefused(idp("e", "", REDIRECT), "no signing certificate");
        isRefused(idp("e", "", key(" use=\"encryption\"", TestCredentials.IDP) + REDIRECT), "no signing certificate");
        isRefused(idp("e", "", key("", TestCredentials.WEAK) + REDIRECT), "too weak");
        isRefused(idp("e", "", key), "neither by the Redirect nor by the POST binding");
        isRefused(idp("e", "", key + sso("HTTP-Redirect", "javascript:alert(1)")), "not a web address");
        isRefused(idp("e", " validUntil=\"2026-11-20T12:00:00Z\"", key + REDIRECT), "valid until 2026-11-20T12:00:00Z");
        isRefused(idp("e", "", key.replace("MII", "AAA") + REDIRECT), "cannot be read");
        isRefused(idp("e", "", key + REDIRECT).replace("SAML:2.0:protocol", "SAML:1.1:protocol"),
                "no SAML 2.0 identity provider");
    }

    @Test
    void commentsAndStrangersElementsAreNoHindrance() throws Exception {
        var metadata = read(idp("https://idp.example/entity", "", "<!-- one --><md:Extensions>"
                + "<x:y xmlns:x=\"urn:x\" z=\"\">text<!-- two --></x:y></md:Extensions>" + key("", TestCredentials.IDP).replace("MII", "M<!-- -->II")
                + REDIRECT));
        assertThat(metadata.signingCertificates()).containsExactly(TestCredentials.IDP.certificate());
    }

    @Test
    void entityIsLimitedAndOthersBesideItAreNot() throws Exception {
        var content = key("", TestCredentials.IDP) + REDIRECT;
        // entity, role, key with four elements, service and extensions are eight
        java.util.function.IntFunction<String> of = elements -> idp("e" + elements, "",
                "<md:Extensions>" + "<x/>".repeat(elements - 8) + "</md:Extensions>" + content);
        int max = MetadataReader.ENTITY_ELEMENTS_MAX;
        assertThat(read(of.apply(max)).entityId()).isEqualTo("e" + max);
        isRefused(of.apply(max + 1), "too large");
        var federation = "<md:EntitiesDescriptor " + MD + ">" + of.apply(max + 1) + of.apply(9)
                + "</md:EntitiesDescriptor>";
        assertThat(reader.read(federation.getBytes(StandardCharsets.UTF_8), Optional.of("e9")).entityId())
                .isEqualTo("e9");
    }

    @Test
    void valueOfAnotherTypeIsRefused() throws Exception {
        var content = key("", TestCredentials.IDP) + REDIRECT;
        isRefused(idp("e", " cacheDuration=\"a while\"", content), "contains a value that cannot be read");
        isRefused(idp("e", " validUntil=\"tomorrow\"", content), "contains a value that cannot be read");
        isRefused(idp("e", "", key(" use=\"decoration\"", TestCredentials.IDP) + REDIRECT),
                "contains a value that cannot be read");
    }

    @Test
    void ourOwnIsReadBack() {
        var ours = MetadataWriter.identityProvider("https://login.example/saml/idp",
                "https://login.example/saml/idp/sso", "https://login.example/saml/idp/slo",
                new FakeSamlKeys().published("main"));
        var metadata = read(ours);

        assertThat(metadata.entityId()).isEqualTo("https://login.example/saml/idp");
        assertThat(metadata.signingCertificates()).containsExactly(
                TestCredentials.US.certificate(), TestCredentials.US_NEXT.certificate());
        assertThat(metadata.wantsAuthnRequestsSigned()).isFalse();
    }
}
