package gatehouse.loadtests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFilesTest {

    private final ProcFiles proc = ProcFiles.ofThisMachine();
    private final long self = ProcessHandle.current().pid();

    @Test
    void cpuTimeIsWhatTheJvmSaysOfItself() {
        var before = proc.cpuTime(self).orElseThrow();
        var until = System.nanoTime() + Duration.ofMillis(300).toNanos();
        var spun = 0L;
        while (System.nanoTime() < until) {
            spun++;
        }

        var after = proc.cpuTime(self).orElseThrow();
        var byJvm = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
        assertThat(spun).isPositive();
        assertThat(after).isGreaterThan(before);
        assertThat(byJvm.minus(after).abs()).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void residentMemoryIsPlausible() {
        assertThat(proc.residentKibibytes(self).orElseThrow()).isBetween(20L * 1024, 8L * 1024 * 1024);
    }

    @Test
    void theListenerOfAPortIsFound() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(proc.listener(socket.getLocalPort())).contains(self);
        }
    }

    @Test
    void nobodyListensOnAClosedPort() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(proc.listener(port)).isEmpty();
    }

    @Test
    void aStoreIsCountedWithTheProcessesItStarted() throws IOException {
        var child = new ProcessBuilder("sleep", "30").start();
        try {
            assertThat(proc.tree(self)).contains(self, child.pid());
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void aCommandWithSpacesAndBracketsDoesNotShiftTheFields(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("42"));
        Files.writeString(root.resolve("42/stat"),
            "42 (a) R (b)) S 1 42 42 0 -1 4194560 100 200 0 0 150 50 7 3 20 0 31 0 100 1000 100\n");
        var fake = new ProcFiles(root);

        assertThat(fake.cpuTime(42)).contains(Duration.ofSeconds(2));
        assertThat(fake.endedChildrenCpuTime(42)).contains(Duration.ofMillis(100));
        assertThat(fake.cpuTime(43)).isEmpty();
    }

    @Test
    void theMeterCountsTheServerAloneAndNeverNegativeNeighbours() {
        var meter = new Meter(proc, List.of(self), List.of());
        var reading = meter.cpu();

        assertThat(reading.server()).isPositive();
        assertThat(reading.stores()).isZero();
        assertThat(reading.machine()).isGreaterThan(Duration.ZERO);
        assertThat(new CpuReading(Duration.ofMillis(20), Duration.ZERO, Duration.ZERO, Duration.ofMillis(10))
            .neighbours()).isZero();
    }
}
