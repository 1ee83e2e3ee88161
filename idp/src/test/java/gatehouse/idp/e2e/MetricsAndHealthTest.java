package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.idp.boot.logging.Logs;
import gatehouse.idp.http.Journey;
import gatehouse.idp.slo.Outcome;
import gatehouse.idp.slo.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What operators see: metrics from the first scrape, health that tells the truth, log lines that errors lead to. */
class MetricsAndHealthTest {

    private static final PrintStream REAL_OUT = System.out;
    private static final ByteArrayOutputStream PRINTED = new ByteArrayOutputStream();
    private static RunningServer server;
    private static String firstScrape;

    @BeforeAll
    static void start() {
        System.setOut(new PrintStream(PRINTED, true, StandardCharsets.UTF_8));
        Logs.setUp("json", "info");
        server = RunningServer.start();
        firstScrape = new Browser(server.url()).get(server.url() + "/metrics").body();
    }

    @AfterAll
    static void stop() throws JoranException {
        server.close();
        System.setOut(REAL_OUT);
        var logging = (LoggerContext) LoggerFactory.getILoggerFactory();
        logging.reset();
        new ContextInitializer(logging).autoConfig();
    }

    @Test
    void everyJourneyAndStageHasItsSeriesFromTheStart() {
        for (var journey : Journey.values()) {
            var label = journey.name().toLowerCase(Locale.ROOT);
            for (var outcome : Outcome.values()) {
                assertThat(firstScrape).containsPattern("gatehouse_journey_duration_seconds_count\\{"
                        + "gatehouse_journey=\"" + label + "\",gatehouse_outcome=\"" + outcome.label() + "\"\\} \\d");
            }
            for (var stage : Stage.values()) {
                assertThat(firstScrape).containsPattern("gatehouse_stage_duration_seconds_bucket\\{"
                        + "gatehouse_journey=\"" + label + "\",gatehouse_stage=\"" + stage.label()
                                + "\",le=\"0.05\"\\} \\d");
            }
        }
    }

    @Test
    void aLoginIsCountedWithItsStagesAndNoPathOrNameBecomesALabel() {
        var browser = new Browser(server.url());
        assertThat(browser.tokensOf("ada@acme-ads.example").status()).isEqualTo(200);
        browser.get(server.url() + "/login/a-flow-that-never-was");

        var scrape = browser.get(server.url() + "/metrics").body();

        assertThat(count(scrape, "gatehouse_journey_duration_seconds_count", "oidc_callback", "success")).isPositive();
        assertThat(count(scrape, "gatehouse_journey_duration_seconds_count", "token", "success")).isPositive();
        assertThat(count(scrape, "gatehouse_stage_duration_seconds_count", "oidc_callback", "upstream")).isPositive();
        assertThat(count(scrape, "gatehouse_stage_duration_seconds_count", "token", "redis")).isPositive();
        assertThat(count(scrape, "gatehouse_stage_duration_seconds_count", "token", "crypto")).isPositive();
        assertThat(count(scrape, "gatehouse_stage_duration_seconds_count", "login_interactive", "template"))
                .isPositive();
        assertThat(scrape).contains("http_route=\"/login/{flow}\"").doesNotContain("a-flow-that-never-was", "ada@");
    }

    private static double count(String scrape, String metric, String journey, String second) {
        return scrape.lines()
                .filter(line -> line.startsWith(metric + '{') && line.contains('"' + journey + '"')
                        && line.contains('"' + second + '"'))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void aNodeWithoutRedisStaysInServiceAndSaysThatItIsDegraded() {
        var browser = new Browser(server.url());
        assertThat(ready(browser).body())
                .isEqualTo("{\"status\":\"up\",\"checks\":{\"redis\":\"up\",\"postgresql\":\"up\"}}");

        server.redis().whileFrozen(() -> {
            var frozen = ready(browser);
            assertThat(frozen.status()).isEqualTo(200);
            assertThat(frozen.body()).isEqualTo(
                    "{\"status\":\"degraded\",\"checks\":{\"redis\":\"down\",\"postgresql\":\"up\"}}");
            assertThat(browser.get(server.url() + "/health/live").text("status")).isEqualTo("up");
        });

        FailureTest.await("ready again", () -> ready(browser).text("status").equals("up"));
    }

    private static Answer ready(Browser browser) {
        return browser.get(server.url() + "/health/ready");
    }

    @Test
    void theTraceIdOfAnErrorIsThatOfItsLogLine() {
        var browser = new Browser(server.url());
        var refused = browser.clientTokenAnswer("demo-service", "not-its-secret");
        assertThat(refused.text("trace_id")).matches("[0-9a-f]{32}");
        FailureTest.await("the audit line", () -> lines().stream()
                .anyMatch(line -> line.path("logger").asText().equals("audit")
                        && line.path("message").asText().contains(refused.text("trace_id"))));

        server.redis().whileFrozen(() -> {
            var page = browser.get(browser.askDemoApp().url());
            assertThat(page.status()).isEqualTo(503);
            var traceId = page.traceId().orElseThrow();
            assertThat(lines()).anyMatch(line -> line.path("trace_id").asText().equals(traceId)
                    && line.path("level").asText().equals("warn"));
        });
        FailureTest.await("ready again", () -> ready(browser).text("status").equals("up"));
    }

    @Test
    void aCallersTraceIdIsKept() {
        var answer = new Browser(server.url()).get(server.url() + "/userinfo", "traceparent",
                "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01");

        assertThat(answer.text("trace_id")).isEqualTo("0123456789abcdef0123456789abcdef");
    }

    /** What was printed, which must be JSON line by line. */
    private static List<JsonNode> lines() {
        var json = new ObjectMapper();
        var lines = new ArrayList<JsonNode>();
        PRINTED.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("{\"time\"")).forEach(line -> {
            try {
                lines.add(json.readTree(line));
            } catch (IOException notJson) {
                throw new AssertionError("not a line of JSON: " + line, notJson);
            }
        });
        return lines;
    }
}
