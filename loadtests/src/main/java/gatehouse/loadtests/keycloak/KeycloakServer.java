package gatehouse.loadtests.keycloak;

import gatehouse.loadtests.process.ProcFiles;
import gatehouse.loadtests.upstream.Upstream;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A running Keycloak: optimized build, production mode, its own PostgreSQL, the load test realm imported.
 *
 * <p>Heap, cache sizes and hashing are its defaults; as a single node it is spared the cluster's cache.
 */
public final class KeycloakServer implements AutoCloseable {

    private static final Duration LONGEST_BUILD = Duration.ofMinutes(5);
    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(500);

    private final EmbeddedPostgres postgres;
    private final Process process;
    private final URI issuer;
    private final int port;
    /** Somebody who interrupts the driver does not want to keep the peer. */
    private final Thread onInterrupt;

    private KeycloakServer(EmbeddedPostgres postgres, Process process, int port) {
        this.postgres = postgres;
        this.process = process;
        this.port = port;
        this.issuer = issuer(port);
        this.onInterrupt = new Thread(() -> Commands.stop(process));
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    /** Returns when discovery answers. */
    public static KeycloakServer start(KeycloakDistribution distribution, Upstream upstream, int port) {
        if (ProcFiles.ofThisMachine().listener(port).isPresent()) {
            throw new IllegalStateException("port " + port + " is taken");
        }
        var home = distribution.home();
        writeRealm(home, new KeycloakRealm(upstream));
        var script = home.resolve("bin/kc.sh").toString();
        var java = Map.of("JAVA_HOME", System.getProperty("java.home"));
        Commands.run(List.of(script, "build", "--db=postgres"), java,
            distribution.logs().resolve("keycloak-build.log"), LONGEST_BUILD);
        var postgres = startPostgres();
        var log = distribution.logs().resolve("keycloak.log");
        var command = List.of(script, "start", "--optimized", "--import-realm", "--http-enabled=true", "--cache=local",
            "--hostname-strict=false", "--http-port=" + port,
            "--db-url=" + postgres.getJdbcUrl("postgres", "postgres"), "--db-username=postgres",
            "--db-password=postgres");
        var process = Commands.start(command, java, log);
        var server = new KeycloakServer(postgres, process, port);
        server.awaitDiscovery(command, log);
        return server;
    }

    public URI issuer() {
        return issuer;
    }

    public int port() {
        return port;
    }

    public int databasePort() {
        return postgres.getPort();
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
        Commands.stop(process);
        try {
            postgres.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void awaitDiscovery(List<String> command, Path log) {
        var until = System.nanoTime() + LONGEST_START.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > until) {
                close();
                throw Commands.failed(command, log, "did not start");
            }
            LockSupport.parkNanos(POLL);
        }
    }

    private boolean answers() {
        try {
            var address = URI.create(issuer + "/.well-known/openid-configuration").toURL();
            var connection = (HttpURLConnection) address.openConnection();
            connection.setConnectTimeout(2_000);
            connection.setReadTimeout(10_000);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static URI issuer(int port) {
        return URI.create("http://localhost:" + port + "/realms/" + KeycloakRealm.NAME);
    }

    private static EmbeddedPostgres startPostgres() {
        try {
            return EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(2))
                .setServerConfig("max_connections", "150").start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void writeRealm(Path home, KeycloakRealm realm) {
        try {
            var folder = Files.createDirectories(home.resolve("data/import"));
            Files.writeString(folder.resolve(KeycloakRealm.NAME + ".json"), realm.importFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
