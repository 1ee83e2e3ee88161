package gatehouse.spi.hosting.guard;

import java.util.function.LongSupplier;

/**
 * Stops calling what keeps failing: opens when half of the last {@value #WINDOW} calls failed, stays open for 30
 * seconds, then lets one call try and closes or opens again by its outcome. Safe for all threads.
 */
final class CircuitBreaker {

    static final int WINDOW = 20;
    private static final int FAILURES_MAX = WINDOW / 2;
    private static final long OPEN_NANOS = 30_000_000_000L;

    private final LongSupplier nanoClock;
    private final boolean[] failed = new boolean[WINDOW];
    private int next;
    private int failures;
    private State state = State.CLOSED;
    private long openedNanos;

    CircuitBreaker(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Whether calls pass. */
    public enum State { CLOSED, OPEN, HALF_OPEN }

    /** Whether a call may be made now; then exactly one of the other methods must follow. */
    synchronized boolean enters() {
        if (state == State.OPEN && nanoClock.getAsLong() - openedNanos >= OPEN_NANOS) {
            state = State.HALF_OPEN;
            return true;
        }
        return state == State.CLOSED;
    }

    /** The call came to a result. */
    synchronized void succeeded() {
        if (state == State.HALF_OPEN) {
            reset();
        } else {
            record(false);
        }
    }

    /** The call failed or was late. Returns whether that opened the breaker. */
    synchronized boolean failed() {
        record(true);
        if (state == State.HALF_OPEN || state == State.CLOSED && failures >= FAILURES_MAX) {
            state = State.OPEN;
            openedNanos = nanoClock.getAsLong();
            return true;
        }
        return false;
    }

    /** The call was not made after all: says nothing about the provider. */
    synchronized void withdrawn() {
        if (state == State.HALF_OPEN) {
            state = State.OPEN;
        }
    }

    synchronized State state() {
        return state;
    }

    private void record(boolean failure) {
        if (failed[next] != failure) {
            failures += failure ? 1 : -1;
            failed[next] = failure;
        }
        next = (next + 1) % WINDOW;
    }

    private void reset() {
        for (var i = 0; i < WINDOW; i++) {
            failed[i] = false;
        }
        failures = 0;
        state = State.CLOSED;
    }
}
