package gatehouse.idp.portal;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.e2e.RunningServer;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.TestCredentials;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a sign-in that fails to one that works, by what the X-ray offers: one press, on record, judged again. */
class RemedyTest {

    private static final String AUDIENCE = "spn:1b4c2f0e-7b52-4b0c-9d5a-1f6a3f2d9e11";

    private static RunningServer server;
    private static Customer customer;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
        customer = new Customer(server.url()).enter("acme-ads", "\"intent\":\"sso\"");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String settings(FakeProvider provider) {
        return customer.admin("GET", "/connections/" + provider.connection(), "").body();
    }

    @Test
    void anUnexpectedAudienceIsTakenByOnePressWhichAsksAndIsOnRecord() {
        var provider = FakeProvider.setUp(customer, server.url(), "entra");
        var failed = provider.tryOut(idp -> idp.audience = AUDIENCE);
        assertThat(failed.body()).contains("SAML-AUD-01", AUDIENCE, "Identifier (Entity ID)");

        var xray = provider.attempt(failed);
        assertThat(xray.body()).contains("SAML-AUD-01", AUDIENCE, "I understand that less is checked afterwards",
                "name=\"sure\"", "required", "additional_audiences", "Would it pass now?",
                "action=\"" + xray.url() + "/replay\"").doesNotContain("href=\"" + xray.url() + "/replay");
        assertThat(customer.submit(xray.url() + "/replay", Map.of()).body())
                .contains("It would still be refused", "SAML-AUD-01");

        var before = settings(provider);
        assertThat(customer.submit(xray.url() + "/fix", Map.of("fix", "0")).status()).isEqualTo(409);
        assertThat(customer.submit(xray.url() + "/fix", Map.of("fix", "1", "sure", "yes")).status()).isEqualTo(409);
        assertThat(customer.submit(xray.url() + "/fix", Map.of("fix", "-1", "sure", "yes")).status()).isEqualTo(409);
        assertThat(settings(provider)).isEqualTo(before).doesNotContain("spn:");

        var pressed = customer.submit(xray.url() + "/fix", Map.of("fix", "0", "sure", "yes"));
        assertThat(pressed.status()).as(pressed.body()).isEqualTo(303);
        assertThat(customer.open(pressed.location()).body()).contains("Changed. Please test again.");
        assertThat(settings(provider)).contains("\"additional_audiences\":[\"" + AUDIENCE + "\"]");
        assertThat(customer.admin("GET", "/audit-events?organization=acme-ads", "").body())
                .contains("portal:it@customer.example", provider.connection());

        var users = customer.admin("GET", "/users", "").body();
        // Twice: judging spends nothing.
        for (int i = 0; i < 2; i++) {
            var judged = customer.submit(xray.url() + "/replay", Map.of());
            assertThat(judged.body()).contains("It would pass now", "Nobody was signed in")
                    .doesNotContain("SAML-AUD-01");
        }
        assertThat(provider.tryOut(idp -> idp.audience = AUDIENCE).body()).contains("It works");
        assertThat(provider.tryOut(idp -> { }).body()).as("ours is still one").contains("It works");
        assertThat(provider.tryOut(idp -> idp.audience = "spn:other").body()).contains("SAML-AUD-01");
        assertThat(customer.admin("GET", "/users", "").body()).isEqualTo(users);
    }

    @Test
    void whatCannotBeMendedHereHasNoPress() {
        var provider = FakeProvider.setUp(customer, server.url(), "okta");
        var failed = provider.tryOut(idp -> idp.status = "urn:oasis:names:tc:SAML:2.0:status:Responder");
        var xray = provider.attempt(failed);
        assertThat(xray.body()).contains("SAML-STATUS-").doesNotContain("name=\"fix\"");
        assertThat(customer.submit(xray.url() + "/fix", Map.of("fix", "0", "sure", "yes")).status()).isEqualTo(409);
    }

    @Test
    void aMessageIsJudgedByTheSettingsAsTheyWereEdited() {
        var provider = FakeProvider.setUp(customer, server.url(), "onelogin");
        var renamed = "https://idp.example/renamed";
        var xray = provider.attempt(provider.tryOut(idp -> {
            idp.issuer = renamed;
            idp.responseIssuer = renamed;
        }));
        assertThat(xray.body()).contains("SAML-ISS-01");
        assertThat(customer.submit(xray.url() + "/replay", Map.of()).body()).contains("It would still be refused");
        var edited = FakeProvider.metadata(FakeProvider.SSO, TestCredentials.IDP)
                .replace(FakeSamlIdp.ENTITY_ID, renamed);
        assertThat(customer.submit(provider.page("metadata"), Map.of("how", "file", "metadata_xml", edited)).status())
                .isEqualTo(303);
        assertThat(customer.submit(xray.url() + "/replay", Map.of()).body()).contains("It would pass now")
                .doesNotContain("SAML-ISS-01");
    }

    @Test
    void anAttemptOfAnotherOrganizationIsNeitherShownNorJudgedNorMended() {
        var provider = FakeProvider.setUp(customer, server.url(), "ping");
        var xray = provider.attempt(provider.tryOut(idp -> idp.audience = AUDIENCE));
        var attempt = xray.url().replaceFirst("^.*/", "");
        var globex = new Customer(server.url()).enter("globex-media", "\"intent\":\"sso\"");
        var before = settings(provider);
        for (var under : new String[] {provider.connection(), "globex-saml"}) {
            var page = "/portal/connections/" + under + "/attempts/" + attempt;
            assertThat(globex.get(page).status()).isEqualTo(404);
            assertThat(globex.submit(page + "/replay", Map.of()).status()).isEqualTo(404);
            assertThat(globex.submit(page + "/fix", Map.of("fix", "0", "sure", "yes")).status()).isEqualTo(404);
        }
        assertThat(customer.get("/portal/connections/acme-oidc/attempts/" + attempt).status())
                .as("nor under another connection of the own organization").isEqualTo(404);
        assertThat(settings(provider)).isEqualTo(before);
    }
}
