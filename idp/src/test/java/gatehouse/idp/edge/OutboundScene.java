package gatehouse.idp.edge;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

/** A server on the loopback interface that answers, floods, drips and redirects, and a caller that may reach it. */
abstract class OutboundScene {

    static final int LIMIT = 4096;
    static final OutboundConfig LAPTOP =
            new OutboundConfig(true, true, Optional.empty(), LIMIT, Duration.ofSeconds(10), 2);
    static final OutboundConfig HTTP_BUT_PUBLIC =
            new OutboundConfig(false, true, Optional.empty(), LIMIT, Duration.ofSeconds(10), 2);

    static Vertx vertx;
    static HttpServer server;
    static OutboundHttp open;
    static final AtomicInteger HITS = new AtomicInteger();
    static final AtomicInteger AT_ONCE = new AtomicInteger();
    static final AtomicInteger AT_ONCE_MAX = new AtomicInteger();
    static final Map<String, String> SEEN = new ConcurrentHashMap<>();

    @BeforeAll
    static void start() throws IOException {
        vertx = Vertx.vertx();
        open = new OutboundHttp(vertx, LAPTOP);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/hello", exchange -> answer(exchange, 200, "hello " + exchange.getRequestURI().getRawQuery()));
        server.createContext("/echo", exchange -> {
            SEEN.put("method", exchange.getRequestMethod());
            exchange.getRequestHeaders().forEach((name, values) -> SEEN.put(name.toLowerCase(), values.getFirst()));
            answer(exchange, 201, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        });
        server.createContext("/limit", exchange -> answer(exchange, 200, "x".repeat(LIMIT)));
        server.createContext("/over", exchange -> answer(exchange, 200, "x".repeat(LIMIT + 1)));
        server.createContext("/endless", OutboundScene::endless);
        server.createContext("/drip", OutboundScene::drip);
        server.createContext("/busy", OutboundScene::busy);
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

    static void answer(HttpExchange exchange, int status, String body) throws IOException {
        HITS.incrementAndGet();
        try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("X-Two", "one");
            exchange.getResponseHeaders().add("X-Two", "two");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    static void redirect(HttpExchange exchange, String location) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(302, -1);
        }
    }

    static void endless(HttpExchange exchange) {
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

    static void drip(HttpExchange exchange) throws IOException {
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

    static void busy(HttpExchange exchange) throws IOException {
        AT_ONCE_MAX.accumulateAndGet(AT_ONCE.incrementAndGet(), Math::max);
        try {
            Thread.sleep(30);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        AT_ONCE.decrementAndGet();
        answer(exchange, 200, "done");
    }

    static URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(5));
    }

    static Reason refused(Callable<?> call) {
        return catchThrowableOfType(OutboundRefused.class, call::call).cause();
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static OutboundHttp resolving(OutboundConfig config, String... literals) {
        return new OutboundHttp(vertx, config, _ -> CompletableFuture.completedFuture(
                List.of(literals).stream().map(OutboundScene::address).toList()));
    }

    static void awaitSeen(String what) throws InterruptedException {
        var until = soon();
        while (!SEEN.containsKey(what) && !until.hasPassed()) {
            Thread.sleep(5);
        }
        assertThat(SEEN).containsEntry(what, "aborted");
    }
}
