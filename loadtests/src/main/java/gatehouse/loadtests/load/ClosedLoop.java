package gatehouse.loadtests.load;

import gatehouse.loadtests.process.Meter;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * As much load as a server carries: a fixed number of journeys under way, each followed at once by the next.
 *
 * <p>Says what throughput is possible and what it costs. Its latencies say nothing about a service and are not
 * recorded: {@link OpenLoop} is for those.
 */
public final class ClosedLoop {

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(5);
    /** After a failure, so that a server that refuses everything is not asked in a tight circle. */
    private static final long PAUSE_MILLIS = 20;

    private final Context eventLoop;
    private final Meter meter;
    private final LongSupplier nanoClock;
    private final Duration patience;

    /** @param patience how long after the end journeys under way are waited for */
    public ClosedLoop(Context eventLoop, Meter meter, LongSupplier nanoClock, Duration patience) {
        this.eventLoop = eventLoop;
        this.meter = meter;
        this.nanoClock = nanoClock;
        this.patience = patience;
    }

    /**
     * Runs to the end; blocks the calling thread.
     *
     * @param warm when the measured window opens
     */
    public Trial run(Journey journey, int concurrency, Warmth warm, Duration measured) {
        var run = new Run(journey);
        var start = nanoClock.getAsLong();
        eventLoop.runOnContext(_ -> {
            for (var i = 0; i < concurrency; i++) {
                run.begin();
            }
        });
        var cpuAtStart = meter.serverCpu();
        while (!warm.isReached(Duration.ofNanos(nanoClock.getAsLong() - start), meter.serverCpu().minus(cpuAtStart))) {
            LockSupport.parkNanos(10 * TICK);
        }
        run.window.open(nanoClock.getAsLong());
        var until = nanoClock.getAsLong() + measured.toNanos();
        while (nanoClock.getAsLong() < until) {
            LockSupport.parkNanos(Math.min(TICK, until - nanoClock.getAsLong()));
        }
        var closed = run.window.close(nanoClock.getAsLong());
        run.stopping = true;
        var patienceEnds = nanoClock.getAsLong() + patience.toNanos();
        while (run.underWay.get() > 0 && nanoClock.getAsLong() < patienceEnds) {
            LockSupport.parkNanos(TICK);
        }
        return run.window.trial(closed, 0, run.underWay.get());
    }

    private final class Run {

        private final Journey journey;
        private final Window window = new Window(meter);
        private final AtomicInteger underWay = new AtomicInteger();
        private volatile boolean stopping;

        Run(Journey journey) {
            this.journey = journey;
        }

        void begin() {
            if (stopping) {
                return;
            }
            underWay.incrementAndGet();
            journey.start().onComplete((_, failure) -> {
                window.ended(failure, false);
                underWay.decrementAndGet();
                if (failure == null) {
                    eventLoop.runOnContext(_ -> begin());
                } else {
                    eventLoop.owner().setTimer(PAUSE_MILLIS, _ -> eventLoop.runOnContext(_ -> begin()));
                }
            });
        }
    }
}
