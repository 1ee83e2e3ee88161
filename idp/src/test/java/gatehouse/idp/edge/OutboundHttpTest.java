package gatehouse.idp.edge;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.http.OutboundRefused.Reason;
import gatehouse.spi.Deadline;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class OutboundHttpTest extends OutboundScene {

    @Test
    void answerComesWholeWithFirstHeadersInLowerCase() {
        var answer = open.get(at("/hello?a=1"), Map.of(), soon());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("hello a=1");
        assertThat(answer.headers()).containsEntry("x-two", "one");
    }

    @Test
    void laptopReachesItselfByName() {
        var url = URI.create("http://localhost:" + server.getAddress().getPort() + "/hello?here");

        assertThat(open.get(url, Map.of(), soon()).status()).isEqualTo(200);
    }

    @Test
    void everyQuickAnswerIsReadAndNoConnectionIsUsedTwice() {
        for (int i = 0; i < 500; i++) {
            assertThat(open.post(at("/echo"), Map.of(), new byte[1], soon()).status()).isEqualTo(201);
        }
        assertThat(SEEN).containsEntry("connection", "close");
    }

    @Test
    void postSendsBodyAndHeaders() {
        var answer = open.post(at("/echo"), Map.of("Content-Type", "text/plain", "Authorization", "Basic abc"),
                "body".getBytes(StandardCharsets.UTF_8), soon());

        assertThat(answer.status()).isEqualTo(201);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("body");
        assertThat(SEEN).containsEntry("method", "POST").containsEntry("authorization", "Basic abc")
                .containsEntry("host", "127.0.0.1:" + server.getAddress().getPort());
    }

    @Test
    void bodyAtTheLimitIsReadAndOneByteMoreIsNot() {
        assertThat(open.get(at("/limit"), Map.of(), soon()).body()).hasSize(LIMIT);
        assertThat(refused(() -> open.get(at("/over"), Map.of(), soon()))).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void endlessBodyIsCutOff() throws InterruptedException {
        assertThat(refused(() -> open.get(at("/endless"), Map.of(), soon()))).isEqualTo(Reason.TOO_LARGE);
        awaitSeen("endless");
    }

    @Test
    void dripIsCutOffAtTheDeadline() throws InterruptedException {
        assertThat(refused(() -> open.get(at("/drip"), Map.of(), Deadline.after(Duration.ofMillis(200)))))
                .isEqualTo(Reason.TIMED_OUT);
        awaitSeen("drip");
    }

    @Test
    void ownTimeoutEndsWhatTheDeadlineWouldStillAllow() {
        try (var hasty = new OutboundHttp(
                vertx, new OutboundConfig(true, true, Optional.empty(), LIMIT, Duration.ofMillis(100), 2))) {
            assertThat(refused(() -> hasty.get(at("/drip"), Map.of(), soon()))).isEqualTo(Reason.TIMED_OUT);
        }
    }

    @Test
    void spentDeadlineSendsNothing() {
        int before = HITS.get();

        assertThat(refused(() -> open.get(at("/hello"), Map.of(), Deadline.after(Duration.ZERO))))
                .isEqualTo(Reason.TIMED_OUT);
        assertThat(HITS).hasValue(before);
    }

    @Test
    void threeRedirectsAreFollowedAndFourAreNot() {
        assertThat(open.get(at("/hops/2"), Map.of(), soon()).status()).isEqualTo(200);
        assertThat(refused(() -> open.get(at("/hops/3"), Map.of(), soon()))).isEqualTo(Reason.TOO_MANY_REDIRECTS);
    }

    @Test
    void postIsNeverRedirected() {
        assertThat(open.post(at("/hops/0"), Map.of(), new byte[1], soon()).status()).isEqualTo(302);
    }

    @Test
    void nextAddressIsTriedWhenTheFirstTakesNoConnection() {
        try (var caller = resolving(LAPTOP, "127.0.0.2", "127.0.0.1")) {
            var url = URI.create("http://two.invalid:" + server.getAddress().getPort() + "/hello?x");
            assertThat(caller.get(url, Map.of(), soon()).status()).isEqualTo(200);
        }
    }

    @Test
    void nobodyThereIsUnreachableAndNoNameIsUnresolved() throws IOException {
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        assertThat(refused(() -> open.get(URI.create("http://127.0.0.1:" + closed + "/"), Map.of(), soon())))
                .isEqualTo(Reason.UNREACHABLE);
        try (var nowhere = resolving(LAPTOP)) {
            assertThat(refused(() -> nowhere.get(URI.create("http://none.invalid/"), Map.of(), soon())))
                    .isEqualTo(Reason.UNRESOLVED);
        }
        try (var failing = new OutboundHttp(
                vertx, LAPTOP, _ -> CompletableFuture.failedFuture(new UnknownHostException("none")))) {
            assertThat(refused(() -> failing.get(URI.create("http://none.invalid/"), Map.of(), soon())))
                    .isEqualTo(Reason.UNRESOLVED);
        }
    }

    @Test
    void slowNameServerIsCutOffAtTheDeadline() {
        try (var slow = new OutboundHttp(vertx, LAPTOP, _ -> new CompletableFuture<>())) {
            assertThat(refused(() -> slow.get(
                    URI.create("http://slow.invalid/"), Map.of(), Deadline.after(Duration.ofMillis(50)))))
                    .isEqualTo(Reason.TIMED_OUT);
        }
    }

    @Test
    void oneHostGetsNoMoreThanItsShareAtOnce() throws Exception {
        var calls = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 8; i++) {
            calls.add(() -> open.get(at("/busy"), Map.of(), soon()).status());
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var outcome : threads.invokeAll(calls)) {
                assertThat(outcome.get()).isEqualTo(200);
            }
        }
        assertThat(AT_ONCE_MAX.get()).isBetween(1, 2);
    }
}
