package gatehouse.loadtests.load;

import gatehouse.loadtests.process.CpuReading;
import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What one run under load showed.
 *
 * @param offeredPerSecond  arrivals per second by the clock; 0 in a closed loop
 * @param succeeded         journeys that ended well inside the window
 * @param failed            journeys that did not end well, or not at all
 * @param latencies         in microseconds, from the instant a journey should have started
 * @param cpu               spent over the window
 * @param residentKibibytes memory of the server at the end of the window
 * @param reasons           failures by reason
 */
public record Trial(double offeredPerSecond, Duration length, long succeeded, long failed, Histogram latencies,
                    CpuReading cpu, long residentKibibytes, Map<String, Long> reasons) {

    /** Share of failures above which a run says nothing. */
    public static final double MOST_ERRORS = 0.001;

    /** A run that never was, because what it needs could not be made. */
    static Trial impossible(String reason) {
        return new Trial(0, Duration.ZERO, 0, 1, new Histogram(1), CpuReading.NONE, 0, Map.of(reason, 1L));
    }

    public double perSecond() {
        return length.isZero() ? 0 : succeeded / seconds(length);
    }

    /** Journeys per second of the server's CPU time; 0 where that is not known. */
    public double perServerCpuSecond() {
        return cpu.server().isZero() ? 0 : succeeded / seconds(cpu.server());
    }

    /** Journeys per second of CPU time of the server and its stores together. */
    public double perTotalCpuSecond() {
        var total = cpu.server().plus(cpu.stores());
        return total.isZero() ? 0 : succeeded / seconds(total);
    }

    public double errorShare() {
        var all = succeeded + failed;
        return all == 0 ? 1 : (double) failed / all;
    }

    /** Whether anything succeeded, and errors are few enough for the other figures to mean anything. */
    public boolean isValid() {
        return succeeded > 0 && errorShare() <= MOST_ERRORS;
    }

    public double percentileMillis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1000.0;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
