package gatehouse.spi.hosting.guard;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/**
 * Daemon platform threads of one provider, made when they are needed and ended when they are not. How many there may be
 * is the caller's to say. Unlike a pool of the JDK, a thread that was lowered ends without making its successor: a
 * thread inherits its priority from its maker.
 */
final class Workers {

    private static final Duration IDLE_MAX = Duration.ofSeconds(30);

    private final String name;
    private final ClassLoader loader;
    private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();
    private final Set<Worker> alive = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Workers(String name, ClassLoader loader) {
        this.name = name;
        this.loader = loader;
    }

    /** Runs {@code call} on a thread of its own, at once. */
    void run(GuardedCall<?> call) {
        var free = idle.pollFirst();
        if (free == null) {
            new Worker(call).thread.start();
        } else {
            free.next.add(call);
        }
    }

    /** Interrupts all threads and waits, for {@code patience}, until they have ended. */
    void close(Duration patience) {
        closed = true;
        var end = System.nanoTime() + patience.toNanos();
        try {
            for (var worker : alive) {
                worker.thread.interrupt();
            }
            for (var worker : alive) {
                worker.thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One thread. Whoever takes it out of {@code idle} owes it a call. */
    private final class Worker implements Runnable {

        private final BlockingQueue<GuardedCall<?>> next = new ArrayBlockingQueue<>(1);
        private final Thread thread;

        Worker(GuardedCall<?> first) {
            next.add(first);
            thread = Thread.ofPlatform().daemon().name("provider-" + name).unstarted(this);
            thread.setContextClassLoader(loader);
        }

        @Override
        public void run() {
            alive.add(this);
            try {
                var call = next.take();
                while (call != null && call.run() && !closed) {
                    idle.addFirst(this);
                    call = next.poll(IDLE_MAX.toNanos(), TimeUnit.NANOSECONDS);
                    if (call == null && !idle.remove(this)) {
                        call = next.take();
                    }
                }
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            } finally {
                idle.remove(this);
                alive.remove(this);
            }
        }
    }
}
