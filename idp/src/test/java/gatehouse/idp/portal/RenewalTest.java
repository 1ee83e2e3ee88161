package gatehouse.idp.portal;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.e2e.RunningServer;
import gatehouse.idp.samlwire.TestCredentials;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A link to renew a certificate: that task from its beginning to its end, and nothing beside it. */
class RenewalTest {

    private static final Pattern LINK = Pattern.compile("href=\"(/portal[^\"]*)\"");

    private static RunningServer server;
    private static FakeProvider whole;
    private static Customer renewing;
    private static FakeProvider provider;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
        whole = FakeProvider.setUp(new Customer(server.url()).enter("acme-ads", "\"intent\":\"sso\""), server.url(),
                "okta");
        renewing = new Customer(server.url()).enter("acme-ads",
                "\"intent\":\"certificate-renewal\",\"connection\":\"" + whole.connection() + "\"");
        provider = FakeProvider.of(renewing, server.url(), whole.connection());
        for (var state : List.of("testing", "active")) {
            assertThat(renewing.admin("PATCH", "/connections/" + whole.connection(), "{\"state\":\"" + state + "\"}")
                    .status()).isEqualTo(200);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"provider", "values", "domain", "mapping", "activate", "enforce"})
    void noOtherStepOpens(String step) {
        assertThat(renewing.get(provider.page(step)).status()).isEqualTo(403);
        assertThat(renewing.submit(provider.page(step), Map.of("action", "suspend")).status()).isIn(403, 404, 405);
        assertThat(renewing.get(provider.page("health")).body()).contains("pill active");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/portal/connections", "/portal/domains"})
    void nothingBesideItOpens(String page) {
        assertThat(renewing.get(page).status()).isEqualTo(403);
    }

    @Test
    void anotherConnectionOfTheOrganizationIsNotThere() {
        for (var step : List.of("metadata", "test", "health", "attempts")) {
            assertThat(renewing.get("/portal/connections/acme-oidc/" + step).status()).isEqualTo(404);
        }
        assertThat(renewing.get("/portal").body()).doesNotContain("acme-oidc");
    }

    @Test
    void theNextCertificateIsShownConfirmedAndTested() {
        assertThat(provider.tryOut(idp -> { }).body()).contains("It works");
        var failed = provider.tryOut(idp -> idp.audience = "spn:other");
        var xray = provider.attempt(failed);
        assertThat(xray.body()).as("what this link cannot do is not offered").doesNotContain("name=\"fix\"");

        var renewed = renewing.submit(provider.page("metadata"), Map.of("how", "file", "metadata_xml",
                FakeProvider.metadata(FakeProvider.SSO, TestCredentials.IDP_NEXT)));
        assertThat(renewed.status()).isEqualTo(303);
        assertThat(renewing.open(renewed.location()).body()).contains("This would change");
        assertThat(provider.tryOut(idp -> { }).body()).as("nothing has changed yet").contains("It works");
        var applied = renewing.submit(provider.page("metadata"), Map.of("action", "apply"));
        assertThat(applied.location()).as(applied.body()).endsWith("?done=applied");
        assertThat(provider.tryOut(idp -> { }).body()).contains("SAML-SIG-01");
        assertThat(renewing.get(provider.page("health")).body()).contains("CN=IDP_NEXT");
        everyLinkOpens();
    }

    /** From the overview on, whatever a page leads to is there. */
    private static void everyLinkOpens() {
        var seen = new HashSet<String>();
        var open = new ArrayDeque<>(List.of("/portal"));
        while (!open.isEmpty()) {
            var path = open.poll();
            if (!seen.add(path) || path.contains("/test/begin")) {
                continue;
            }
            var page = renewing.get(path);
            assertThat(page.status()).as(path).isEqualTo(200);
            var links = LINK.matcher(page.body());
            while (links.find()) {
                open.add(links.group(1));
            }
        }
        assertThat(seen).contains(provider.page("metadata"), provider.page("test"), provider.page("health"),
                provider.page("attempts"));
    }
}
