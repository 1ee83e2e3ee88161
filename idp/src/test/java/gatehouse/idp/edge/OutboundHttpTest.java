package gatehouse.idp.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.http.OutboundRefused.Reason;
import gatehouse.spi.Deadline;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundHttpTest {

    private static final int LIMIT = 4096;
    private static final OutboundConfig LAPTOP =
            new OutboundConfig(true, true, Optional.empty(), LIMIT, Duration.ofSeconds(10), 2);
    private static final OutboundConfig HTTP_BUT_PUBLIC =
            new OutboundConfig(false, true, Optional.empty(), LIMIT, Duration.ofSeconds(10), 2);

    private static Vertx vertx;
    private static HttpServer server;
    private static OutboundHttp open;
    private static final AtomicInteger HITS = new AtomicInteger();
    private static final AtomicInteger AT_ONCE = new AtomicInteger();
    private static final AtomicInteger AT_ONCE_MAX = new AtomicInteger();
    private static final Map<String, String> SEEN = new ConcurrentHashMap<>();

    @BeforeAll
    static void start() throws IOException {
        vertx = Vertx.vertx();
        open = new OutboundHttp(vertx, LAPTOP);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/hello", exchange -> answer(exchange, 200, "hello " + exchange.getRequestURI().getRawQuery()));
        server.createContext("/echo", exchange -> {
            SEEN.put("method", exchange.getRequestMethod());
            exchange.getRequestHeaders().forEach((name, values) -> SEEN.put(name.toLowerCase(), values.getFirst()));
            answer(exchange, 201, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        });
        server.createContext("/limit", exchange -> answer(exchange, 200, "x".repeat(LIMIT)));
        server.createContext("/over", exchange -> answer(exchange, 200, "x".repeat(LIMIT + 1)));
        server.createContext("/endless", OutboundHttpTest::endless);
        server.createContext("/drip", OutboundHttpTest::drip);
        server.createContext("/busy", OutboundHttpTest::busy);
        server.createContext("/hops/", exchange -> {
            int left = Integer.parseInt(exchange.getRequestURI().getPath().substring("/hops/".length()));
            redirect(exchange, left == 0 ? "/hello?landed" : "/hops/" + (left - 1));
        });
        server.createContext("/to", exchange -> redirect(exchange, exchange.getRequestURI().getQuery()));
        server.start();
    }

    @AfterAll
    static void stop() {
        open.close();
        server.stop(0);
        vertx.close().await();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        HITS.incrementAndGet();
        try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("X-Two", "one");
            exchange.getResponseHeaders().add("X-Two", "two");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(302, -1);
        }
    }

    private static void endless(HttpExchange exchange) {
        try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(new byte[1024]);
                exchange.getResponseBody().flush();
            }
        } catch (IOException aborted) {
            SEEN.put("endless", "aborted");
        }
    }

    private static void drip(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, 1000);
            for (int i = 0; i < 1000; i++) {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
                Thread.sleep(20);
            }
        } catch (IOException | InterruptedException aborted) {
            SEEN.put("drip", "aborted");
        }
    }

    private static void busy(HttpExchange exchange) throws IOException {
        AT_ONCE_MAX.accumulateAndGet(AT_ONCE.incrementAndGet(), Math::max);
        try {
            Thread.sleep(30);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        AT_ONCE.decrementAndGet();
        answer(exchange, 200, "done");
    }

    private static URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(5));
    }

    private static Reason refused(Callable<?> call) {
        return catchThrowableOfType(OutboundRefused.class, call::call).cause();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static OutboundHttp resolving(OutboundConfig config, String... literals) {
        return new OutboundHttp(vertx, config, _ -> CompletableFuture.completedFuture(
                List.of(literals).stream().map(OutboundHttpTest::address).toList()));
    }

    @Test
    void answerComesWholeWithFirstHeadersInLowerCase() {
        var answer = open.get(at("/hello?a=1"), Map.of(), soon());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("hello a=1");
        assertThat(answer.headers()).containsEntry("x-two", "one");
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

    private static void awaitSeen(String what) throws InterruptedException {
        var until = soon();
        while (!SEEN.containsKey(what) && !until.hasPassed()) {
            Thread.sleep(5);
        }
        assertThat(SEEN).containsEntry(what, "aborted");
    }

    @Test
    void ownTimeoutEndsWhatTheDeadlineWouldStillAllow() {
        try (var hasty = new OutboundHttp(vertx, new OutboundConfig(true, true, Optional.empty(), LIMIT, Duration.ofMillis(100), 2))) {
            assertThat(refused(() -> hasty.get(at("/drip"), Map.of(), soon()))).isEqualTo(Reason.TIMED_OUT);
        }
    }

    @Test
    void spentDeadlineSendsNothing() {
        int before = HITS.get();

        assertThat(refused(() -> open.get(at("/hello"), Map.of(), Deadline.after(Duration.ZERO)))).isEqualTo(Reason.TIMED_OUT);
        assertThat(HITS).hasValue(before);
    }

    @Test
    void threeRedirectsAreFollowedAndFourAreNot() {
        assertThat(open.get(at("/hops/2"), Map.of(), soon()).status()).isEqualTo(200);
        assertThat(refused(() -> open.get(at("/hops/3"), Map.of(), soon()))).isEqualTo(Reason.TOO_MANY_REDIRECTS);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:PORT/hello, ADDRESS_NOT_ALLOWED",
        "http://127.0.0.1:1/hello, ADDRESS_NOT_ALLOWED",
        "https://127.0.0.1:PORT/hello, ADDRESS_NOT_ALLOWED",
        "//169.254.169.254/latest/meta-data, ADDRESS_NOT_ALLOWED",
        "http://user@127.0.0.1:PORT/hello, MALFORMED",
        "file:///etc/passwd, SCHEME_NOT_ALLOWED",
        "gopher://127.0.0.1:PORT/, SCHEME_NOT_ALLOWED",
        "'http://[', MALFORMED",
    })
    void redirectToAnywhereElseIsNotFollowed(String location, Reason reason) {
        var target = location.replace("PORT", Integer.toString(server.getAddress().getPort()));
        int before = HITS.get();

        assertThat(refused(() -> open.get(at("/to?" + java.net.URLEncoder.encode(target, StandardCharsets.UTF_8)), Map.of(), soon())))
                .isEqualTo(reason);
        assertThat(HITS).hasValue(before);
    }

    @Test
    void postIsNeverRedirected() {
        assertThat(open.post(at("/hops/0"), Map.of(), new byte[1], soon()).status()).isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "http://127.0.0.1:PORT/hello", "http://127.1:PORT/hello", "http://2130706433:PORT/hello", "http://0x7f.1:PORT/hello",
        "http://0177.0.0.1:PORT/hello", "http://localhost:PORT/hello", "http://LOCALHOST.:PORT/hello", "http://[::1]:PORT/hello",
        "http://[::ffff:127.0.0.1]:PORT/hello", "http://[::ffff:7f00:1]:PORT/hello", "http://0.0.0.0:PORT/hello", "http://0:PORT/hello"
    })
    void loopbackIsNotReachedUnderAnySpelling(String url) {
        int before = HITS.get();
        try (var guarded = new OutboundHttp(vertx, HTTP_BUT_PUBLIC)) {
            var target = URI.create(url.replace("PORT", Integer.toString(server.getAddress().getPort())));
            for (Callable<?> call : List.<Callable<?>>of(
                    () -> guarded.get(target, Map.of(), soon()), () -> guarded.post(target, Map.of(), new byte[1], soon()))) {
                assertThat(refused(call)).isIn(Reason.ADDRESS_NOT_ALLOWED, Reason.UNRESOLVED, Reason.MALFORMED);
            }
        }
        assertThat(HITS).hasValue(before);
    }

    @Test
    void nameWithOnePrivateAddressAmongPublicOnesIsRefused() {
        try (var guarded = resolving(HTTP_BUT_PUBLIC, "1.1.1.1", "10.0.0.1")) {
            assertThat(refused(() -> guarded.get(URI.create("http://mixed.example/"), Map.of(), soon())))
                    .isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
        }
    }

    @Test
    void connectionGoesToTheAddressThatWasJudgedAndNamesTheHostThatWasAsked() {
        var looks = new AtomicInteger();
        try (var caller = new OutboundHttp(vertx, LAPTOP, _ -> {
            looks.incrementAndGet();
            return CompletableFuture.completedFuture(List.of(address("127.0.0.1")));
        })) {
            var url = URI.create("http://changes.invalid:" + server.getAddress().getPort() + "/echo");
            assertThat(caller.post(url, Map.of(), new byte[1], soon()).status()).isEqualTo(201);
        }
        assertThat(looks).hasValue(1);
        assertThat(SEEN).containsEntry("host", "changes.invalid:" + server.getAddress().getPort());
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
            assertThat(refused(() -> nowhere.get(URI.create("http://none.invalid/"), Map.of(), soon()))).isEqualTo(Reason.UNRESOLVED);
        }
        try (var failing = new OutboundHttp(vertx, LAPTOP, _ -> CompletableFuture.failedFuture(new UnknownHostException("none")))) {
            assertThat(refused(() -> failing.get(URI.create("http://none.invalid/"), Map.of(), soon()))).isEqualTo(Reason.UNRESOLVED);
        }
    }

    @Test
    void slowNameServerIsCutOffAtTheDeadline() {
        try (var slow = new OutboundHttp(vertx, LAPTOP, _ -> new CompletableFuture<>())) {
            assertThat(refused(() -> slow.get(URI.create("http://slow.invalid/"), Map.of(), Deadline.after(Duration.ofMillis(50)))))
                    .isEqualTo(Reason.TIMED_OUT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://idp.example/, SCHEME_NOT_ALLOWED",
        "ftp://idp.example/, SCHEME_NOT_ALLOWED",
        "/relative, SCHEME_NOT_ALLOWED",
        "https:opaque, MALFORMED",
        "https:///path, MALFORMED",
        "https://user:secret@idp.example/, MALFORMED",
        "https://idp.example:22/, ADDRESS_NOT_ALLOWED",
        "https://idp.example:1023/, ADDRESS_NOT_ALLOWED",
        "https://idp.example:0/, ADDRESS_NOT_ALLOWED",
        "https://idp.example:70000/, ADDRESS_NOT_ALLOWED",
        "https://10.0.0.1/, ADDRESS_NOT_ALLOWED",
    })
    void strictDefaults(String url, Reason reason) {
        try (var strict = new OutboundHttp(vertx, OutboundConfig.DEFAULTS,
                host -> CompletableFuture.completedFuture(List.of(address(host.equals("10.0.0.1") ? host : "1.1.1.1"))))) {
            assertThat(refused(() -> strict.get(URI.create(url), Map.of(), soon()))).isEqualTo(reason);
        }
    }

    @Test
    void overlongUrlIsRefused() {
        assertThat(refused(() -> open.get(at("/" + "x".repeat(4096)), Map.of(), soon()))).isEqualTo(Reason.MALFORMED);
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

    @Test
    void configIsBornValid() {
        for (Callable<?> building : List.<Callable<?>>of(
                () -> new OutboundConfig(false, false, Optional.empty(), 1023, Duration.ofSeconds(1), 1),
                () -> new OutboundConfig(false, false, Optional.empty(), (64 << 20) + 1, Duration.ofSeconds(1), 1),
                () -> new OutboundConfig(false, false, Optional.empty(), 1024, Duration.ZERO, 1),
                () -> new OutboundConfig(false, false, Optional.empty(), 1024, Duration.ofSeconds(61), 1),
                () -> new OutboundConfig(false, false, Optional.empty(), 1024, Duration.ofSeconds(1), 0),
                () -> new OutboundConfig(false, false, Optional.empty(), 1024, Duration.ofSeconds(1), 1001))) {
            assertThatThrownBy(building::call).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("outbound.");
        }
    }
}
