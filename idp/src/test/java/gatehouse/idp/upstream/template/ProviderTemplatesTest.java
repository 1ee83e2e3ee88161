package gatehouse.idp.upstream.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.keys.ClientKeys;
import gatehouse.idp.keys.JwksDocuments;
import gatehouse.idp.keys.SigningAlgorithm;
import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.upstream.ConnectorType;
import gatehouse.idp.upstream.InvalidSettings;
import gatehouse.idp.upstream.oidc.NothingAccepted;
import gatehouse.idp.upstream.oidc.OidcConnectorType;
import gatehouse.idp.upstream.saml.SamlLogin;
import gatehouse.sessions.Stores;
import gatehouse.sessions.memory.MemoryStores;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderTemplatesTest {

    private static final HttpCaller NOWHERE = new HttpCaller() {
        @Override
        public Answer get(URI uri, Map<String, String> headers, Deadline deadline) {
            throw new AssertionError("settings are checked without a call");
        }

        @Override
        public Answer post(URI uri, Map<String, String> headers, byte[] body, Deadline deadline) {
            throw new AssertionError("settings are checked without a call");
        }
    };

    private static final ClientKeys NO_KEYS = new ClientKeys() {
        @Override
        public String signAssertion(String issuer, SigningAlgorithm algorithm, byte[] claims) {
            throw new AssertionError("settings are checked without a signature");
        }

        @Override
        public JwksDocuments.Document assertionKeys(String issuer) {
            throw new AssertionError("settings are checked without keys");
        }
    };

    private static final Stores STORES = MemoryStores.create(InstantSource.system());
    private static final OidcConnectorType.Memory MEMORY =
            new OidcConnectorType.Memory(STORES.flows(), STORES.replays(), new NothingAccepted());

    private static ConnectorType type(Way way) {
        return way.protocol().equals("saml")
                ? new SamlLogin().type()
                : new OidcConnectorType(NOWHERE, NO_KEYS, MEMORY, InstantSource.system(), Runnable::run);
    }

    static Stream<Arguments> ways() {
        return ProviderTemplates.ALL.stream()
                .flatMap(template -> template.ways().stream().map(way -> Arguments.of(template.id(), way)));
    }

    /** What a person would type, by the examples they are shown. */
    private static Map<String, String> answers(Way way) {
        var answers = new HashMap<String, String>();
        way.questions().forEach(question -> answers.put(question.name(), question.example()));
        if (way.protocol().equals("oidc")) {
            answers.put("client_secret", "s3cret");
        } else if (answers.containsKey("metadata_url")) {
            answers.keySet().retainAll(List.of("metadata_url"));
        } else {
            answers.put("idp_certificates", Certificates.pem(TestCredentials.IDP.certificate()));
        }
        return answers;
    }

    @Test
    void everyProviderIsThereOnce() {
        assertThat(ProviderTemplates.ALL).extracting(ProviderTemplate::id).doesNotHaveDuplicates().contains(
                "okta", "entra", "google", "adfs", "ping", "onelogin", "jumpcloud", "auth0", "shibboleth", "keycloak",
                "generic-saml", "generic-oidc");
        assertThat(ProviderTemplates.find("okta").orElseThrow().way("saml")).isPresent();
        assertThat(ProviderTemplates.find("okta' or 1=1")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theExamplesOfEveryWayAreSettingsThatItsProtocolTakes(String provider, Way way) {
        var settings = way.settings(answers(way));

        type(way).validate(settings);

        assertThat(settings.path("issuer").asText()).as(provider).doesNotContain("{", "}");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aMissingAnswerIsNamed(String provider, Way way) {
        for (var question : way.questions().stream().filter(Question::required).toList()) {
            var answers = answers(way);
            answers.remove(question.name());

            assertThat(catchThrowableOfType(InvalidSettings.class, () -> way.settings(answers)).setting())
                    .as(provider).isEqualTo(question.name());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "okta,oidc,okta_domain,acme.okta.com,https://acme.okta.com",
        "okta,oidc,okta_domain,https://Acme.Okta.com/,https://acme.okta.com",
        "okta,oidc,okta_domain,https://acme.okta.com/oauth2/default?x=1,https://acme.okta.com",
        "auth0,oidc,auth0_domain,acme.eu.auth0.com,https://acme.eu.auth0.com/",
        "onelogin,oidc,subdomain,acme,https://acme.onelogin.com/oidc/2",
    })
    void blanksAreFilledWithWhatIsPasted(String id, String name, String blank, String answer, String issuer) {
        var way = ProviderTemplates.find(id).orElseThrow().way(name).orElseThrow();

        var settings = way.settings(Map.of(blank, answer, "client_id", "c"));

        assertThat(settings.get("issuer").textValue()).isEqualTo(issuer);
        assertThat(settings.has(blank)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user@acme.okta.com", "acme.okta.com\nevil", "{host}",
        "http://acme.okta.com", "-", "..", "acme .okta.com", "acme.okta.com:123456", "[::1]"})
    void anAnswerThatWouldLeadElsewhereIsRefused(String answer) {
        var way = OidcWays.OKTA;

        assertThatThrownBy(() -> way.settings(Map.of("okta_domain", answer, "client_id", "c")))
                .isInstanceOf(InvalidSettings.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "organizations", "../x", "{tenantid}", "aaaabbbb-0000-cccc-1111-dddd2222eeeg"})
    void aDirectoryIsNamedByItsIdOnly(String answer) {
        for (var way : List.of(OidcWays.ENTRA, OidcWays.ENTRA_MULTITENANT)) {
            assertThatThrownBy(() -> way.settings(Map.of("tenant_id", answer, "client_id", "c")))
                    .isInstanceOf(InvalidSettings.class).hasMessageContaining("id");
        }
    }

    @Test
    void aDirectoryBindsSingleAndMultiTenantApplicationsAlike() {
        var answers = Map.of("tenant_id", "AAAABBBB-0000-CCCC-1111-DDDD2222EEEE", "client_id", "c");

        var single = OidcWays.ENTRA.settings(answers);
        var many = OidcWays.ENTRA_MULTITENANT.settings(answers);

        assertThat(single.get("issuer").textValue())
                .isEqualTo("https://login.microsoftonline.com/aaaabbbb-0000-cccc-1111-dddd2222eeee/v2.0");
        assertThat(many.get("issuer").textValue()).isEqualTo("https://login.microsoftonline.com/organizations/v2.0");
        assertThat(List.of(single, many)).allSatisfy(settings ->
                assertThat(settings.get("tenant_id").textValue()).isEqualTo("aaaabbbb-0000-cccc-1111-dddd2222eeee"));
    }

    @Test
    void severalDomainsAreOneAnswer() {
        var settings = OidcWays.GOOGLE.settings(Map.of("hosted_domains", "Acme.example, acme.test", "client_id", "c"));

        assertThat(settings.get("hosted_domains").toString()).isEqualTo("[\"acme.example\",\"acme.test\"]");
    }

    @Test
    void twoCertificatesAreOneAnswer() {
        var pem = Certificates.pem(TestCredentials.IDP.certificate());

        var settings = SamlWays.GENERIC.settings(Map.of("idp_certificates", pem + "\n" + pem));

        assertThat(settings.get("idp_certificates")).hasSize(2);
    }
}
