package gatehouse.idp.upstream.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import gatehouse.idp.edge.OutboundConfig;
import gatehouse.idp.edge.OutboundHttp;
import gatehouse.idp.http.HttpCaller;
import gatehouse.spi.Deadline;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** A {@link FakeOpenIdProvider} behind a real socket, and the way out of the server to it. */
final class LoopbackProvider implements AutoCloseable {

    /** An answer instead of the provider's own. */
    record Instead(int status, Map<String, String> headers, byte[] body, Duration pauseBetweenBytes) {

        static Instead of(int status, String contentType, String body) {
            return new Instead(status, Map.of("Content-Type", contentType), body.getBytes(), Duration.ZERO);
        }

        /** More than is read. */
        static Instead huge() {
            return of(200, "application/json", "{\"x\":\"" + "x".repeat(2 << 20) + "\"}");
        }

        /** To where no server may be led. */
        static Instead redirect() {
            return new Instead(302, Map.of("Location", "http://169.254.169.254/latest/meta-data"), new byte[0],
                    Duration.ZERO);
        }
    }

    final Map<String, Instead> instead = new ConcurrentHashMap<>();
    final Map<String, Integer> strangers = new ConcurrentHashMap<>();
    private final AtomicReference<OidcJourney> current = new AtomicReference<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final OutboundHttp open;
    private final OutboundHttp guarded;

    LoopbackProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        open = new OutboundHttp(vertx, config(true));
        guarded = new OutboundHttp(vertx, config(false));
    }

    private static OutboundConfig config(boolean allowPrivate) {
        var usual = OutboundConfig.DEFAULTS;
        return new OutboundConfig(allowPrivate, true, usual.caFile(), usual.responseBytesMax(), usual.timeout(),
                usual.perHostMax());
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A new provider at this address, as a server that may call private addresses sees it. */
    OidcJourney journey() {
        return journey(open);
    }

    /** The same, as a server sees it that may call public addresses only. */
    OidcJourney guardedJourney() {
        return journey(guarded);
    }

    private OidcJourney journey(HttpCaller http) {
        instead.clear();
        strangers.clear();
        var journey = new OidcJourney(address() + "/tenant", http);
        current.set(journey);
        return journey;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var within = path.startsWith("/tenant") ? path.substring("/tenant".length()) : path;
            if (!path.startsWith("/tenant")) {
                strangers.merge(path, 1, Integer::sum);
            }
            var told = instead.get(within);
            write(exchange, told == null ? ask(exchange) : told);
        }
    }

    private Instead ask(HttpExchange exchange) throws IOException {
        var provider = current.get().provider;
        var uri = URI.create(provider.issuer + exchange.getRequestURI().getPath().replaceFirst("^/tenant", ""));
        var headers = new LinkedHashMap<String, String>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        var deadline = Deadline.after(Duration.ofSeconds(5));
        var answer = exchange.getRequestMethod().equals("POST")
                ? provider.post(uri, headers, exchange.getRequestBody().readAllBytes(), deadline)
                : provider.get(uri, headers, deadline);
        return new Instead(answer.status(), answer.headers(), answer.body(), Duration.ZERO);
    }

    private static void write(HttpExchange exchange, Instead answer) throws IOException {
        answer.headers().forEach((name, value) ->
                exchange.getResponseHeaders().set(name.toLowerCase(Locale.ROOT), value));
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : 0);
        for (var each : slices(answer)) {
            exchange.getResponseBody().write(each);
            exchange.getResponseBody().flush();
            pause(answer.pauseBetweenBytes());
        }
    }

    private static byte[][] slices(Instead answer) {
        if (answer.pauseBetweenBytes().isZero()) {
            return answer.body().length == 0 ? new byte[0][] : new byte[][] {answer.body()};
        }
        var slices = new byte[answer.body().length][];
        for (int i = 0; i < slices.length; i++) {
            slices[i] = new byte[] {answer.body()[i]};
        }
        return slices;
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        open.close();
        guarded.close();
        server.stop(0);
        threads.shutdownNow();
        vertx.close();
    }
}
