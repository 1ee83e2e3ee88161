package gatehouse.idp.upstream.saml;

import static gatehouse.idp.upstream.saml.SamlLogin.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.FakeSamlKeys;
import gatehouse.idp.samlwire.MetadataWriter;
import gatehouse.idp.samlwire.SamlError;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.upstream.InvalidSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Settings that cannot work are refused with their name, and never opened. */
class SamlConnectionTest {

    private final SamlLogin login = new SamlLogin();

    private void isInvalid(String setting, UnaryOperator<ObjectNode> change) {
        var settings = change.apply(settings());
        assertThatThrownBy(() -> login.type().validate(settings))
                .isInstanceOfSatisfying(InvalidSettings.class, invalid -> assertThat(invalid.setting())
                .isEqualTo(setting));
        assertThatThrownBy(() -> login.open(settings)).isInstanceOf(InvalidSettings.class);
    }

    private void isValid(UnaryOperator<ObjectNode> change) {
        assertThatCode(() -> login.type().validate(change.apply(settings()))).doesNotThrowAnyException();
    }

    @Test
    void connectionWithoutAKeyIsNotOpened() {
        isInvalid("idp_certificates", s -> s.without("idp_certificates"));
        isInvalid("idp_certificates", s -> s.set("idp_certificates", JsonNodeFactory.instance.arrayNode()));
        isInvalid("idp_entity_id", s -> s.without("idp_entity_id"));
        isInvalid("sso_url", s -> s.without("sso_url"));
        isInvalid("idp_entity_id", _ -> JsonNodeFactory.instance.objectNode());
    }

    @Test
    void everyRuleIsBrokenOnce() {
        isInvalid("idp_certificates", s -> s.set("idp_certificates", JsonNodeFactory.instance.arrayNode().add("x")));
        isInvalid("idp_certificates", s -> s.set("idp_certificates",
                JsonNodeFactory.instance.arrayNode().add(Certificates.pem(TestCredentials.WEAK.certificate()))));
        isInvalid("sso_url", s -> s.put("sso_url", "javascript:alert(1)"));
        isInvalid("sso_url", s -> s.put("sso_url", "https:///path"));
        isInvalid("sso_binding", s -> s.put("sso_binding", "artifact"));
        isInvalid("name_id_format", s -> s.put("name_id_format", "persistent"));
        isInvalid("name_id_format", s -> s.put("name_id_format",
                "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"));
        isInvalid("requested_authn_context_comparison", s -> s.put("requested_authn_context_comparison", "roughly"));
        isInvalid("clock_skew_seconds", s -> s.put("clock_skew_seconds", -1));
        isInvalid("clock_skew_seconds", s -> s.put("clock_skew_seconds", 181));
        isInvalid("clock_skew_seconds", s -> s.put("clock_skew_seconds", "a minute"));
        isInvalid("sso_url", _ -> metadataSettings().put("sso_binding", "post_simple_sign"));
        isInvalid("legacy_algorithms_until", s -> s.put("legacy_algorithms_until", "soon"));
        isInvalid("sp_entity_id", s -> s.put("sp_entity_id", ""));
        isInvalid("sp_entity_id", s -> s.put("sp_entity_id", "two words"));
        isInvalid("sp_entity_id", s -> s.put("sp_entity_id", "x".repeat(1025)));
        isInvalid("additional_audiences", s -> list(s, "additional_audiences", 17, "spn:"));
        isInvalid("additional_audiences", s -> list(s, "additional_audiences", 1, "a b"));
        isInvalid("additional_acs_urls", s -> list(s, "additional_acs_urls", 9, "https://old.example/"));
        isInvalid("additional_acs_urls", s -> list(s, "additional_acs_urls", 1, "ftp://old.example/"));
        isInvalid("additional_acs_urls", s -> list(s, "additional_acs_urls", 1, "https://old example/"));
        isInvalid("acs_index", s -> list(s, "additional_acs_urls", 2, "https://old.example/").put("acs_index", 3));
        isInvalid("acs_index", s -> s.put("acs_index", -1));
        isInvalid("idp_initiated_targets", s -> list(s, "idp_initiated_targets", 51, "https://app.example/"));
        isInvalid("idp_initiated_targets", s -> list(s, "idp_initiated_targets", 1, "javascript:alert(1)//"));
        isInvalid("idp_initiated_targets", s -> list(list(s, "idp_initiated_targets", 1, "https://a.example/"),
                "idp_initiated_targets", 1, "https://a.example/"));
        isInvalid("subject_attribute", s -> s.put("subject_attribute", " "));
        isInvalid("allow_idp_initiated", s -> s.put("allow_idp_initiated", true));
        isInvalid("metadata_xml", s -> JsonNodeFactory.instance.objectNode().put("metadata_xml", "<x/>"));
    }

    private static ObjectNode metadataSettings() {
        return JsonNodeFactory.instance.objectNode().put("metadata_xml", metadata());
    }

    /** With {@code count} more entries in a list, each of its own. */
    private static ObjectNode list(ObjectNode settings, String name, int count, String prefix) {
        var list = settings.withArray(name);
        for (int i = 0; i < count; i++) {
            list.add(prefix + i);
        }
        return settings;
    }

