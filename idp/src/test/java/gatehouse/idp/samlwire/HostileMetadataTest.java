package gatehouse.idp.samlwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Metadata that is meant to hurt, or that is something else: refused in words that an administrator understands. */
class HostileMetadataTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String MD = "xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\"";
    private static final String HONEST = MetadataWriter.identityProvider("https://idp.example",
            "https://idp.example/sso", "https://idp.example/slo",
            List.of(TestCredentials.IDP.certificate())).replaceFirst("<\\?xml[^>]*>", "").strip();

    private final MetadataReader reader = new SamlWire(SamlCrypto.fastest(), () -> NOW).metadata();

    /** One document. @param words part of what the administrator is told */
    record Upload(String name, String words, byte[] xml) {

        static Upload text(String name, String words, String xml) {
            return new Upload(name, words, xml.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Upload> uploads() {
        return Stream.of(doctypes(), encodings(), locations(), keys(), dates(), sizes(), kinds())
                .flatMap(uploads -> uploads);
    }

    private static Stream<Upload> doctypes() {
        return Stream.of("<!DOCTYPE x>", "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"http://169.254.169.254/\">]>",
                "<!DOCTYPE x [<!ENTITY % e SYSTEM \"http://169.254.169.254/\"> %e;]>",
                "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>")
                .map(type -> Upload.text(type, "document type declaration", type + HONEST));
    }

    private static Stream<Upload> encodings() {
        return Stream.concat(
                Stream.of("UTF-16", "UTF-16LE", "UTF-32", "IBM037").map(name -> new Upload("in " + name,
                        "not well-formed",
                        HONEST.getBytes(Charset.forName(name)))),
                Stream.of("UTF-7", "UTF-16", "ISO-8859-1").map(name -> Upload.text("called " + name, "not well-formed",
                        "<?xml version=\"1.0\" encoding=\"" + name + "\"?>" + HONEST)));
    }

    private static Stream<Upload> locations() {
        return Stream.of("javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "file:///etc/passwd",
                        "ftp://idp.example/", "jar:http://idp.example/a!/b", "ldap://idp.example",
                                "gopher://idp.example",
                        "//idp.example/sso", "/sso", "sso", "", " ", "http:", "https:///sso", "https://", "https:sso",
                        "https://idp.example\\@evil.example/", "https://idp.example/a b", "https://idp example/",
                        "https://idp.example/&#10;Location: x", "https://[::1/", "https://%65vil/", "urn:x",
                        "https://user@idp.example/", "https://user:pass@idp.example/", "https://idp.example/#x")
                .map(location -> Upload.text("sign-in at " + location,
                        "address of the identity provider's sign-in service",
                        HONEST.replaceAll("Location=\"[^\"]*\"", "Location=\"" + location.replace("\\", "\\\\")
                                + '"')));
    }

    private static Stream<Upload> keys() {
        var data = "(?s)<ds:X509Data>.*?</ds:X509Data>";
        var info = "(?s)<ds:KeyInfo[ >].*?</ds:KeyInfo>";
        return Stream.of(
                Upload.text("no key info", "no signing certificate", HONEST.replaceAll(info, "")),
                Upload.text("no certificate", "no signing certificate", HONEST.replaceAll(data, "")),
                Upload.text("a key from elsewhere", "no signing certificate", HONEST.replaceAll(data,
                        "<ds:RetrievalMethod URI=\"http://169.254.169.254/key\"/>")),
                Upload.text("a key value alone", "no signing certificate", HONEST.replaceAll(data,
                        "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus><ds:Exponent>AQAB</ds:Exponent>"
                                + "</ds:RSAKeyValue></ds:KeyValue>")),
                Upload.text("a certificate that is none", "certificate in the metadata cannot be read",
                        HONEST.replaceAll(data,
                                "<ds:X509Data><ds:X509Certificate>AAAA</ds:X509Certificate></ds:X509Data>")),
                Upload.text("an empty certificate", "certificate in the metadata cannot be read",
                        HONEST.replaceAll(data, "<ds:X509Data><ds:X509Certificate/></ds:X509Data>")),
                Upload.text("keys for encryption only", "no signing certificate",
                        HONEST.replace("use=\"signing\"", "use=\"encryption\"")),
                Upload.text("a weak key", "too weak", HONEST.replaceAll(data, "<ds:X509Data><ds:X509Certificate>"
                        + XmlSigner.encoded(TestCredentials.WEAK.certificate())
                        + "</ds:X509Certificate></ds:X509Data>")));
    }

    private static Stream<Upload> dates() {
        return Stream.concat(
                Stream.of("tomorrow", "2026-11-20", "+1000000000-12-31T23:59:59Z", "").map(date -> Upload.text(
                        "valid until " + date, "cannot be read", HONEST.replaceFirst(" entityID=", " validUntil=\""
                                + date
                                + "\" entityID="))),
                Stream.of(
                        Upload.text("valid until now", "valid until 2026-11-20T12:00:00Z",
                                HONEST.replaceFirst(" entityID=", " validUntil=\"" + NOW + "\" entityID=")),
                        Upload.text("in a federation that is not valid any more", "valid until 2026-11-19",
                                "<md:EntitiesDescriptor " + MD + " validUntil=\"2026-11-19T00:00:00Z\">" + HONEST
                                        + "</md:EntitiesDescriptor>"),
                        Upload.text("in part of a federation that is not valid any more", "valid until 2026-11-19",
                                "<md:EntitiesDescriptor " + MD + " validUntil=\"2027-01-01T00:00:00Z\">"
                                        + "<md:EntitiesDescriptor validUntil=\"2026-11-19T00:00:00Z\">"
                                        + HONEST.replaceFirst(" entityID=",
                                                " validUntil=\"2027-01-01T00:00:00Z\" entityID=")
                                        + "</md:EntitiesDescriptor></md:EntitiesDescriptor>")));
    }

    private static Stream<Upload> sizes() {
        return Map.of(
                "3 000 comments", "<!---->".repeat(3_000), "200 000 comments", "<!---->".repeat(200_000),
                "300 000 elements", "<x/>".repeat(300_000), "60 elements within each other", "<x>".repeat(60)
                        + "</x>".repeat(60), "nine megabytes", "a".repeat(9 << 20),
                "5 000 names", IntStream.range(0, 5_000).mapToObj(i -> "<n" + i + "/>").reduce("", String::concat),
                "5 001 elements of one entity", "<x/>".repeat(5_001)).entrySet().stream().map(size -> Upload.text(
                        size.getKey(), "too large", HONEST.replaceFirst("<md:IDPSSODescriptor", "<md:Extensions>"
                                + size.getValue() + "</md:Extensions><md:IDPSSODescriptor")));
    }

    private static Stream<Upload> kinds() {
        var certificates = List.of(TestCredentials.US.certificate());
        return Stream.of(
                Upload.text("nothing", "empty", ""), Upload.text("text", "not well-formed", "metadata"),
                Upload.text("a page", "web page", "<!doctype html><html><body>Sign in</body></html>"),
                Upload.text("a page as XML", "web page", "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body/></html>"),
                Upload.text("a certificate", "a certificate, not", Certificates.pem(TestCredentials.IDP.certificate())),
                Upload.text("JSON", "not well-formed", "{\"issuer\":\"https://idp.example\"}"),
                Upload.text("a message", "not a SAML metadata document", "<samlp:Response xmlns:samlp=\"urn:x\"/>"),
                Upload.text("a service provider", "wrong direction",
                        MetadataWriter.serviceProvider(new MetadataWriter.SpRole("https://sp.example",
                                List.of(new MetadataWriter.AcsEndpoint(PostBinding.URN, "https://sp.example/acs")),
                                "https://sp.example/slo", certificates, certificates,
                                MetadataWriter.SpRole.USUAL_FORMATS, true))),
                Upload.text("SAML 1.1", "no SAML 2.0 identity provider",
                        HONEST.replace("SAML:2.0:protocol", "SAML:1.1:protocol")),
                Upload.text("no role", "no SAML 2.0 identity provider",
                        HONEST.replaceAll("(?s)<md:IDPSSODescriptor.*</md:IDPSSODescriptor>", "")),
                Upload.text("a federation of nobody", "0 identity providers", "<md:EntitiesDescriptor " + MD + "/>"),
                Upload.text("a federation of two", "2 identity providers", "<md:EntitiesDescriptor " + MD + ">" + HONEST
                        + HONEST.replace("entityID=\"https://idp.example\"", "entityID=\"https://other.example\"")
                        + "</md:EntitiesDescriptor>"),
                Upload.text("no binding of ours", "neither by the Redirect nor by the POST",
                        HONEST.replace("HTTP-Redirect", "SOAP").replace("HTTP-POST", "PAOS")));
    }

    @ParameterizedTest
    @MethodSource("uploads")
    void isRefusedInWords(Upload upload) {
        assertThatThrownBy(() -> reader.read(upload.xml(), Optional.empty()))
                .isInstanceOfSatisfying(SamlError.class, refused -> {
                    assertThat(refused.why()).isEqualTo(SamlReason.METADATA_INVALID);
                    assertThat(refused.description()).contains(upload.words()).hasSizeLessThan(300);
                });
    }

    @Test
    void twoOfOneNameAreNobody() {
        var twice = "<md:EntitiesDescriptor " + MD + ">" + HONEST + HONEST.replace("idp.example/sso",
                "evil.example/sso")
                + "</md:EntitiesDescriptor>";
        assertThatThrownBy(() -> reader.read(twice.getBytes(StandardCharsets.UTF_8),
                Optional.of("https://idp.example")))
                .isInstanceOf(SamlError.class).hasMessageContaining("more than once");
    }

    @Test
    void oneOfAFederationOfThousandsIsFound() {
        var federation = new StringBuilder("<md:EntitiesDescriptor " + MD + " validUntil=\"2026-11-21T00:00:00Z\">");
        for (int i = 0; i < 3_000; i++) {
            federation.append(HONEST.replace("https://idp.example\"", "https://idp" + i + ".example\""));
        }
        var xml = federation.append("</md:EntitiesDescriptor>").toString().getBytes(StandardCharsets.UTF_8);

        var found = reader.read(xml, Optional.of("https://idp2999.example"));

        assertThat(found.entityId()).isEqualTo("https://idp2999.example");
        assertThat(found.validUntil()).contains(Instant.parse("2026-11-21T00:00:00Z"));
    }
}
