package gatehouse.loadtests.load;

import gatehouse.loadtests.process.Meter;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Load by the clock: journeys start at a steady rate, whether or not earlier ones have been answered.
 *
 * <p>Latency counts from the instant the clock said, so waiting behind a slow answer is part of it (no
 * coordinated omission). A journey that cannot be started because too many are under way is an error.
 */
public final class OpenLoop {

    /** Journeys under way at once; one more is lost. */
    static final int MOST_UNDER_WAY = 50_000;

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int LARGEST_BATCH = 4096;

    private final Context eventLoop;
    private final Meter meter;
    private final LongSupplier nanoClock;
    private final Duration patience;

    /** @param patience how long after the window journeys under way are waited for */
    public OpenLoop(Context eventLoop, Meter meter, LongSupplier nanoClock, Duration patience) {
        this.eventLoop = eventLoop;
        this.meter = meter;
        this.nanoClock = nanoClock;
        this.patience = patience;
    }

    /** Runs to the end; blocks the calling thread, which keeps the clock. */
    public Trial run(Journey journey, double perSecond, Duration warm, Duration measured) {
        var start = nanoClock.getAsLong();
        var opens = start + warm.toNanos();
        var run = new Run(journey, new Window(meter));
        var arrivals = new Arrivals(start, perSecond);
        keepUp(run, arrivals, opens, false);
        run.window.open(nanoClock.getAsLong());
        keepUp(run, arrivals, opens + measured.toNanos(), true);
        var closed = run.window.close(nanoClock.getAsLong());
        drain(run);
        return run.window.trial(closed, perSecond, run.lost.get() + run.measuredUnderWay.get());
    }

    private void keepUp(Run run, Arrivals arrivals, long until, boolean measured) {
        while (arrivals.next() < until) {
            var now = nanoClock.getAsLong();
            var first = arrivals.next();
            if (first > now) {
                LockSupport.parkNanos(first - now);
                continue;
            }
            var count = arrivals.takeDue(Math.min(now, until - 1), LARGEST_BATCH);
            var firstIndex = arrivals.taken() - count;
            // Counted here, not where they begin: what waits for the event loop is under way as well.
            run.measuredUnderWay.addAndGet(measured ? count : 0);
            eventLoop.runOnContext(_ -> {
                for (var i = 0; i < count; i++) {
                    run.begin(arrivals.at(firstIndex + i), measured, nanoClock);
                }
            });
        }
        while (nanoClock.getAsLong() < until) {
            LockSupport.parkNanos(until - nanoClock.getAsLong());
        }
    }

    private void drain(Run run) {
        var until = nanoClock.getAsLong() + patience.toNanos();
        while (run.measuredUnderWay.get() > 0 && nanoClock.getAsLong() < until) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** The instants at which journeys are due: computed, not accumulated, so no rounding adds up. */
    private static final class Arrivals {

        private final long start;
        private final double nanosApart;
        private long taken;

        Arrivals(long start, double perSecond) {
            this.start = start;
            this.nanosApart = NANOS_PER_SECOND / perSecond;
        }

        long at(long index) {
            return start + (long) (index * nanosApart);
        }

        long next() {
            return at(taken);
        }

        long taken() {
            return taken;
        }

        /** Takes all that are due by {@code now}, at most {@code most}; at least one is. */
        int takeDue(long now, int most) {
            var count = 0;
            while (count < most && at(taken) <= now) {
                taken++;
                count++;
            }
            return count;
        }
    }

    /** One run: which journeys are under way, and which of them are measured. */
    private static final class Run {

        private final Journey journey;
        private final Window window;
        private final AtomicLong underWay = new AtomicLong();
        private final AtomicLong measuredUnderWay = new AtomicLong();
        private final AtomicLong lost = new AtomicLong();

        Run(Journey journey, Window window) {
            this.journey = journey;
            this.window = window;
        }

        void begin(long due, boolean measured, LongSupplier nanoClock) {
            if (underWay.incrementAndGet() > MOST_UNDER_WAY) {
                underWay.decrementAndGet();
                measuredUnderWay.addAndGet(measured ? -1 : 0);
                lost.addAndGet(measured ? 1 : 0);
                return;
            }
            journey.start().onComplete((_, failure) -> {
                if (measured && failure == null) {
                    window.took(nanoClock.getAsLong() - due);
                }
                window.ended(failure, measured);
                underWay.decrementAndGet();
                measuredUnderWay.addAndGet(measured ? -1 : 0);
            });
        }
    }
}
