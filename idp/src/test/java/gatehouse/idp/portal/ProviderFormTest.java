package gatehouse.idp.portal;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.e2e.RunningServer;
import gatehouse.idp.upstream.template.ProviderTemplates;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the portal asks about each identity provider, and what it says of answers that cannot be used. */
class ProviderFormTest {

    private static final String GOOD_ID = "aaaabbbb-0000-cccc-1111-dddd2222eeee";

    private static RunningServer server;
    private static Customer customer;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
        customer = new Customer(server.url());
        assertThat(customer.admin("POST", "/organizations", "{\"id\":\"forms\",\"display_name\":\"Forms\"}").status())
                .isEqualTo(201);
        customer.enter("forms", "\"intent\":\"sso\"");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String formOf(String choice) {
        var chosen = customer.submit("/portal/connections", Map.of("provider", choice));
        assertThat(chosen.status()).as(choice).isEqualTo(303);
        return chosen.location().replaceFirst("/values.*$", "/metadata");
    }

    @Test
    void everyWayOfEveryTemplateAsksItsOwnQuestions() {
        for (var template : ProviderTemplates.ALL) {
            for (var way : template.ways()) {
                var page = customer.get(formOf(template.id() + " " + way.name())).body();
                if (way.protocol().equals("oidc")) {
                    assertThat(way.questions()).as(template.id() + " " + way.name())
                            .allSatisfy(question -> assertThat(page).contains("name=\"" + question.name() + "\""));
                } else {
                    assertThat(page.contains("name=\"metadata_url\"")).as(template.id()).isEqualTo(
                            way.questions().stream().anyMatch(question -> question.name().equals("metadata_url")));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "okta oidc, okta_domain, acme okta, must be a host name",
        "okta oidc, okta_domain, {okta_domain}, placeholder",
        "okta oidc, okta_domain, '', Something is missing",
        "entra oidc, tenant_id, common, must be an ID",
        "entra oidc-multitenant, tenant_id, acme.example, must be an ID",
        "google oidc, hosted_domains, '<em>evil', placeholder",
        "google oidc, hosted_domains, acme_example!, must be domain names",
        "ping oidc, region, 'eu/../x', characters that do not belong there",
        "keycloak oidc, realm, a/b, characters that do not belong there",
        "generic-oidc oidc, issuer, javascript:alert(1), This is not a web address",
    })
    void anAnswerThatDoesNotFitIsRefusedWithAPlainSentenceAndTheSecretIsNotShown(
            String choice, String question, String answer, String said) {
        var fields = new HashMap<>(Map.of("okta_domain", "acme.okta.example", "tenant_id", GOOD_ID, "hosted_domains",
                "acme.example", "region", "eu", "environment_id", GOOD_ID, "host", "idp.acme.example", "realm", "acme",
                "client_id", "c", "client_secret", "a-secret-of-ours"));
        fields.put(question, answer);

        var page = customer.submit(formOf(choice), fields);

        assertThat(page.status()).isEqualTo(422);
        assertThat(page.body()).contains(said).doesNotContain("a-secret-of-ours", "<em>");
    }

    @Test
    void withoutASecretThereIsNoConnectionUnlessTheProviderTakesOurKeys() {
        var refused = customer.submit(formOf("google oidc"),
                Map.of("hosted_domains", "acme.example", "client_id", "c", "private_key_jwt", "yes"));
        assertThat(refused.body()).contains("Something is missing");

        var taken = customer.submit(formOf("okta oidc"),
                Map.of("okta_domain", "https://acme.okta.invalid/app", "client_id", "c", "private_key_jwt", "yes"));
        assertThat(taken.body()).contains("DNS does not know acme.okta.invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "<a, The XML is broken",
        "<!DOCTYPE a><a/>, a part that we do not accept",
        "<a/>, 'This is XML, but not SAML metadata'",
        "<EntityDescriptor xmlns='urn:oasis:names:tc:SAML:2.0:metadata' entityID='x'/>, no identity provider",
    })
    void whatIsWrongWithMetadataIsSaidInItsOwnWords(String document, String said) {
        var page = customer.upload(formOf("google saml"), Map.of("how", "file", "csrf", customer.csrf()),
                "metadata_file", document);

        assertThat(page.status()).as(page.body()).isEqualTo(422);
        assertThat(page.body()).contains(said);
    }
}
