package gatehouse.idp.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Webhooks as administrators see them. What is delivered, and how, is the courier's test. */
class WebhookApiTest {

    private static TestAdmin admin;
    private static String full;

    @BeforeAll
    static void open() {
        admin = new TestAdmin();
        full = admin.full();
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    private static String made(String id) {
        return admin.post(full, "/webhooks", "{\"id\":\"" + id + "\",\"url\":\"https://x.example/\"}").json()
                .path("secret").asText();
    }

    @Test
    void secretIsShownWhenItIsMadeAndNeverAgain() {
        assertThat(made("shown")).startsWith("whsec_").hasSizeGreaterThan(40);
        var read = admin.get(full, "/webhooks/shown");
        assertThat(read.json().toString()).doesNotContain("whsec_").doesNotContain("secret");
        var rotated = admin.post(full, "/webhooks/shown/secret?overlap_seconds=60", "");
        assertThat(rotated.json().path("secret").asText()).startsWith("whsec_");
        assertThat(admin.get(full, "/webhooks").json().toString()).doesNotContain("whsec_");
        var trail = admin.get(full, "/audit-events").json().toString();
        assertThat(trail).contains("\"fields\":\"secret\"").doesNotContain("whsec_");
    }

    @Test
    void givenSecretIsTakenAndABadOneIsNot() {
        var given = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        var taken = admin.post(full, "/webhooks",
                "{\"id\":\"given\",\"url\":\"https://x.example/\",\"secret\":\"" + given + "\"}");
        assertThat(taken.status()).isEqualTo(201);
        assertThat(taken.json().has("secret")).isFalse();
        var same = admin.patch(full, "/webhooks/given", "*", "{\"secret\":\"" + given + "\"}");
        assertThat(same.header("gatehouse-changed")).isEmpty();
        for (var bad : new String[] {"whsec_dG9vIHNob3J0IHRvIGJlIG9uZSBv", "x".repeat(50)}) {
            assertThat(admin.patch(full, "/webhooks/given", "*", "{\"secret\":\"" + bad + "\"}").status()).isEqualTo(400);
        }
    }

    @Test
    void addressesThatAreNoneAndTypesThatAreNoneAreRefused() {
        for (var url : new String[] {"ftp://x.example/", "https://user@x.example/", "https:///x", "/path", "javascript:1"}) {
            var refused = admin.post(full, "/webhooks", "{\"url\":\"" + url + "\"}");
            assertThat(refused.status()).as(url).isEqualTo(400);
        }
        var typo = admin.post(full, "/webhooks",
                "{\"url\":\"https://x.example/\",\"event_types\":[\"connection.create\"]}");
        assertThat(TestAdmin.problems(typo).getFirst()).contains("did you mean \"connection.created\"");
    }

    @Test
    void deliveriesAreListedSentAgainAndTested() {
        made("listed");
        assertThat(admin.post(full, "/webhooks/listed/test", "").status()).isEqualTo(204);
        var listed = admin.get(full, "/webhooks/listed/deliveries").json().path("items");
        assertThat(listed).hasSize(1);
        var one = listed.get(0);
        assertThat(one.path("type").asText()).isEqualTo("webhook.test");
        assertThat(one.path("state").asText()).isEqualTo("waiting");
        assertThat(admin.post(full, "/webhooks/listed/redeliver", "{\"delivery\":" + one.path("id").asLong() + "}")
                .status()).isEqualTo(204);
        var again = admin.get(full, "/webhooks/listed/deliveries?limit=1").json();
        assertThat(again.path("items").get(0).path("message")).isEqualTo(one.path("message"));
        assertThat(admin.get(full, "/webhooks/listed/deliveries?limit=1&page_token="
                + again.path("next_page_token").asText()).json().path("items").get(0).path("id")).isEqualTo(one.path("id"));
        assertThat(admin.post(full, "/webhooks/listed/redeliver", "{\"delivery\":99999999}").status()).isEqualTo(404);
        made("another");
        assertThat(admin.post(full, "/webhooks/another/redeliver", "{\"delivery\":" + one.path("id").asLong() + "}")
                .status()).as("a delivery of somebody else's").isEqualTo(404);
    }

    @Test
    void changeAndItsEventAreOneTransaction() {
        made("told");
        var connection = "{\"id\":\"told\",\"type\":\"saml\",\"display_name\":\"C\",\"organization\":\"a\"}";
        admin.post(full, "/connections?dry_run=true", connection);
        assertThat(admin.get(full, "/webhooks/told/deliveries").json().path("items")).isEmpty();
        admin.post(full, "/connections", connection);
        var told = admin.get(full, "/webhooks/told/deliveries").json().path("items");
        assertThat(told.get(told.size() - 1).path("body").asText()).contains("\"connection.created\"", "\"id\":\"told\"",
                "\"organization\":\"a\"", "\"actor\":\"full\"").doesNotContain("192.0.2.1");
    }

    @Test
    void fileDeclaresThemForAnIssuerAndForAnOrganization() {
        var file = """
                issuers:
                  - name: main
                    webhooks:
                      - {id: everything, url: "https://x.example/", secret: "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="}
                    organizations:
                      - id: a
                        webhooks: [{id: only-a, url: "https://a.example/", event_types: [metadata.held]}]
                """;
        admin.apply(file);
        admin.apply(file);
        assertThat(admin.get(full, "/webhooks/everything").json().path("version").asLong()).isEqualTo(1);
        assertThat(admin.get(full, "/webhooks/only-a").json().path("organization").asText()).isEqualTo("a");
        assertThat(admin.get(admin.adminOfA(), "/webhooks/everything").status()).isEqualTo(404);
        var kept = admin.database.read(TestAdmin.soon(), sql -> sql.select("SELECT body::text FROM webhook")
                .mapTo(String.class).list());
        assertThat(kept).isNotEmpty().noneMatch(body -> body.contains("whsec_"));
    }

    @Test
    void switchedOffOneCollectsNothingAndTestsNothing() {
        made("off");
        admin.patch(full, "/webhooks/off", "*", "{\"enabled\":false}");
        assertThat(admin.post(full, "/webhooks/off/test", "").status()).isEqualTo(400);
        var conflicting = admin.call("PATCH", "/webhooks/off", full, Map.of("if-match", "*"),
                "{\"disabled_because\":\"me\"}");
        assertThat(conflicting.status()).isEqualTo(400);
        assertThat(admin.get(full, "/webhooks/off/deliveries").json().path("items")).isEmpty();
    }
}
