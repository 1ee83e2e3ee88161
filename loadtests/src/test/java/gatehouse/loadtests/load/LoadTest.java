package gatehouse.loadtests.load;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.loadtests.TinyServer;
import gatehouse.loadtests.http.Call;
import gatehouse.loadtests.http.HttpDriver;
import gatehouse.loadtests.process.Meter;
import gatehouse.loadtests.process.ProcFiles;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Meter METER =
        new Meter(ProcFiles.ofThisMachine(), List.of(ProcessHandle.current().pid()), List.of());

    @Test
    void arrivalsKeepTheClockWhileTheServerStallsAndTheWaitIsPartOfTheLatency() {
        var stall = Duration.ofMillis(800);
        var firstAt = new AtomicLong();
        try (var server = new TinyServer(request -> {
            firstAt.compareAndSet(0, System.nanoTime());
            var left = stall.toNanos() - (System.nanoTime() - firstAt.get());
            // Until the stall is over no request is answered, however late it came.
            if (left <= 0) {
                request.response().end("ok");
            } else {
                Vertx.currentContext().owner()
                    .setTimer(Math.max(1, left / 1_000_000), _ -> request.response().end("ok"));
            }
        })) {
            var trial = openLoop(server).run(journey(server, 4), 100, Duration.ZERO, Duration.ofSeconds(2));

            assertThat(trial.failed()).isZero();
            assertThat(trial.latencies().getTotalCount()).isEqualTo(200);
            // 80 of 200 were due in the stall and waited half of it on average; a driver that asked its next
            // question only after an answer would have seen four slow answers.
            assertThat(trial.percentileMillis(70)).isGreaterThan(50);
            assertThat(trial.percentileMillis(99)).isGreaterThan(600);
        }
    }

    @Test
    void theRateIsKeptOnAverage() {
        try (var server = new TinyServer(request -> request.response().end("ok"))) {
            var trial = openLoop(server).run(journey(server, 8), 500, Duration.ofMillis(500), Duration.ofSeconds(2));

            assertThat(trial.latencies().getTotalCount()).isEqualTo(1000);
            assertThat(trial.isValid()).isTrue();
        }
    }

    @Test
    void anErrorIsNeverThroughput() {
        var asked = new AtomicInteger();
        try (var server = new TinyServer(request ->
            request.response().setStatusCode(asked.incrementAndGet() % 4 == 0 ? 503 : 200).end("{}"))) {
            var trial = openLoop(server).run(journey(server, 4), 200, Duration.ofSeconds(1), Duration.ofSeconds(1));

            // Journeys of the lead-in may end in the window, and some of the window after it.
            assertThat(trial.failed()).isBetween(40L, 100L);
            assertThat(trial.latencies().getTotalCount()).isBetween(140L, 160L);
            assertThat(trial.isValid()).isFalse();
            assertThat(trial.reasons()).containsOnlyKeys("status 503, expected 200");
        }
    }

    @Test
    void aRequestThatIsNeverAnsweredIsAnErrorNotASilence() {
        try (var server = new TinyServer(_ -> { })) {
            var eventLoop = server.vertx().getOrCreateContext();
            var impatient = new OpenLoop(eventLoop, METER, System::nanoTime, Duration.ofMillis(200));
            var trial = impatient.run(journey(server, 4), 50, Duration.ZERO, Duration.ofMillis(500));

            assertThat(trial.succeeded()).isZero();
            assertThat(trial.failed()).isEqualTo(25);
        }
    }

    @Test
    void theClosedLoopKeepsItsNumberUnderWayAndCountsWhatEnds() {
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        Handler<HttpServerRequest> slow = request -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            Vertx.currentContext().owner().setTimer(10, _ -> {
                underWay.decrementAndGet();
                request.response().end("ok");
            });
        };
        try (var server = new TinyServer(slow)) {
            var loop = new ClosedLoop(server.vertx().getOrCreateContext(), METER, System::nanoTime, PATIENCE);
            var trial = loop.run(journey(server, 16), 8, Warmth.after(Duration.ofMillis(300)), Duration.ofSeconds(1));

            assertThat(most.get()).isEqualTo(8);
            assertThat(trial.failed()).isZero();
            assertThat(trial.succeeded()).isBetween(80L, 800L);
            assertThat(trial.cpu().server()).isPositive();
        }
    }

    @Test
    void aServerIsWarmAfterItsCpuTimeOrAtTheLimit() {
        var warmth = new Warmth(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(100));

        assertThat(warmth.isReached(Duration.ofMillis(900), Duration.ofSeconds(70))).isFalse();
        assertThat(warmth.isReached(Duration.ofSeconds(50), Duration.ofSeconds(59))).isFalse();
        assertThat(warmth.isReached(Duration.ofSeconds(50), Duration.ofSeconds(60))).isTrue();
        assertThat(warmth.isReached(Duration.ofSeconds(100), Duration.ZERO)).isTrue();
    }

    @Test
    void aSearchFindsARateThatTheServerKeepsUpWith() {
        try (var server = new TinyServer(request -> Vertx.currentContext().owner()
            .setTimer(5, _ -> request.response().end("ok")))) {
            var plan = Plan.of(Warmth.after(Duration.ofMillis(300)), Duration.ofSeconds(2));
            var closed = new ClosedLoop(server.vertx().getOrCreateContext(), METER, System::nanoTime, PATIENCE);
            var result = new Measurement(openLoop(server), closed, plan).find(journey(server, 4), 4);

            assertThat(result.isValid()).isTrue();
            assertThat(result.sustainablePerSecond()).isPresent();
            assertThat(result.half().offeredPerSecond()).isEqualTo(result.sustainablePerSecond().getAsDouble() / 2);
        }
    }

    private static OpenLoop openLoop(TinyServer server) {
        return new OpenLoop(server.vertx().getOrCreateContext(), METER, System::nanoTime, PATIENCE);
    }

    private static Journey journey(TinyServer server, int connections) {
        return new OneCall(new HttpDriver(server.vertx(), connections, PATIENCE), server.uri("/"));
    }

    private record OneCall(HttpDriver http, URI uri) implements Journey {

        @Override
        public String name() {
            return "one-call";
        }

        @Override
        public void prepare() {
            // needs nothing
        }

        @Override
        public Future<?> start() {
            return http.send(Call.get(uri, Map.of())).map(answer -> answer.require(200));
        }
    }
}
