package gatehouse.loadtests.load;

import gatehouse.loadtests.http.HttpDriver;
import gatehouse.loadtests.process.CpuReading;
import gatehouse.loadtests.process.Meter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * The measured part of one run: what ended in it, how long it took, and what CPU time passed meanwhile.
 *
 * <p>Latencies belong to the window in which they should have started; throughput and errors to the window in
 * which they ended. Thread-safe; {@link #open} and {@link #close} are called once, by the thread that runs the load.
 */
final class Window {

    private static final long LONGEST_MICROS = TimeUnit.SECONDS.toMicros(180);
    private static final int MOST_REASONS = 50;

    private final Meter meter;
    private final ConcurrentHistogram latencies = new ConcurrentHistogram(LONGEST_MICROS, 3);
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Map<String, LongAdder> reasons = new ConcurrentHashMap<>();
    private volatile boolean open;
    private long openedNanos;
    private CpuReading before = CpuReading.NONE;

    Window(Meter meter) {
        this.meter = meter;
    }

    void open(long nowNanos) {
        openedNanos = nowNanos;
        before = meter.cpu();
        open = true;
    }

    /**
     * Counts one journey that has just ended.
     *
     * @param due whether it should have started in this window: its failure counts even after the window
     */
    void ended(Throwable failureOrNull, boolean due) {
        if (failureOrNull == null) {
            succeeded.add(open ? 1 : 0);
        } else if (open || due) {
            failed.increment();
            var reason = HttpDriver.reason(failureOrNull);
            if (reasons.size() < MOST_REASONS || reasons.containsKey(reason)) {
                reasons.computeIfAbsent(reason, _ -> new LongAdder()).increment();
            }
        }
    }

    /** Records how long a journey took that ended well and should have started in this window. */
    void took(long nanos) {
        latencies.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(nanos), LONGEST_MICROS));
    }

    /** Ends the window; latencies of journeys still under way may be recorded until {@link #trial} is asked. */
    Closed close(long nowNanos) {
        open = false;
        return new Closed(Duration.ofNanos(nowNanos - openedNanos), succeeded.sum(), meter.cpu().minus(before),
            meter.serverResidentKibibytes());
    }

    /** The figures that are fixed when the window closes. */
    record Closed(Duration length, long succeeded, CpuReading cpu, long residentKibibytes) {
    }

    Trial trial(Closed closed, double offeredPerSecond, long lost) {
        var counted = reasons.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().sum()));
        if (lost > 0) {
            counted.put("not started, or not ended in time", lost);
        }
        return new Trial(offeredPerSecond, closed.length(), closed.succeeded(), failed.sum() + lost,
            latencies.copy(), closed.cpu(), closed.residentKibibytes(), counted);
    }
}
