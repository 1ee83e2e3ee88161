package gatehouse.idp.samlidp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.client.AssertionEncryption;
import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.login.LoginOutcome;
import gatehouse.idp.page.Page;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.saml.SamlLogin;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each service provider gets signed, encrypted, named and sent unasked, as it is registered. */
class ProtectionTest {

    private static final URI METADATA = URI.create(SamlIdpHouse.ISSUER.at("/saml/idp"));
    private static final String ENTITY_ID = SamlLogin.us("globex").entityId();

    private final SamlIdpHouse house = new SamlIdpHouse();
    private final SamlLogin login = new SamlLogin();

    @BeforeEach
    void introduceThemToEachOther() {
        login.web.put(METADATA, house.get("/saml/idp", "").body());
        house.login.signedIn = true;
    }

    private void register(Optional<String> signedParts, Optional<AssertionEncryption> encryption, boolean begunHere,
            Map<String, String> formats) {
        var us = SamlLogin.us("globex");
        var plain = SamlIdpHouse.serviceProvider(us.entityId(), us.acs());
        house.register(new ServiceProvider(plain.entityId(), plain.issuer(), plain.organization(), "Globex",
                plain.assertionConsumerServices(), List.of(), false, plain.nameIdFormat(), plain.attributes(),
                Optional.of(formats), signedParts, encryption, Optional.empty(), Optional.of(begunHere),
                Optional.empty(), true, 1));
    }

    private static Optional<AssertionEncryption> encryption(String content, String transport) {
        return Optional.of(new AssertionEncryption(
                TestCredentials.US.certificate(), Optional.of(content), Optional.of(transport)));
    }

    private static ObjectNode settings() {
        return JsonNodeFactory.instance.objectNode().put("metadata_url", METADATA.toString());
    }

    private String xml() {
        var post = (Page.AutoPost) house.shown.orElseThrow();
        return new String(Base64.getDecoder().decode(post.fields().get("SAMLResponse")), StandardCharsets.UTF_8);
    }

    private UpstreamIdentity signIn(Connector connector) {
        var departure = (Departure.Redirect) connector.depart(SamlLogin.call(), SamlLogin.soon());
        house.get("/saml/idp/sso", URI.create(departure.url()).getRawQuery());
        var form = new StringBuilder();
        ((Page.AutoPost) house.shown.orElseThrow()).fields().forEach((name, value) -> form
                .append(form.isEmpty() ? "" : "&").append(name).append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return SamlLogin.arrive(connector, Optional.of(departure.pending()), form.toString());
    }

    @Test
    void eachChoiceOfSignaturesIsAccepted() {
        for (var parts : List.of("both", "response", "assertion")) {
            register(Optional.of(parts), Optional.empty(), false, Map.of());
            assertThat(signIn(login.open(settings())).email()).as(parts).contains("ada@acme-ads.example");
            assertThat(xml().split("<ds:Signature ", -1)).hasSize(parts.equals("both") ? 3 : 2);
        }
    }

    @Test
    void encryptedAssertionsAreReadByWhomTheyAreFor() {
        for (var content : List.of("aes256-gcm", "aes128-gcm")) {
            for (var transport : List.of("rsa-oaep-mgf1p", "rsa-oaep-sha256")) {
                for (var parts : List.of("both", "response", "assertion")) {
                    register(Optional.of(parts), encryption(content, transport), false, Map.of());
                    assertThat(signIn(login.open(settings())).email()).contains("ada@acme-ads.example");
                    assertThat(xml()).contains(content).doesNotContain("ada@").doesNotContain("NameID");
                }
            }
        }
    }

    @Test
    void blockModeIsForThoseWhoKnowNothingElse() {
        register(Optional.of("both"), encryption("aes256-cbc", "rsa-oaep-mgf1p"), false, Map.of());
        assertThatThrownBy(() -> signIn(login.open(settings()))).isInstanceOf(UpstreamRefusal.class);
        assertThat(signIn(login.open(settings().put("allows_cbc_encryption", true))).email())
                .contains("ada@acme-ads.example");
    }

    @Test
    void namesOfAttributesAreUnderstoodAsRegistered() {
        register(Optional.empty(), Optional.empty(), false, Map.of("email", "unspecified"));
        signIn(login.open(settings()));

        assertThat(xml()).contains("Name=\"email\" NameFormat=\"urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified\"",
                "Name=\"givenName\" NameFormat=\"urn:oasis:names:tc:SAML:2.0:attrname-format:basic\"",
                "Name=\"urn:oid:2.5.4.4\" NameFormat=\"urn:oasis:names:tc:SAML:2.0:attrname-format:uri\"");
    }

    @Test
    void valuesWriteNoXml() {
        register(Optional.empty(), Optional.empty(), false, Map.of());
        var identity = signIn(login.open(settings()));

        assertThat(identity.givenName()).contains("Ada <&\">");
        assertThat(xml()).contains("Ada &lt;&amp;\"&gt;");
    }

    private String errorCode() {
        return ((Page.Error) house.shown.orElseThrow()).code();
    }

    @Test
    void peopleBeginHereWhereThatIsRegistered() {
        var query = "sp=" + URLEncoder.encode(ENTITY_ID, StandardCharsets.UTF_8) + "&RelayState=%22%3E%3Cscript%3E";
        register(Optional.empty(), Optional.empty(), false, Map.of());
        house.get("/saml/idp/init", query);
        assertThat(errorCode()).isEqualTo("SAML-APP-01");

        register(Optional.empty(), Optional.empty(), true, Map.of());
        house.get("/saml/idp/init", query);
        assertThat(xml()).contains("status:Success").doesNotContain("InResponseTo");
        assertThat(((Page.AutoPost) house.shown.orElseThrow()).fields()).containsEntry("RelayState", "\"><script>");

        for (var hostile : List.of("", "sp=", "sp=https://stranger.example", query + "&sp=x",
                query.replaceFirst("RelayState=.*", "RelayState=" + "A".repeat(2_049)))) {
            house.get("/saml/idp/init", hostile);
            assertThat(errorCode()).as(hostile).startsWith("SAML-APP-0");
        }
        house.get("/saml/idp/init", query.replaceFirst("RelayState=.*", "RelayState=" + "A".repeat(2_048)));
        assertThat(xml()).contains("status:Success");
    }

    @Test
    void beginningHereIsAskedAboutAgainAtTheEnd() {
        house.login.signedIn = false;
        register(Optional.empty(), Optional.empty(), true, Map.of());
        house.get("/saml/idp/init", "sp=" + URLEncoder.encode(ENTITY_ID, StandardCharsets.UTF_8));
        house.login.outcome = new LoginOutcome.Finished(house.login.result());
        register(Optional.empty(), Optional.empty(), false, Map.of());

        house.get("/saml/idp/resume", "flow=f");

        assertThat(errorCode()).isEqualTo("SAML-APP-01");
    }
}
