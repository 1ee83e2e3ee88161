package gatehouse.idp.samlidp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.idp.client.Client;
import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.samlwire.MetadataWriter;
import gatehouse.idp.samlwire.MetadataWriter.AcsEndpoint;
import gatehouse.idp.samlwire.PostBinding;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.upstream.InvalidSettings;
import gatehouse.idp.upstream.saml.SamlLogin;
import gatehouse.spi.ClientId;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What service providers publish about themselves, followed and imported. */
class PublishedServiceProvidersTest {

    private static final URI URL = URI.create("https://sp.example/metadata");
    private static final String ENTITY_ID = "https://sp.example/saml";

    private final SamlLogin world = new SamlLogin();
    private final ServiceProvider registered = new ServiceProvider(ENTITY_ID, "main", Optional.empty(), "Reports",
            List.of("https://sp.example/acs"), List.of(TestCredentials.US.certificate()), true,
            "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", Map.of(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(URL), true, 1);
    private final PublishedServiceProviders catalog = new PublishedServiceProviders(new ClientCatalog() {
        @Override
        public Optional<Client> client(String issuer, ClientId id, Deadline deadline) {
            return Optional.empty();
        }

        @Override
        public Optional<ServiceProvider> serviceProvider(String issuer, String entityId, Deadline deadline) {
            return Optional.of(registered).filter(sp -> sp.issuer().equals(issuer) && sp.entityId().equals(entityId));
        }
    }, world.wire, world.http, world.time, Runnable::run);

    private static byte[] metadata(String entityId, String acs, String logout, TestCredentials key) {
        return MetadataWriter.serviceProvider(new MetadataWriter.SpRole(
                entityId, List.of(new AcsEndpoint(PostBinding.URN, acs)), logout, List.of(key.certificate()),
                List.of(TestCredentials.US_NEXT.certificate()), MetadataWriter.SpRole.USUAL_FORMATS, true))
                .getBytes(StandardCharsets.UTF_8);
    }

    private void publish(TestCredentials key) {
        world.web.put(URL, metadata(ENTITY_ID, "https://sp.example/new-acs", "https://sp.example/slo", key));
    }

    private ServiceProvider now() {
        return catalog.serviceProvider("main", ENTITY_ID, SamlLogin.soon()).orElseThrow();
    }

    @Test
    void publishedKeysAndAddressesAreFollowed() {
        publish(TestCredentials.IDP);
        assertThat(now().certificates()).containsExactly(TestCredentials.IDP.certificate());
        assertThat(now().encryption().orElseThrow().certificate()).isEqualTo(TestCredentials.US_NEXT.certificate());
        assertThat(now().assertionConsumerServices())
                .containsExactly("https://sp.example/acs", "https://sp.example/new-acs");
        assertThat(now().logout().redirectUrl()).contains(URI.create("https://sp.example/slo"));
        assertThat(now().wantsAuthnRequestsSigned()).isTrue();
        assertThat(world.fetches).isEqualTo(1);

        publish(TestCredentials.IDP_NEXT);
        assertThat(now().certificates()).containsExactly(TestCredentials.IDP.certificate());
        world.now = world.now.plus(Duration.ofMinutes(61));
        now(); // asks anew, and does not wait
        assertThat(now().certificates()).containsExactly(TestCredentials.IDP_NEXT.certificate());
    }

    @Test
    void answersGoToNoHostThatIsOnlyPublished() {
        world.web.put(URL, metadata(ENTITY_ID, "https://evil.example/acs", "https://evil.example/slo",
                TestCredentials.IDP));

        assertThat(now().assertionConsumerServices()).containsExactly("https://sp.example/acs");
        assertThat(now().logout().hasFrontChannel()).isFalse();
    }

    @Test
    void staleCopyGoesOnServingAndSoDoesWhatIsRegistered() {
        assertThat(now()).isEqualTo(registered); // nobody answers
        publish(TestCredentials.IDP);
        assertThat(now()).as("not asked again at once").isEqualTo(registered);
        world.now = world.now.plus(Duration.ofMinutes(2));
        assertThat(now().certificates()).containsExactly(TestCredentials.IDP.certificate());

        for (var broken : List.of("", "<html/>", "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><x>&y;</x>")) {
            world.web.put(URL, broken.getBytes(StandardCharsets.UTF_8));
            world.now = world.now.plus(Duration.ofHours(25));
            now();
            assertThat(now().certificates()).as(broken).containsExactly(TestCredentials.IDP.certificate());
        }
        world.web.put(URL, metadata("https://another.example", "https://sp.example/acs", "https://sp.example/slo",
                TestCredentials.STRANGER));
        world.now = world.now.plus(Duration.ofHours(25));
        now();
        assertThat(now().certificates()).containsExactly(TestCredentials.IDP.certificate());
    }

    private com.fasterxml.jackson.databind.node.ObjectNode imported(String xml) {
        return new ServiceProviderImporter(world.wire, world.http).settings(
                JsonNodeFactory.instance.objectNode().put("metadata_xml", xml), SamlLogin.soon());
    }

    @Test
    void importTakesKeysAndAddressesOver() {
        var settings = imported(new String(metadata(ENTITY_ID, "https://sp.example/acs", "https://sp.example/slo",
                TestCredentials.IDP), StandardCharsets.UTF_8));

        assertThat(settings.path("entity_id").asText()).isEqualTo(ENTITY_ID);
        assertThat(settings.path("assertion_consumer_services").get(0).asText()).isEqualTo("https://sp.example/acs");
        assertThat(settings.path("certificates")).hasSize(1);
        assertThat(settings.path("wants_authn_requests_signed").asBoolean()).isTrue();
        assertThat(settings.path("encryption").path("content").asText()).isEqualTo("aes256-gcm");
        assertThat(settings.path("single_logout").path("post_url").asText()).isEqualTo("https://sp.example/slo");
        assertThat(settings.has("attributes")).isFalse();
    }

    @Test
    void importOfAnythingElseSaysWhatIsWrong() {
        for (var wrong : Map.of("hello", "not accepted",
                "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"x\"/>",
                "describes 0 SAML service providers",
                new String(metadata(ENTITY_ID, "javascript:alert(1)", "https://sp.example/slo", TestCredentials.IDP),
                        StandardCharsets.UTF_8), "not a web address").entrySet()) {
            assertThatThrownBy(() -> imported(wrong.getKey())).isInstanceOf(InvalidSettings.class)
                    .hasMessageContaining(wrong.getValue());
        }
        assertThatThrownBy(() -> new ServiceProviderImporter(world.wire, world.http).settings(
                JsonNodeFactory.instance.objectNode().put("metadata_url", "file:///etc/passwd"), SamlLogin.soon()))
                .isInstanceOf(InvalidSettings.class);
    }
}
