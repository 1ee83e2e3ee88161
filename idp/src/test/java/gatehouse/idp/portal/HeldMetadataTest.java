package gatehouse.idp.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import gatehouse.idp.e2e.RunningServer;
import gatehouse.idp.samlwire.TestCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Published metadata that would make a connection less safe: shown to the customer, and theirs to decide on. */
class HeldMetadataTest {

    private static final String ELSEWHERE = "https://login.elsewhere.example/sso";

    private static RunningServer server;
    private static HttpServer site;
    private static volatile String published = "";
    private static Customer customer;
    private static int made;

    private FakeProvider provider;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start();
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            var body = published.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        site.start();
        customer = new Customer(server.url()).enter("acme-ads", "\"intent\":\"sso\"");
    }

    @AfterAll
    static void stop() {
        site.stop(0);
        server.close();
    }

    /** A connection that follows the address; then the address says something else, and it is fetched again. */
    @BeforeEach
    void heldChange() {
        var id = "held-" + made++;
        published = FakeProvider.metadata(FakeProvider.SSO, TestCredentials.IDP);
        assertThat(customer.admin("POST", "/connections", """
                {"id":"%s","type":"saml","display_name":"Held","organization":"acme-ads","state":"active",
                 "settings":{"metadata_url":"http://127.0.0.1:%d/metadata"}}"""
                .formatted(id, site.getAddress().getPort())).status()).isEqualTo(201);
        provider = FakeProvider.of(customer, server.url(), id);
        refresh();
        assertThat(health()).doesNotContain("waits for you").contains("CN=IDP");
        publish(ELSEWHERE);
    }

    private void publish(String sso) {
        published = FakeProvider.metadata(sso, TestCredentials.STRANGER);
        refresh();
    }

    private void refresh() {
        var answer = customer.admin("POST", "/connections/" + provider.connection() + "/metadata/refresh", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private String health() {
        var page = customer.get(provider.page("health"));
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        return page.body();
    }

    private String shownDrift() {
        return customer.get(provider.page("health")).field("change");
    }

    private Customer.Answer decide(String action, String drift) {
        return customer.submit(provider.page("health"), Map.of("action", action, "change", drift));
    }

    private String used() {
        return customer.admin("GET", "/connections/" + provider.connection() + "/metadata", "").body();
    }

    private String audit() {
        return customer.admin("GET", "/audit-events?organization=acme-ads", "").body();
    }

    @Test
    void whatDiffersIsShownAndLoginsGoOnWithWhatWasAccepted() {
        assertThat(health()).contains("A change of the metadata waits for you", "The host of an address changed",
                FakeProvider.SSO, ELSEWHERE, "All certificates were replaced", "Approve and apply")
                .doesNotContain("CN=STRANGER");
        assertThat(provider.tryOut(idp -> { }).body()).contains("It works");
    }

    @Test
    void approvedAsShownItIsUsedAndOnRecord() {
        var approved = decide("approve", shownDrift());
        assertThat(approved.location()).as(approved.body()).endsWith("/health?done=approved");
        assertThat(health()).doesNotContain("waits for you").contains("CN=STRANGER").doesNotContain("CN=IDP<");
        assertThat(customer.get(provider.page("metadata")).body()).contains(ELSEWHERE);
        assertThat(used()).contains(ELSEWHERE);
        assertThat(audit()).contains("metadata.approved", "portal:it@customer.example", provider.connection());
    }

    @Test
    void rejectedItChangesNothingAndTheSameIsNotAskedAgain() {
        var rejected = decide("reject", shownDrift());
        assertThat(rejected.location()).as(rejected.body()).endsWith("/health?done=rejected");
        refresh();
        assertThat(health()).doesNotContain("waits for you").contains("CN=IDP");
        assertThat(used()).contains(FakeProvider.SSO).doesNotContain(ELSEWHERE);
        assertThat(audit()).contains("metadata.rejected");
    }

    @Test
    void whatWasNotShownCannotBeDecidedOn() {
        var before = shownDrift();
        publish("https://another.example/sso");
        var now = shownDrift();
        assertThat(now).isNotEqualTo(before);
        for (var action : new String[] {"approve", "reject"}) {
            for (var drift : new String[] {before, "", now + "0", "x".repeat(128)}) {
                assertThat(decide(action, drift).status()).as(action + " " + drift).isEqualTo(409);
            }
        }
        assertThat(decide("approve", "x".repeat(129)).status()).isEqualTo(400);
        assertThat(decide("perhaps", now).status()).isEqualTo(400);
        assertThat(shownDrift()).isEqualTo(now);
        assertThat(used()).contains(FakeProvider.SSO);
        assertThat(decide("approve", now).status()).isEqualTo(303);
        assertThat(decide("approve", now).status()).as("once").isEqualTo(409);
    }

    @Test
    void anotherOrganizationNeitherSeesNorDecides() {
        var drift = shownDrift();
        var globex = new Customer(server.url()).enter("globex-media", "\"intent\":\"sso\"");
        assertThat(globex.get(provider.page("health")).status()).isEqualTo(404);
        assertThat(globex.submit(provider.page("health"), Map.of("action", "approve", "change", drift)).status())
                .isEqualTo(404);
        assertThat(shownDrift()).isEqualTo(drift);
    }
}
