package gatehouse.idp.credential;

import gatehouse.spi.Deadline;
import gatehouse.spi.Unavailable;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Where password hashes are computed: bounded platform threads, since one hash would starve a carrier of virtual
 * threads. Its queue is a limit, not a wish: beyond it, work is refused at once, and work nobody waits for any more
 * is skipped.
 */
public final class HashPool implements AutoCloseable {

    private final ThreadPoolExecutor threads;

    /**
     * @param threadCount  threads, 1 to 64; more than there are processors gains nothing
     * @param queueLength  hashes that may wait, 1 to 10 000
     */
    public HashPool(int threadCount, int queueLength) {
        if (threadCount < 1 || threadCount > 64 || queueLength < 1 || queueLength > 10_000) {
            throw new IllegalArgumentException("the hash pool has 1..64 threads and 1..10000 places to wait");
        }
        this.threads = new ThreadPoolExecutor(threadCount, threadCount, 60, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queueLength),
                Thread.ofPlatform().daemon().name("password-hash-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs {@code work} on the pool and waits for it.
     *
     * @throws Unavailable if the queue is full
     * @throws gatehouse.spi.DeadlineExceeded if time runs out; work that has not begun by then never does
     */
    public <T> T run(Supplier<T> work, Deadline deadline) {
        deadline.requireTime();
        var result = new CompletableFuture<T>();
        try {
            threads.execute(() -> complete(result, work, deadline));
        } catch (RejectedExecutionException full) {
            throw new Unavailable("too many passwords are being checked", full);
        }
        return deadline.await(result);
    }

    private static <T> void complete(CompletableFuture<T> result, Supplier<T> work, Deadline deadline) {
        if (result.isDone() || deadline.hasPassed()) {
            return;
        }
        try {
            result.complete(work.get());
        } catch (RuntimeException | Error failed) {
            result.completeExceptionally(failed);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
