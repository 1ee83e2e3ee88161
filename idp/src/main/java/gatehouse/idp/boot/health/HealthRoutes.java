package gatehouse.idp.boot.health;

import gatehouse.idp.http.Journey;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import gatehouse.spi.Unavailable;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code /health/live}, {@code /health/ready} and {@code /metrics}. A node whose stores cannot answer stays ready and says
 * {@code degraded}: taking every node out of the load balancer would turn an outage of one store into an outage of
 * everything, and published keys and documents do not need the stores.
 */
public final class HealthRoutes {

    private static final Duration CHECK = Duration.ofMillis(200);

    private final Voice voice;
    private final Map<String, Consumer<Deadline>> checks;
    private final PrometheusMeterRegistry metrics;

    /** @param checks by name: return if the part can be used, throw {@link Unavailable} if not */
    public HealthRoutes(Voice voice, Map<String, Consumer<Deadline>> checks, PrometheusMeterRegistry metrics) {
        this.voice = voice;
        this.checks = new LinkedHashMap<>(checks);
        this.metrics = metrics;
    }

    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/health/live", Journey.ADMIN, voice,
                                (_, _) -> Reply.json(200, "{\"status\":\"up\"}".getBytes(StandardCharsets.US_ASCII)).noStore())
                        .deploymentWide().answeredInline(),
                Route.of("GET", "/health/ready", Journey.ADMIN, voice, this::ready).deploymentWide(),
                Route.of("GET", "/metrics", Journey.ADMIN, voice, (_, _) -> metrics()).deploymentWide());
    }

    private Reply ready(Request request, Deadline deadline) {
        var body = new StringBuilder();
        boolean degraded = false;
        for (var check : checks.entrySet()) {
            String state;
            try {
                check.getValue().accept(deadline.within(CHECK));
                state = "up";
            } catch (Unavailable | DeadlineExceeded down) {
                state = "down";
                degraded = true;
            }
            body.append(body.isEmpty() ? "" : ",").append('"').append(check.getKey()).append("\":\"").append(state).append('"');
        }
        var text = "{\"status\":\"" + (degraded ? "degraded" : "up") + "\",\"checks\":{" + body + "}}";
        return Reply.json(200, text.getBytes(StandardCharsets.US_ASCII)).noStore();
    }

    private Reply metrics() {
        return Reply.of(200, "text/plain; version=0.0.4; charset=utf-8",
                metrics.scrape().getBytes(StandardCharsets.UTF_8)).noStore();
    }
}
