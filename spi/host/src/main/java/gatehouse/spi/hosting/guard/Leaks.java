package gatehouse.spi.hosting.guard;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of one provider that outlived their call and are still running.
 *
 * @param threads  all of them
 * @param spinning those that spent their call on the processor
 */
record Leaks(AtomicInteger threads, AtomicInteger spinning) {

    /** Threads that may burn processors before the provider is quarantined, whatever else it may leak. */
    private static final int SPINNING_MAX = 2;

    Leaks() {
        this(new AtomicInteger(), new AtomicInteger());
    }

    /** Whether the provider has taken more than it will be given again. */
    boolean reach(int threadsMax) {
        return threads.get() >= threadsMax || spinning.get() >= Math.min(SPINNING_MAX, threadsMax);
    }
}
