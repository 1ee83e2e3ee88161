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
    private final String url;

    private RunningServer(Path folder, EmbeddedStores stores, Server server, String url) {
        this.folder = folder;
        this.stores = stores;
        this.server = server;
        this.url = url;
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
                return new RunningServer(folder, stores, Server.start(config, Declaration.demo()), config.publicUrl());
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
        return url;
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
