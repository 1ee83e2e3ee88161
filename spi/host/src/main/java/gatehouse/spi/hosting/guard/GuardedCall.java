package gatehouse.spi.hosting.guard;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * One call of foreign code on a thread of the provider's pool. Its caller may give it up; the thread is then
 * interrupted, put behind all others by the scheduler, and known as leaked until it comes back, when it ends, because
 * a lowered thread cannot be raised again.
 */
final class GuardedCall<T> {

    private final Callable<T> work;
    private final Leaks leaks;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private Thread thread;
    private int systemThreadId;
    private long startedCpuNanos;
    private boolean ended;
    private boolean leaked;
    private boolean spinning;

    GuardedCall(Callable<T> work, Leaks leaks) {
        this.work = work;
        this.leaks = leaks;
    }

    /** What came of it. */
    CompletableFuture<T> result() {
        return result;
    }

    /** Runs it on the calling thread. Returns whether the thread may be used again. */
    boolean run() {
        if (!begins()) {
            return true;
        }
        try {
            result.complete(work.call());
        } catch (Throwable thrown) { // foreign code: an Error of its class loading must not end our thread
            result.completeExceptionally(thrown);
        }
        return end();
    }

    private synchronized boolean begins() {
        if (ended) {
            return false;
        }
        thread = Thread.currentThread();
        systemThreadId = ThreadNice.currentThreadId();
        startedCpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        return true;
    }

    private synchronized boolean end() {
        ended = true;
        thread = null;
        Thread.interrupted(); // an interrupt meant for this call must not hit the next one
        if (leaked) {
            leaks.threads().decrementAndGet();
            if (spinning) {
                leaks.spinning().decrementAndGet();
            }
        }
        return !leaked;
    }

    /** Lets go of the call; one that has not begun never will. */
    synchronized void giveUp(long spinningNanos) {
        if (ended || leaked) {
            return;
        }
        if (thread == null) {
            ended = true;
            return;
        }
        leaked = true;
        leaks.threads().incrementAndGet();
        var usedNanos = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId()) - startedCpuNanos;
        if (usedNanos >= spinningNanos) {
            spinning = true;
            leaks.spinning().incrementAndGet();
        }
        ThreadNice.lower(systemThreadId);
        thread.interrupt();
    }
}
