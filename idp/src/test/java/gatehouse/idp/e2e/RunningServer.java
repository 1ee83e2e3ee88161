package gatehouse.idp.e2e;

import gatehouse.idp.boot.Declaration;
import gatehouse.idp.boot.Server;
import gatehouse.idp.boot.config.ConfigFile;
import gatehouse.idp.boot.config.Overrides;
import gatehouse.idp.boot.config.ServerConfig;
import gatehouse.idp.boot.embedded.EmbeddedStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The real server of {@code gatehouse demo}, on real stores, on a free port, in a folder of its own. */
public final class RunningServer implements AutoCloseable {

    private final Path folder;
    private final EmbeddedStores stores;
    private final Server server;
    private final ServerConfig config;

    private RunningServer(Path folder, EmbeddedStores stores, Server server, ServerConfig config) {
        this.folder = folder;
        this.stores = stores;
        this.server = server;
        this.config = config;
    }

    public static RunningServer start() {
        return start(UnaryOperator.identity());
    }

    /** The same with its configuration changed by {@code change}. */
    static RunningServer start(UnaryOperator<ServerConfig> change) {
        try {
            var folder = Files.createTempDirectory("gatehouse-test");
            var stores = EmbeddedStores.start(folder);
            var port = freePort();
            var config = change.apply(
                    Overrides.embedded(Overrides.development(ConfigFile.read(Map.of()), port), stores));
            try {
                return new RunningServer(folder, stores, Server.start(config, Declaration.demo()), config);
            } catch (RuntimeException notStarted) {
                stores.close();
                EmbeddedStores.wipe(folder);
                throw notStarted;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Public URL, also the root issuer. */
    public String url() {
        return config.publicUrl();
    }

    /** Another node of the same deployment: the same stores and public URL, at a port of its own. */
    Server anotherNode() {
        var at = config.listen();
        var listen = new ServerConfig.Listen(at.host(), 0, at.trustedProxies(), at.requestsMax(), at.bodyBytesMax(),
                at.largeBodyBytesMax());
        return Server.start(new ServerConfig(config.publicUrl(), config.masterKey(), listen, config.database(),
                config.redis(), config.keys(), config.outbound(), config.providers(), config.budgets(),
                config.attempts(), config.logging()), Declaration.none());
    }

    public EmbeddedStores stores() {
        return stores;
    }

    public Server server() {
        return server;
    }

    /** The folder of the stores' data. */
    Path folder() {
        return folder;
    }

    /** The process of Redis. */
    StoreProcess redis() {
        return StoreProcess.of(folder.resolve("redis/redis.pid"));
    }

    /** The process of PostgreSQL, with one process for each link to it. */
    StoreProcess postgres() {
        return StoreProcess.of(folder.resolve("postgres/data/postmaster.pid"));
    }

    @Override
    public void close() {
        server.close();
        stores.close();
        EmbeddedStores.wipe(folder);
    }
}
