package gatehouse.loadtests;

import gatehouse.loadtests.load.Plan;
import gatehouse.loadtests.load.Warmth;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Options about time, the same for every command that puts load on. */
final class Lengths {

    @Option(names = "--seconds", defaultValue = "30", paramLabel = "N",
        description = "Length of each measured window (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--warmup", defaultValue = "5", paramLabel = "N",
        description = "Seconds of load before each window, at least (default: ${DEFAULT-VALUE}).")
    private int warmup;

    @Option(names = "--warm-cpu", defaultValue = "0", paramLabel = "N",
        description = "Seconds of the server's own CPU time that a journey runs before it is measured;"
            + " 60 for figures to publish (default: ${DEFAULT-VALUE}).")
    private int warmCpu;

    Plan plan() {
        // On a machine shared with the driver a server gets about half; ten times as long means it gets no load.
        var atMost = Duration.ofSeconds(Math.max(warmup, 10L * warmCpu));
        return Plan.of(new Warmth(Duration.ofSeconds(warmup), Duration.ofSeconds(warmCpu), atMost),
            Duration.ofSeconds(Math.max(1, seconds)));
    }
}
