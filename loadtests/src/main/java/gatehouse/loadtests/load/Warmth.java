package gatehouse.loadtests.load;

import java.time.Duration;

/**
 * When a server counts as warm: after this much time, and this much CPU time of its own, but no later than a limit.
 *
 * @param least   wall time that passes in any case
 * @param cpu     CPU time of the server; zero where it does not matter or is not known
 * @param atMost  wall time after which the server counts as warm whatever it has used
 */
public record Warmth(Duration least, Duration cpu, Duration atMost) {

    public static Warmth after(Duration time) {
        return new Warmth(time, Duration.ZERO, time);
    }

    boolean isReached(Duration elapsed, Duration serverCpu) {
        return elapsed.compareTo(atMost) >= 0 || elapsed.compareTo(least) >= 0 && serverCpu.compareTo(cpu) >= 0;
    }
}
