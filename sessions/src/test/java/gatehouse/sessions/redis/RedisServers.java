package gatehouse.sessions.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/** Starts Redis servers on free ports of the loopback interface; none outlives this JVM. */
final class RedisServers {

    private static final Duration START_MAX = Duration.ofSeconds(20);

    private RedisServers() {}

    /** The server binary that comes as a Maven artifact, started once. */
    static URI embedded() {
        return Embedded.SERVER.uri();
    }

    /** The server that is installed, started once. */
    static URI real() {
        return Real.SERVER.uri();
    }

    /** A further one of the installed server, with further arguments. */
    static Running start(String... arguments) {
        return new Running("redis-server", List.of(arguments));
    }

    /** A further one of the server that comes as a Maven artifact. */
    static Running startEmbedded() {
        try {
            return new Running(ExecutableProvider.newJarResourceProvider().get().getPath(), List.of());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static final class Embedded {
        static final Running SERVER = startEmbedded();
    }

    private static final class Real {
        static final Running SERVER = start();
    }

    /** A server process that can be killed and started again on its port. */
    static final class Running implements AutoCloseable {

        private final String executable;
        private final int port;
        private final List<String> arguments;
        private final Path directory;
        private volatile Process process;

        private Running(String executable, List<String> arguments) {
            this.executable = executable;
            this.port = freePort();
            this.arguments = arguments;
            try {
                directory = Files.createTempDirectory("gatehouse-redis");
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::close));
            start();
        }

        URI uri() {
            return URI.create("redis://127.0.0.1:" + port);
        }

        long pid() {
            return process.pid();
        }

        void start() {
            var command = new ArrayList<>(List.of(
                    executable, "--port", "" + port, "--bind", "127.0.0.1", "--dir", directory.toString(),
                    "--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction"));
            command.addAll(arguments);
            try {
                process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
            } catch (IOException missing) {
                throw new AssertionError(executable + " cannot be run. The stores are tested on a real Redis: "
                        + "install it (Debian: apt-get install redis-server)", missing);
            }
            awaitListening();
        }

        void kill() {
            process.destroyForcibly();
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private void awaitListening() {
            var end = System.nanoTime() + START_MAX.toNanos();
            while (!answers()) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new AssertionError("redis-server did not start; see " + directory.resolve("log"));
                }
                RedisEngine.sleep(Duration.ofMillis(20));
            }
        }

        private boolean answers() {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
                socket.setSoTimeout(500);
                socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
                return socket.getInputStream().read() > 0;
            } catch (IOException notYet) {
                return false;
            }
        }

        @Override
        public void close() {
            kill();
            try (var files = Files.walk(directory)) {
                files.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
            } catch (IOException | UncheckedIOException alreadyGone) {
                // nothing is left to delete
            }
        }
    }
}
