package gatehouse.idp.boot.command;

import gatehouse.idp.boot.Declaration;
import gatehouse.idp.boot.Server;
import gatehouse.idp.boot.config.ConfigFile;
import gatehouse.idp.boot.config.Overrides;
import gatehouse.idp.boot.embedded.EmbeddedStores;
import gatehouse.idp.boot.logging.Logs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code warm-up}: runs a whole demo in a folder of its own, asks it for what every start and first sign-in needs, and
 * exits. Run by the launcher under {@code -XX:AOTCacheOutput}, so that later starts find their classes linked (JEP 483).
 */
@Command(name = "warm-up", hidden = true, description = "Record what a start needs, for the AOT cache.")
public final class WarmUpCommand implements Callable<Integer> {

    private static final List<String> PAGES = List.of(
            "/.well-known/openid-configuration", "/jwks", "/demo", "/health/ready", "/metrics",
            "/authorize?client_id=nobody", "/realms/demo-idp/saml/idp");

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logs.setUp("text", "warn");
        var folder = Files.createTempDirectory("gatehouse-warm-up");
        try (var stores = EmbeddedStores.start(folder)) {
            var config = Overrides.embedded(Overrides.development(ConfigFile.read(Map.of()), freePort()), stores);
            try (var server = Server.start(config, Declaration.demo()); var client = HttpClient.newHttpClient()) {
                for (var page : PAGES) {
                    client.send(HttpRequest.newBuilder(URI.create(config.publicUrl() + page)).build(), BodyHandlers.discarding());
                }
                var credentials = Base64.getEncoder().encodeToString("demo-service:demo-service-secret".getBytes());
                client.send(HttpRequest.newBuilder(URI.create(config.publicUrl() + "/token"))
                        .header("Authorization", "Basic " + credentials)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                        .build(), BodyHandlers.discarding());
            }
        } finally {
            EmbeddedStores.wipe(folder);
        }
        return 0;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
