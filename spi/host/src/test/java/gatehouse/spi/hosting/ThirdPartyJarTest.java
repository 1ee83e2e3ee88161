package gatehouse.spi.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import gatehouse.spi.event.EventListener;
import gatehouse.spi.host.ProviderReport.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A webhook listener as its authors publish it: its own HTTP client, its configuration in realm attributes. */
@Timeout(120)
class ThirdPartyJarTest {

    @TempDir
    Path folder;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            received.add(exchange.getRequestHeaders().getFirst("X-Keycloak-Signature") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    @Test
    void anUnmodifiedWebhookListenerPostsASignedEvent() {
        try (var hosted = kit().open()) {
            var listener = hosted.eventListeners().stream().filter(one -> one.name().equals("ext-event-http"))
                    .findFirst().orElseThrow();
            listener.on(ProviderKit.event("LOGIN", Map.of("username", "ada")));

            ProviderKit.await(() -> !received.isEmpty());
            assertThat(received).singleElement().satisfies(post -> assertThat(post)
                    .matches("(?s)[0-9a-f]{64} .*").contains("\"type\":\"LOGIN\"", "\"realmId\":\"main\"",
                            "\"clientId\":\"demo-app\"", "\"username\":\"ada\""));
        }
    }

    @Test
    void whatIsNotHostedOfTheJarIsReportedAndTheRestRuns() {
        try (var hosted = kit().open()) {
            assertThat(hosted.eventListeners()).extracting(EventListener::name).contains("ext-event-http");
            assertThat(hosted.report()).filteredOn(line -> line.jar().equals("keycloak-events-0.50.jar"))
                    .filteredOn(line -> line.status() == Status.UNSUPPORTED)
                    .extracting(line -> line.className().substring(line.className().lastIndexOf('.') + 1))
                    .contains("EventsResourceProviderFactory", "WebhookEntityProviderFactory");
        }
    }

    private ProviderKit kit() {
        return new ProviderKit(folder).drop(ProviderKit.thirdParty("keycloak-events-0.50.jar"))
                .budgets(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(2))
                .set("realm.main.attribute._providerConfig.ext-event-http.0", """
                        {"targetUri":"http://127.0.0.1:%d/hook","sharedSecret":"s3cret","hmacAlgorithm":"HmacSHA256"}"""
                        .formatted(receiver.getAddress().getPort()));
    }
}
