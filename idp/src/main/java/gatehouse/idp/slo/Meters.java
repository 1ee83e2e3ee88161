package gatehouse.idp.slo;

import gatehouse.idp.http.Journey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The server's request metrics, all series of journeys and stages present from the start (an absent counter is no data,
 * not zero).
 */
public final class Meters {

    private static final Duration[] EDGES = {
        Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
        Duration.ofMillis(100), Duration.ofMillis(150), Duration.ofMillis(250), Duration.ofMillis(500),
        Duration.ofSeconds(1), Duration.ofSeconds(3)
    };

    private final MeterRegistry registry;
    private final Map<Journey, Timer[]> journeys = new EnumMap<>(Journey.class);
    private final Map<Journey, Timer[]> stages = new EnumMap<>(Journey.class);
    private final Map<String, Timer> routes = new ConcurrentHashMap<>();

    public Meters(MeterRegistry registry) {
        this.registry = registry;
        for (var journey : Journey.values()) {
            var label = journey.name().toLowerCase(Locale.ROOT);
            var byOutcome = new Timer[Outcome.values().length];
            for (var outcome : Outcome.values()) {
                byOutcome[outcome.ordinal()] = Timer.builder("gatehouse.journey.duration")
                        .description("Time to answer requests of a journey")
                        .tags("gatehouse_journey", label, "gatehouse_outcome", outcome.label())
                        .serviceLevelObjectives(EDGES)
                        .register(registry);
            }
            journeys.put(journey, byOutcome);
            var byStage = new Timer[Stage.values().length];
            for (var stage : Stage.values()) {
                byStage[stage.ordinal()] = Timer.builder("gatehouse.stage.duration")
                        .description("Time that requests of a journey spent on a stage, exclusive of stages inside it")
                        .tags("gatehouse_journey", label, "gatehouse_stage", stage.label())
                        .serviceLevelObjectives(EDGES)
                        .register(registry);
            }
            stages.put(journey, byStage);
        }
    }

    /** Records one answered request. @param route pattern of the route, never the path itself */
    public void answered(Answered answered, StageLedger ledger) {
        journeys.get(answered.journey())[answered.outcome().ordinal()].record(answered.elapsedNanos(), TimeUnit.NANOSECONDS);
        var byStage = stages.get(answered.journey());
        for (var stage : STAGES) {
            var nanos = ledger.spentNanos(stage);
            if (nanos > 0) {
                byStage[stage.ordinal()].record(nanos, TimeUnit.NANOSECONDS);
            }
        }
        routes.computeIfAbsent(answered.method() + ' ' + answered.route() + ' ' + answered.status(), _ -> routeTimer(answered))
                .record(answered.elapsedNanos(), TimeUnit.NANOSECONDS);
    }

    private static final Stage[] STAGES = Stage.values();

    private Timer routeTimer(Answered answered) {
        return Timer.builder("http.server.request.duration")
                .description("Duration of HTTP server requests")
                .tags("http_request_method", answered.method(), "http_route", answered.route(),
                        "http_response_status_code", Integer.toString(answered.status()))
                .serviceLevelObjectives(EDGES)
                .register(registry);
    }

    /** One answered request. */
    public record Answered(
            Journey journey, Outcome outcome, String method, String route, int status, long elapsedNanos) {}
}
