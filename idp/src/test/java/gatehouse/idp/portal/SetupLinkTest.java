package gatehouse.idp.portal;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.e2e.RunningServer;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Setup links: who gets in by one, how often, and what becomes of the rest. */
class SetupLinkTest {

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Customer customer() {
        return new Customer(server.url());
    }

    @Test
    void lookingAtALinkSpendsNothingAndItsButtonOpensTheSetup() {
        var customer = customer();
        var link = customer.link("acme-ads", "\"intent\":\"sso\"");
        for (int i = 0; i < 3; i++) {
            var page = customer().get(link);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).contains("Nina of Gatehouse", "it@customer.example", "Open the setup",
                    "Nothing is enforced until you say so");
        }
        var opened = customer.post(link, Map.of());
        assertThat(opened.status()).isEqualTo(303);
        assertThat(opened.location()).isEqualTo("/portal");
        assertThat(customer.open("/portal").body()).contains("Acme Ads");
    }

    @Test
    void ofManyPressesAtOnceExactlyOneGetsIn() throws Exception {
        var link = customer().link("acme-ads", "\"intent\":\"sso\"");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var presses = threads.invokeAll(IntStream.range(0, 24)
                    .mapToObj(_ -> (Callable<Integer>) () -> customer().post(link, Map.of()).status()).toList());
            var statuses = presses.stream().map(press -> press.resultNow()).toList();
            assertThat(statuses).filteredOn(status -> status == 303).hasSize(1);
            assertThat(statuses).filteredOn(status -> status == 410).hasSize(23);
        }
    }

    @Test
    void aSpentLinkSaysWhomToAskAndPassesTheQuestionOn() {
        var link = customer().link("acme-ads", "\"intent\":\"sso\"");
        var first = customer();
        first.post(link, Map.of());
        assertThat(first.get(link).body()).contains("Go on with the setup");

        var second = customer();
        var page = second.get(link);
        assertThat(page.status()).isEqualTo(410);
        assertThat(page.body()).contains("This link has been used", "Ask Nina of Gatehouse", "Request a new link");
        assertThat(second.post(link + "/ask", Map.of()).status()).isEqualTo(303);
        assertThat(second.get(link).body()).contains("Your request is noted");
        assertThat(second.admin("GET", "/organizations/acme-ads/setup-links", "").body())
                .contains("\"wanted_again_at\"").contains("\"status\":\"used\"").doesNotContain("/setup/");
    }

    @Test
    void aRevokedLinkOpensNothingAndEndsWhatItOpened() {
        var customer = customer();
        var link = customer.link("acme-ads", "\"intent\":\"sso\"");
        customer.post(link, Map.of());
        assertThat(customer.get("/portal").status()).isEqualTo(200);
        var list = customer.admin("GET", "/organizations/acme-ads/setup-links", "").body();
        var id = list.replaceFirst("(?s)^.*?\"id\":\"([^\"]+)\".*$", "$1");
        assertThat(customer.admin("DELETE", "/organizations/globex-media/setup-links/" + id, "").status())
                .isEqualTo(404);
        assertThat(customer.get("/portal").status()).isEqualTo(200);
        assertThat(customer.admin("DELETE", "/organizations/acme-ads/setup-links/" + id, "").status()).isEqualTo(204);
        assertThat(customer.get("/portal").status()).isEqualTo(401);
        assertThat(customer.get(link).body()).contains("withdrawn");
        assertThat(customer().post(link, Map.of()).status()).isEqualTo(410);
    }

    @Test
    void aLinkIsOnlyForWhatItWasMadeFor() {
        var customer = customer().enter("acme-ads", "\"intent\":\"domain\"");
        assertThat(customer.get("/portal/domains").status()).isEqualTo(200);
        assertThat(customer.get("/portal/connections").status()).isEqualTo(403);
        assertThat(customer.get("/portal/connections/acme-oidc/metadata").status()).isEqualTo(403);
        var renewal = customer().enter("acme-ads", "\"intent\":\"certificate-renewal\",\"connection\":\"acme-oidc\"");
        assertThat(renewal.get("/portal/connections/acme-oidc/metadata").status()).isEqualTo(200);
        assertThat(renewal.get("/portal/connections/acme-oidc/activate").status()).isEqualTo(403);
        assertThat(renewal.get("/portal/domains").status()).isEqualTo(403);
    }

    @Test
    void whatIsAskedForIsJudged() {
        var customer = customer();
        var path = "/organizations/acme-ads/setup-links";
        assertThat(customer.admin("POST", path, "{\"intent\":\"scim\",\"contacts\":[\"a\"]}").body())
                .contains("not offered yet");
        assertThat(customer.admin("POST", path, "{\"intent\":\"sso\",\"contacts\":[]}").status()).isEqualTo(400);
        assertThat(customer.admin("POST", path, "{\"intent\":\"sso\"}").status()).isEqualTo(400);
        assertThat(customer.admin("POST", path,
                "{\"intent\":\"sso\",\"contacts\":[\"a\"],\"expires_in_seconds\":299}").status()).isEqualTo(400);
        assertThat(customer.admin("POST", path,
                "{\"intent\":\"sso\",\"contacts\":[\"a\"],\"expires_in_seconds\":300}").status()).isEqualTo(201);
        assertThat(customer.admin("POST", path,
                "{\"intent\":\"certificate-renewal\",\"contacts\":[\"a\"]}").status()).isEqualTo(400);
        assertThat(customer.admin("POST", path, "{\"intent\":\"sso\",\"contacts\":[\"a\"],"
                + "\"connection\":\"globex-saml\"}").status()).isEqualTo(400);
        assertThat(customer.admin("POST", "/organizations/nobody/setup-links",
                "{\"intent\":\"sso\",\"contacts\":[\"a\"]}").status()).isEqualTo(404);
        assertThat(customer.admin("POST", path, "{\"intent\":\"sso\",\"contacts\":[\"a\",\"b\",\"c\"]}").body()
                .split("\"url\"")).hasSize(4);
    }

    @Test
    void withoutACookieOrWithAMadeUpOneThereIsNoPortal() {
        assertThat(customer().get("/portal").status()).isEqualTo(401);
        var forger = customer();
        forger.cookies.put("gh-portal-main-" + server.url().replaceFirst("^.*:", ""), "A".repeat(43));
        assertThat(forger.get("/portal").status()).isEqualTo(401);
        assertThat(customer().get("/setup/" + "A".repeat(43)).status()).isEqualTo(404);
        assertThat(customer().get("/setup/short").status()).isEqualTo(404);
    }

    @Test
    void leavingEndsTheSession() {
        var customer = customer().enter("acme-ads", "\"intent\":\"sso\"");
        var cookies = Map.copyOf(customer.cookies);
        assertThat(customer.submit("/portal/leave", Map.of()).body()).contains("You have left the setup");
        customer.cookies.putAll(cookies);
        assertThat(customer.get("/portal").status()).isEqualTo(401);
    }
}
