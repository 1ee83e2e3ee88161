package gatehouse.spi.hosting.guard;

import gatehouse.spi.host.BoundedCalls;
import gatehouse.spi.host.ProviderFailure;
import gatehouse.spi.host.ProviderFailure.Kind;
import java.time.Duration;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the calls of one provider on platform threads of its own, each within the provider's budget, so that code which
 * blocks, spins or throws takes nothing from anybody else. The caller, usually a virtual thread, only waits.
 *
 * <p>Design: {@code slots} bounds the calls that run; a call that is given up frees its slot, and its thread stays
 * behind as a leak. Leaks are bounded by quarantine, so slots and leaks together bound the threads.
 */
public final class ProviderExecutor implements BoundedCalls, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderExecutor.class);
    private static final Duration END = Duration.ofMillis(500);
    private static final int CAUSES_MAX = 5;

    /** A late call that used this part of its budget on the processor spins; one that waits uses next to nothing. */
    private static final int SPINNING_SHARE = 10;

    private final String spi;
    private final String name;
    private final ProviderLimits limits;
    private final LongSupplier nanoClock;
    private final Workers workers;
    private final Semaphore slots;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Leaks leaks = new Leaks();
    private final CircuitBreaker breaker;
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder timeouts = new LongAdder();
    private final LongAdder shed = new LongAdder();
    private volatile boolean quarantined;
    private volatile boolean closed;

    /** {@code loader} becomes the context class loader of the threads. */
    public ProviderExecutor(Identity identity, ProviderLimits limits, ClassLoader loader, LongSupplier nanoClock) {
        this.spi = identity.spi();
        this.name = identity.provider();
        this.limits = limits;
        this.nanoClock = nanoClock;
        this.slots = new Semaphore(limits.concurrentMax(), true);
        this.breaker = new CircuitBreaker(nanoClock);
        this.workers = new Workers(name, loader);
    }

    /**
     * Whose calls these are.
     *
     * @param spi      kind of provider
     * @param provider its id
     */
    public record Identity(String spi, String provider) {
    }

    /** Runs {@code work} within the budget. */
    public <T> T call(Callable<T> work) {
        return call(name, work);
    }

    @Override
    public <T> T call(String provider, Callable<T> work) {
        var deadlineNanos = nanoClock.getAsLong() + limits.budget().toNanos();
        requireOpen();
        takeSlot(deadlineNanos);
        try {
            return run(provider, work, deadlineNanos);
        } finally {
            slots.release();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw refusal(Kind.CLOSED, "is closed");
        }
        if (quarantined) {
            throw refusal(Kind.QUARANTINED, "is not called until the next start: it does not give its threads back");
        }
        if (!breaker.enters()) {
            throw refusal(Kind.BREAKER_OPEN, "is not called for now: too many of its calls failed");
        }
    }

    private void takeSlot(long deadlineNanos) {
        if (slots.tryAcquire()) {
            return;
        }
        try {
            if (waiting.incrementAndGet() <= limits.waitingMax()
                    && slots.tryAcquire(deadlineNanos - nanoClock.getAsLong(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.decrementAndGet();
        }
        breaker.withdrawn();
        throw refusal(Kind.SHED, "has no thread free");
    }

    private ProviderFailure refusal(Kind kind, String why) {
        shed.increment();
        return new ProviderFailure(kind, "provider " + name + " " + why);
    }

    private <T> T run(String provider, Callable<T> work, long deadlineNanos) {
        var call = new GuardedCall<>(work, leaks);
        calls.increment();
        try {
            workers.run(call);
            var result = call.result().get(deadlineNanos - nanoClock.getAsLong(), TimeUnit.NANOSECONDS);
            breaker.succeeded();
            return result;
        } catch (TimeoutException late) {
            throw late(provider, call);
        } catch (ExecutionException thrown) {
            failures.increment();
            failed();
            throw new ProviderFailure(Kind.FAILED, "provider " + provider + " threw " + words(thrown.getCause()));
        } catch (InterruptedException interrupted) {
            call.giveUp(Long.MAX_VALUE);
            breaker.withdrawn();
            Thread.currentThread().interrupt();
            throw new ProviderFailure(Kind.TIMED_OUT, "the wait for provider " + provider + " was interrupted");
        }
    }

    private ProviderFailure late(String provider, GuardedCall<?> call) {
        timeouts.increment();
        call.giveUp(limits.budget().toNanos() / SPINNING_SHARE);
        failed();
        if (leaks.reach(limits.leakedMax()) && !quarantined) {
            quarantined = true;
            LOG.error("provider {} is quarantined: {} of its threads ignore their interrupt, {} of them spinning; "
                    + "restart without it to be rid of them", name, leaks.threads(), leaks.spinning());
        }
        return new ProviderFailure(Kind.TIMED_OUT,
                "provider " + provider + " did not answer within " + limits.budget().toMillis() + " ms");
    }

    private void failed() {
        if (breaker.failed()) {
            LOG.warn("provider {} is not called for 30 s: half of its last {} calls failed", name,
                    CircuitBreaker.WINDOW);
        }
    }

    /** The failure in words, and its origin in the log: the exception itself belongs to the provider's loader. */
    private String words(Throwable thrown) {
        var trace = new StringBuilder();
        var words = new StringJoiner(", caused by ");
        var depth = 0;
        for (var cause = thrown; cause != null && depth < CAUSES_MAX; cause = cause.getCause(), depth++) {
            words.add(limits.quotesMessages() ? oneLine(cause.toString()) : cause.getClass().getName());
            trace.append("\n").append(cause.getClass().getName());
            for (var frame : cause.getStackTrace()) {
                trace.append("\n\tat ").append(frame);
            }
        }
        LOG.debug("provider {} threw {}", name, trace);
        return words.toString();
    }

    private static String oneLine(String text) {
        var line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= 300 ? line : line.substring(0, 300) + "…";
    }

    /** Callers that wait for their turn. */
    int waiting() {
        return waiting.get();
    }

    /** The counters now. {@code dropped} and {@code queued} are of the queue before this executor, if there is one. */
    ProviderMetrics metrics(long dropped, int queued) {
        return new ProviderMetrics(spi, name, calls.sum(), failures.sum(), timeouts.sum(), shed.sum() + dropped,
                leaks.threads().get(), queued, breaker.state().name(), quarantined);
    }

    /** Lets nobody in any more, interrupts what runs, and waits a moment for the threads that obey. */
    @Override
    public void close() {
        closed = true;
        workers.close(leaks.threads().get() == 0 ? END : Duration.ofMillis(1));
    }
}
