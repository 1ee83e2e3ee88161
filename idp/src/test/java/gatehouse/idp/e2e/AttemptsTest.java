package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What administrators find out about sign-ins over a connection: the real server, real SAML, the real API. */
final class AttemptsTest {

    private static final String GRACE = "grace@globex-media.example";

    private static RunningServer server;
    private static String[] admin;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
        admin = new String[] {"Authorization", "Bearer " + new Browser(server.url()).adminToken()};
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer get(String path, String... more) {
        var headers = new ArrayList<>(List.of(admin));
        headers.addAll(List.of(more));
        return new Browser(server.url()).get(server.url() + "/admin/v1" + path, headers.toArray(String[]::new));
    }

    private static Answer send(String method, String path, String body, String... headers) {
        var all = new ArrayList<>(List.of(admin));
        all.addAll(List.of(headers));
        return new Browser(server.url()).json(method, server.url() + "/admin/v1" + path, body,
                all.toArray(String[]::new));
    }

    private static List<JsonNode> attempts(String filter) {
        var items = get("/sign-in-attempts?connection=globex-saml" + filter).json().path("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    /** Sets the attribute that people are known by; null: the NameID. */
    private static void know(String attribute) {
        var answer = send("PATCH", "/connections/globex-saml", changed(attribute),
                "If-Match", "*", "Content-Type", "application/merge-patch+json");
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    }

    private static String changed(String attribute) {
        return "{\"settings\":{\"subject_attribute\":" + attribute + "}}";
    }

    private static Answer signIn() {
        var browser = new Browser(server.url());
        return browser.signIn(browser.askDemoApp(), GRACE, Browser.PASSWORD);
    }

    @Test
    void aSignInIsFoundWithEveryCheckAndNothingSecret() {
        signIn();
        FailureTest.await("the attempt is written", () -> !attempts("&outcome=succeeded").isEmpty());
        var attempt = get("/sign-in-attempts/" + attempts("&outcome=succeeded").getFirst().path("id").asText()).json();
        assertThat(attempt.path("person").asText()).isEqualTo("g•••@globex-media.example");
        assertThat(attempt.path("kind").asText()).isEqualTo("real");
        assertThat(attempt.path("organization").asText()).isEqualTo("globex-media");
        assertThat(attempt.path("steps")).extracting(step -> step.path("check").asText()).contains("signature",
                "issuer", "destination", "in_response_to", "audience", "recipient", "time", "replay", "email", "domain");
        assertThat(attempt.path("steps")).allSatisfy(step ->
                assertThat(step.path("verdict").asText()).isIn("passed", "not_needed"));
        assertThat(attempt.has("outline")).isFalse();
        var health = get("/connections/globex-saml/health").json();
        assertThat(health.path("succeeded").asInt()).isPositive();
        assertThat(health.path("last_success").asText()).isNotEmpty();
    }

    @Test
    void aRefusedMessageIsExplainedAndJudgedAgainByOtherSettings() {
        know("\"no-such-attribute\"");
        var page = signIn();
        know("null");
        assertThat(page.body()).contains("SAML-NAMEID-03").doesNotContain("no-such-attribute");
        var trace = page.traceId().orElseThrow();
        FailureTest.await("the attempt is written", () -> !attempts("&trace_id=" + trace).isEmpty());
        var id = attempts("&trace_id=" + trace).getFirst().path("id").asText();

        var german = get("/sign-in-attempts/" + id, "Accept-Language", "de").json();
        assertThat(german.path("diagnosis").path("title").asText())
                .isEqualTo("Die Assertion sagt nicht, wer sich angemeldet hat");
        var attempt = get("/sign-in-attempts/" + id).json();
        assertThat(attempt.path("diagnosis").path("code").asText()).isEqualTo("SAML-NAMEID-03");
        assertThat(attempt.path("diagnosis").path("product").asText()).isEqualTo("keycloak");
        assertThat(attempt.path("diagnosis").path("field").asText()).contains("Name ID format");
        assertThat(attempt.path("outline").asText()).contains("AuthnContextClassRef", "•••")
                .doesNotContain(GRACE, "Grace");
        assertThat(attempt.path("replayable").asBoolean()).isTrue();

        var replay = "/sign-in-attempts/" + id + "/replay";
        var still = send("POST", replay, changed("\"no-such-attribute\"")).json();
        assertThat(still.path("outcome").asText()).isEqualTo("refused");
        assertThat(still.path("diagnosis").path("code").asText()).isEqualTo("SAML-NAMEID-03");
        // Judged twice: the message is not spent by it, and nobody is signed in.
        for (int i = 0; i < 2; i++) {
            var now = send("POST", replay, "{}").json();
            assertThat(now.path("outcome").asText()).as("%s", now).isEqualTo("succeeded");
            assertThat(now.path("person").asText()).isEqualTo("g•••@globex-media.example");
        }
    }

    @Test
    void whatIsTriedIsJudgedLikeAChangeAndChangesNothing() {
        know("\"no-such-attribute\"");
        var trace = signIn().traceId().orElseThrow();
        know("null");
        FailureTest.await("the attempt is written", () -> !attempts("&trace_id=" + trace).isEmpty());
        var replay = "/sign-in-attempts/" + attempts("&trace_id=" + trace).getFirst().path("id").asText() + "/replay";
        var before = get("/connections/globex-saml").json();
        assertThat(send("POST", replay, "{\"settings\":{\"no_such_setting\":1}}").status()).isEqualTo(400);
        assertThat(send("POST", replay, "{\"settings\":null}").status()).isEqualTo(400);
        assertThat(send("POST", replay, "{\"organization\":\"acme-ads\"}").status()).isEqualTo(400);
        assertThat(send("POST", replay, "{\"settings\":{\"clock_skew_seconds\":999}}").status()).isEqualTo(400);
        assertThat(get("/connections/globex-saml").json()).isEqualTo(before);
        assertThat(send("POST", "/sign-in-attempts/nothing/replay", "{}").status()).isEqualTo(404);
    }

    @Test
    void aFloodOfRubbishIsCountedAndNotKept() {
        for (int i = 0; i < 80; i++) {
            new Browser(server.url()).post(server.url() + "/login/arrive/globex-saml", Map.of("SAMLResponse", "x" + i));
        }
        FailureTest.await("the flood is counted", () -> get("/connections/globex-saml/health").json()
                .path("by_code").path("LOGIN-UNSOLICITED-01").asInt() >= 80);
        var kept = Jdbi.create(server.stores().postgres().jdbcUrl(), "postgres", "").withHandle(sql ->
                sql.select("SELECT max(kept) FROM (SELECT count(*) AS kept FROM sign_in_attempt"
                        + " GROUP BY connection, date_trunc('minute', at)) AS minutes").mapTo(Integer.class).one());
        assertThat(kept).isLessThanOrEqualTo(61);
    }

    @Test
    void listingsAreFilteredAndNonsenseIsRefused() {
        assertThat(get("/sign-in-attempts?outcome=perhaps").status()).isEqualTo(400);
        assertThat(get("/sign-in-attempts?code=NO-SUCH-01").status()).isEqualTo(400);
        assertThat(get("/sign-in-attempts?kind=imagined").status()).isEqualTo(400);
        assertThat(get("/sign-in-attempts?trace_id=" + "x".repeat(129)).status()).isEqualTo(400);
        assertThat(get("/connections/globex-saml/health?hours=0").status()).isEqualTo(400);
        assertThat(get("/connections/globex-saml/health?hours=8784").status()).isEqualTo(200);
        assertThat(get("/connections/globex-saml/health?hours=8785").status()).isEqualTo(400);
        assertThat(attempts("&code=SAML-XML-02")).isEmpty();
    }
}