    /** Some things are asked of settings only when they are given: the connection that has them goes on working. */
    private void isNotTaken(String setting, UnaryOperator<ObjectNode> change) {
        var settings = change.apply(settings());
        assertThatThrownBy(() -> login.type().validate(settings))
                .isInstanceOfSatisfying(InvalidSettings.class, invalid -> assertThat(invalid.setting())
                .isEqualTo(setting));
        assertThatCode(() -> login.open(settings)).doesNotThrowAnyException();
    }

    @Test
    void whatIsPermittedForATimeEndsInTime() {
        isNotTaken("legacy_algorithms_until", s -> s.put("legacy_algorithms_until",
                login.now.plus(Duration.ofDays(366)).plusSeconds(1).toString()));
        isValid(s -> s.put("legacy_algorithms_until", login.now.plus(Duration.ofDays(366)).toString()));
        isValid(s -> s.put("legacy_algorithms_until", login.now.minusSeconds(1).toString()));
        isNotTaken("rekey_by_email_until", s -> s.put("rekey_by_email_until",
                login.now.plus(Duration.ofDays(90)).plusSeconds(1).toString()));
        isValid(s -> s.put("rekey_by_email_until", login.now.plus(Duration.ofDays(90)).toString()));
        isNotTaken("idp_initiated_targets", s -> s.put("allows_idp_initiated", true));
    }

    @Test
    void limitsThemselvesAreValid() {
        isValid(s -> list(list(list(s, "additional_acs_urls", 8, "https://old.example/").put("acs_index", 8),
                "additional_audiences", 16, "spn:"), "idp_initiated_targets", 50, "https://app.example/")
                .put("allows_idp_initiated", true).put("sp_entity_id", "x".repeat(1024))
                .put("sso_binding", "post_simple_sign"));
        isValid(s -> s.put("clock_skew_seconds", 0));
        isValid(s -> s.put("clock_skew_seconds", 180));
        isValid(s -> s.put("sso_binding", "post").put("sign_authn_requests", false));
        isValid(s -> s.put("name_id_format", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient")
                .put("subject_attribute", "uid"));
        isValid(_ -> JsonNodeFactory.instance.objectNode().put("metadata_url", "https://idp.example/metadata"));
        isValid(_ -> JsonNodeFactory.instance.objectNode().put("metadata_xml", metadata()));
        assertThat(login.fetches).isZero();
    }

    private static String metadata() {
        return MetadataWriter.identityProvider(FakeSamlIdp.ENTITY_ID, "https://idp.example/sso", "https://idp.example/slo",
                List.of(TestCredentials.IDP.certificate(), TestCredentials.IDP_EC.certificate()));
    }

    @Test
    void importedMetadataBecomesSettingsThatOpen() {
        var bytes = metadata().getBytes(StandardCharsets.UTF_8);
        var imported = login.type().metadataImport().settings(bytes, Optional.empty());

        assertThat(imported.get("idp_entity_id").asText()).isEqualTo(FakeSamlIdp.ENTITY_ID);
        assertThat(imported.get("sso_url").asText()).isEqualTo("https://idp.example/sso");
        assertThat(imported.get("sso_binding").asText()).isEqualTo("redirect");
        assertThat(imported.get("idp_certificates")).hasSize(2);
        assertThat(imported.size()).as("an import touches nothing else").isEqualTo(4);
        assertThatCode(() -> login.open(imported)).doesNotThrowAnyException();

        var url = URI.create("https://idp.example/metadata");
        login.web.put(url, bytes);
        assertThat(login.type().metadataImport().settings(url, Optional.empty(), SamlLogin.soon())).isEqualTo(imported);
        assertThatThrownBy(() -> login.type().metadataImport()
                .settings(URI.create("https://gone.example/"), Optional.empty(), SamlLogin.soon()))
                .isInstanceOf(SamlError.class).hasMessageContaining("nobody answers");
    }

    @Test
    void serviceProviderMetadataIsServedForSamlConnectionsOnly() {
        var tenancy = new FixedTenancy(List.of("globex"));
        var endpoint = new SamlUpstreamRoutes(tenancy, new FakeSamlKeys(), FixedTenancy.NO_VOICE).routes().getFirst()
                .endpoint();

        var xml = new String(endpoint.handle(FixedTenancy.get("globex"), SamlLogin.soon())
                .body(), StandardCharsets.UTF_8);
        assertThat(xml).contains("entityID=\"https://login.example/saml/sp/globex\"")
                .contains("Location=\"https://login.example/login/arrive/globex\"")
                .contains("use=\"encryption\"").contains("WantAssertionsSigned=\"true\"");
        assertThat(xml.split("use=\"signing\"")).as("the current and the next certificate").hasSize(3);
        for (var unknown : List.of("oidc", "unknown", "x".repeat(65))) {
            assertThatThrownBy(() -> endpoint.handle(FixedTenancy.get(unknown), SamlLogin.soon()))
                    .isInstanceOf(gatehouse.idp.http.BadRequest.class);
        }
    }
}
