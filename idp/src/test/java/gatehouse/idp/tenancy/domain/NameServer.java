package gatehouse.idp.tenancy.domain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real authoritative name server (NLnet Labs' NSD) on loopback, whose zones tests change. */
public final class NameServer implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 10_000;

    private final Path folder;
    private final InetSocketAddress address;
    private final Map<String, String> zones = new LinkedHashMap<>();
    private Process process;
    private int serial;

    public NameServer() {
        this("127.0.0.1", freePort());
    }

    /** Another one at the same port of another loopback address. */
    public NameServer(String host, int port) {
        try {
            folder = Files.createTempDirectory("nsd-test");
            address = new InetSocketAddress(InetAddress.ofLiteral(host), port);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int freePort() {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * Serves {@code zone} with {@code records} beside its own, in the format of zone files, and starts again.
     *
     * @param servers addresses of the zone's servers
     */
    public void serve(String zone, String records, String... servers) {
        var text = new StringBuilder("$ORIGIN " + zone + ".\n$TTL 1\n@ SOA ns1 hostmaster " + ++serial
                + " 1 1 1 1\n");
        for (int i = 0; i < servers.length; i++) {
            text.append("@ NS ns").append(i + 1).append("\nns").append(i + 1).append(" A ").append(servers[i])
                    .append('\n');
        }
        zones.put(zone, text + records + "\n");
        restart();
    }

    private void restart() {
        stop();
        try {
            var config = new StringBuilder("""
                    server:
                      ip-address: %1$s@%2$d
                      username: ""
                      chroot: ""
                      database: ""
                      zonesdir: "%3$s"
                      pidfile: "%3$s/nsd.pid"
                      xfrdfile: "%3$s/xfrd.state"
                      xfrdir: "%3$s"
                      zonelistfile: "%3$s/zone.list"
                      cookie-secret-file: "%3$s/cookies"
                      server-count: 1
                    remote-control:
                      control-enable: no
                    """.formatted(address.getAddress().getHostAddress(), address.getPort(), folder));
            for (var zone : zones.entrySet()) {
                Files.writeString(folder.resolve(zone.getKey() + ".zone"), zone.getValue());
                config.append("zone:\n  name: \"%1$s\"\n  zonefile: \"%1$s.zone\"\n".formatted(zone.getKey()));
            }
            Files.writeString(folder.resolve("nsd.conf"), config);
            process = new ProcessBuilder("/usr/sbin/nsd", "-d", "-c", folder.resolve("nsd.conf").toString())
                    .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
            awaitStarted();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void awaitStarted() throws IOException {
        var end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!Files.readString(folder.resolve("log")).contains("nsd started")) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new AssertionError("nsd did not start: " + Files.readString(folder.resolve("log")));
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    private void stop() {
        if (process == null) {
            return;
        }
        // Its parts end with their parent, and free the port before it is taken again.
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        stop();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
