package gatehouse.idp.edge;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.http.BadRequest;
import gatehouse.idp.http.Form;
import gatehouse.idp.http.Journey;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.idp.slo.BudgetsConfig;
import gatehouse.idp.slo.Meters;
import gatehouse.spi.Deadline;
import gatehouse.spi.Unavailable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HttpFrontTest {

    private static final Voice VOICE = new Voice() {
        @Override
        public Reply refuse(Refusal refusal, Request request) {
            return Reply.text(refusal instanceof BadRequest bad ? bad.status() : 400, refusal.reason());
        }

        @Override
        public Reply unavailable(Request request) {
            return Reply.text(503, "unavailable").with("Retry-After", "1");
        }

        @Override
        public Reply fault(Request request) {
            return Reply.text(500, "fault " + request.traceId());
        }
    };

    private static final CountDownLatch NEVER = new CountDownLatch(1);
    private static final SimpleMeterRegistry REGISTRY = new SimpleMeterRegistry();
    private static Vertx vertx;
    private static HttpFront front;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        var routes = List.of(
                route("GET", "/where", (request, _) -> Reply.text(200, request.issuer().url() + " " + request.path())).anyOrigin(),
                route("POST", "/echo", (request, _) -> Reply.text(200, request.form().optional("a").orElse("nothing"))),
                route("GET", "/things/{id}/parts/{part}", (request, _) ->
                        Reply.text(200, request.pathParameter("id") + "|" + request.pathParameter("part"))),
                route("GET", "/files/{rest*}", (request, _) -> Reply.text(200, request.pathParameter("rest"))),
                route("GET", "/bug", (_, _) -> {
                    throw new IllegalStateException("secret inside");
                }),
                route("GET", "/down", (_, _) -> {
                    throw new Unavailable("redis", new IOException());
                }),
                route("GET", "/spin", (_, _) -> spin()),
                route("GET", "/wait", (_, deadline) -> waitForever(deadline)),
                route("GET", "/wide", (request, _) -> Reply.text(200, "wide " + request.path())).deploymentWide(),
                route("GET", "/inline", (request, _) -> Reply.text(200, Thread.currentThread().isVirtual() ? "virtual" : "loop"))
                        .answeredInline());
        var issuers = new Issuers() {
            @Override
            public boolean isKnown(String name) {
                return name.equals("main");
            }

            @Override
            public boolean exists(String name, Deadline deadline) {
                return !name.equals("ghost");
            }
        };
        front = HttpFront.open(vertx, new EdgeConfig("127.0.0.1", 0, List.of("127.0.0.1"), 50, 1024, 2048),
                new HttpFront.Served("http://localhost:1", routes, VOICE, issuers, BudgetsConfig.DEFAULTS, new Meters(REGISTRY)));
    }

    private static Route route(String method, String path, gatehouse.idp.http.Endpoint endpoint) {
        return Route.of(method, path, Journey.INTROSPECT, VOICE, endpoint);
    }

    private static Reply spin() {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        return Reply.text(200, "late");
    }

    private static Reply waitForever(Deadline deadline) {
        deadline.await(new java.util.concurrent.CompletableFuture<Void>());
        return Reply.text(200, "never");
    }

    @AfterAll
    static void stop() {
        NEVER.countDown();
        front.close();
        vertx.close().await();
    }

    private static HttpResponse<String> send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + path))
                .timeout(Duration.ofSeconds(5))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    private static final String[] FORM = {"Content-Type", "application/x-www-form-urlencoded"};

    @Test
    void issuerComesFromThePathAndNeverFromTheHost() {
        assertThat(get("/where").body()).isEqualTo("http://localhost:1 /where");
        assertThat(get("/realms/acme/where").body()).isEqualTo("http://localhost:1/realms/acme /where");
        assertThat(get("/realms/ghost/where").statusCode()).isEqualTo(404);
        assertThat(get("/realms/main/where").statusCode()).isEqualTo(404);
        assertThat(get("/realms/UPPER/where").statusCode()).isEqualTo(404);
        assertThat(get("/realms/acme/wide").statusCode()).isEqualTo(404);
        assertThat(get("/wide").body()).isEqualTo("wide /wide");
    }

    @Test
    void pathSegmentsAreDecodedOnceAndControlCharactersRefused() {
        assertThat(get("/things/a%2Fb/parts/c+d").body()).isEqualTo("a/b|c+d");
        assertThat(get("/things/a%00/parts/c").statusCode()).isEqualTo(404);
        assertThat(get("/files/a/b/c").body()).isEqualTo("a/b/c");
    }

    @Test
    void bodyIsReadUpToItsLimitAndNotOneByteFurther() {
        assertThat(send("POST", "/echo", "a=" + "x".repeat(1022), FORM).statusCode()).isEqualTo(200);
        assertThat(send("POST", "/echo", "a=" + "x".repeat(1023), FORM).statusCode()).isEqualTo(413);
    }

    @Test
    void bodyThatIsNoFormIsRefused() {
        assertThat(send("POST", "/echo", "{}", "Content-Type", "application/json").statusCode()).isEqualTo(415);
        assertThat(send("POST", "/echo", "a=%zz", FORM).body()).isEqualTo("malformed_parameters");
        var many = "a=1&".repeat(Form.PARAMETERS_MAX) + "b=2";
        assertThat(send("POST", "/echo", many, FORM).body()).isEqualTo("too_many_parameters");
    }

    @Test
    void faultShowsTheTraceIdAndNothingOfTheBug() {
        var trace = "0af7651916cd43dd8448eb211c80319c";
        var answer = send("GET", "/bug", "", "traceparent", "00-" + trace + "-b7ad6b7169203331-01");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("fault " + trace);
        assertThat(send("GET", "/bug", "", "traceparent", "00-" + "0".repeat(32) + "-b7ad6b7169203331-01").body())
                .doesNotContain("0".repeat(32));
    }

    @Test
    void unavailableStoreAnswers503WithRetryAfter() {
        var answer = get("/down");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
    }

    @Test
    void spentBudgetAnswers503EvenForWorkThatIgnoresItsDeadline() {
        assertThat(get("/wait").statusCode()).isEqualTo(503);
        assertThat(get("/spin").statusCode()).isEqualTo(503);
        assertThat(get("/where").statusCode()).isEqualTo(200);
        assertThat(REGISTRY.get("gatehouse.journey.duration").tag("gatehouse_outcome", "budget_exceeded")
                .tag("gatehouse_journey", "introspect").timer().count()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void unknownPathIs404AndWrongMethod405WithAllow() {
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        var answer = send("DELETE", "/where", "");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).hasValue("GET");
    }

    @Test
    void headAnswersAsGetWithoutABody() {
        var answer = send("HEAD", "/where", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("content-length")).hasValue("25");
    }

    @Test
    void otherOriginsMayReadOnlyWhatIsOpenToThem() {
        assertThat(get("/where").headers().firstValue("access-control-allow-origin")).hasValue("*");
        assertThat(get("/wide").headers().firstValue("access-control-allow-origin")).isEmpty();
        var preflight = send("OPTIONS", "/where", "");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("access-control-allow-methods")).hasValue("GET");
        assertThat(send("OPTIONS", "/wide", "").headers().firstValue("access-control-allow-methods")).isEmpty();
    }

    @Test
    void inlineEndpointStaysOnTheLoopOnlyForAKnownIssuer() {
        assertThat(get("/inline").body()).isEqualTo("loop");
        assertThat(get("/realms/acme/inline").body()).isEqualTo("virtual");
    }

    @Test
    void malformedRequestLineIsAnsweredAndTheServerGoesOn() throws IOException {
        try (var socket = new Socket("127.0.0.1", front.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)).endsWith(" 414");
        }
        assertThat(get("/where").statusCode()).isEqualTo(200);
    }
}
