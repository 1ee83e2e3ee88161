package gatehouse.spi;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * The instant by which a request must be answered: set once at the edge, spent by every wait below.
 *
 * <p>Counts a monotonic nanosecond clock, so a change of the wall clock cannot extend it. Immutable.
 */
public final class Deadline {

    private final LongSupplier nanoClock;
    private final long atNanos;

    private Deadline(LongSupplier nanoClock, long atNanos) {
        this.nanoClock = nanoClock;
        this.atNanos = atNanos;
    }

    /** The deadline that lies {@code budget} ahead on {@code nanoClock}. */
    public static Deadline after(Duration budget, LongSupplier nanoClock) {
        return new Deadline(nanoClock, nanoClock.getAsLong() + budget.toNanos());
    }

    /** The deadline that lies {@code budget} ahead on the JVM's clock: for background work and tests. */
    public static Deadline after(Duration budget) {
        return after(budget, System::nanoTime);
    }

    /** This deadline, or {@code share} from now if that is earlier: a deadline only shrinks. */
    public Deadline within(Duration share) {
        var capped = nanoClock.getAsLong() + share.toNanos();
        return capped - atNanos < 0 ? new Deadline(nanoClock, capped) : this;
    }

    /** What is left; zero when it has passed, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }

    /** What is left in nanoseconds; zero when it has passed, never negative. */
    public long remainingNanos() {
        return Math.max(0, atNanos - nanoClock.getAsLong());
    }

    /** Whether no time is left. */
    public boolean hasPassed() {
        return remainingNanos() == 0;
    }

    /**
     * Refuses work that cannot finish.
     *
     * @throws DeadlineExceeded if this deadline has passed
     */
    public void requireTime() {
        if (hasPassed()) {
            throw new DeadlineExceeded("no time is left");
        }
    }

    /**
     * Parks the calling (virtual) thread until {@code stage} completes or this deadline passes.
     *
     * @throws DeadlineExceeded if time runs out; the work behind {@code stage} may still have happened
     */
    public <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        try {
            return future.get(remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            future.cancel(true);
            throw new DeadlineExceeded("waited until the deadline");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DeadlineExceeded("interrupted while waiting");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failed.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new CompletionException(failed.getCause());
        }
    }
}
