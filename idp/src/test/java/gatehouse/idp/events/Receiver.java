package gatehouse.idp.events;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import gatehouse.idp.schema.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A webhook's other end on loopback, answering as a test wants, and checking signatures by itself. */
public final class Receiver implements AutoCloseable {

    /** A request as it came. */
    public record Heard(String id, String timestamp, List<String> signatures, String body, int answered) {

        public String type() {
            return text("type");
        }

        public String about() {
            return text("id");
        }

        public String organization() {
            return text("organization");
        }

        private String text(String name) {
            try {
                var json = RecordJson.MAPPER.readTree(body);
                return json.path(name).asText(json.path("data").path(name).asText());
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        /** Whether one of the signatures is {@code secret}'s. */
        public boolean isSignedWith(String secret) {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
                var expected = "v1," + Base64.getEncoder().encodeToString(
                        mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8)));
                return signatures.contains(expected);
            } catch (GeneralSecurityException broken) {
                throw new IllegalStateException(broken);
            }
        }
    }

    public final List<Heard> heard = Collections.synchronizedList(new ArrayList<>());
    volatile Function<Heard, Integer> answer = _ -> 204;
    private final HttpServer server;

    public Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var arrived = new Heard(headers.getFirst("webhook-id"), headers.getFirst("webhook-timestamp"),
                    Arrays.asList(headers.getFirst("webhook-signature").split(" ")), body, 0);
            int status = answer.apply(arrived);
            heard.add(new Heard(arrived.id(), arrived.timestamp(), arrived.signatures(), body, status));
            if (status >= 300 && status < 400) {
                exchange.getResponseHeaders().add("location", url() + "elsewhere");
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    /** What was answered 2xx, in order. */
    public List<Heard> accepted() {
        return List.copyOf(heard).stream().filter(one -> one.answered() < 300).toList();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
