package gatehouse.spi.hosting.guard;

import gatehouse.spi.event.AdminEvent;
import gatehouse.spi.event.EventListener;
import gatehouse.spi.event.LoginEvent;
import gatehouse.spi.host.ProviderFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hosted event listener behind a bounded queue: telling it costs the caller one lock, whatever the listener does.
 * When the queue is full the oldest event goes, counted. Events are told in order, at most once, one at a time.
 */
public final class GuardedEventListener implements EventListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedEventListener.class);

    private final EventListener hosted;
    private final String name;
    private final ProviderExecutor executor;
    private final int queueMax;
    private final Duration drain;
    private final ArrayDeque<Consumer<EventListener>> queue = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LongAdder dropped = new LongAdder();
    private final Thread teller;
    private boolean closing;
    private boolean failedBefore;

    /** {@code drain} is how long {@link #close} lets queued events be told. */
    public GuardedEventListener(EventListener hosted, ProviderExecutor executor, int queueMax, Duration drain) {
        this.hosted = hosted;
        this.name = hosted.name();
        this.executor = executor;
        this.queueMax = queueMax;
        this.drain = drain;
        this.teller = Thread.ofVirtual().name("provider-events-" + name).start(this::tellAll);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void on(LoginEvent event) {
        add(listener -> listener.on(event));
    }

    @Override
    public void on(AdminEvent event) {
        add(listener -> listener.on(event));
    }

    private void add(Consumer<EventListener> event) {
        lock.lock();
        try {
            if (closing) {
                dropped.increment();
                return;
            }
            if (queue.size() == queueMax) {
                queue.removeFirst();
                dropped.increment();
            }
            queue.addLast(event);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void tellAll() {
        try {
            while (awaitsEvent()) {
                tell(next());
            }
        } catch (InterruptedException ending) {
            LOG.debug("listener {} was ended with events in its queue", name);
        }
    }

    private boolean awaitsEvent() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (queue.isEmpty() && !closing) {
                changed.await();
            }
            return !queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private Consumer<EventListener> next() {
        lock.lock();
        try {
            return queue.removeFirst();
        } finally {
            lock.unlock();
        }
    }

    private void tell(Consumer<EventListener> event) throws InterruptedException {
        try {
            executor.call(() -> {
                event.accept(hosted);
                return true;
            });
            failedBefore = false;
        } catch (ProviderFailure failure) {
            if (!failedBefore) { // one line for a row of failures; the counters tell the rest
                LOG.warn("event listener {}: {}", name, failure.getMessage());
            }
            failedBefore = true;
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** The counters now. */
    public ProviderMetrics metrics() {
        lock.lock();
        try {
            return executor.metrics(dropped.sum(), queue.size());
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more events, tells what is queued for a while, then ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            if (!teller.join(drain)) {
                teller.interrupt();
                teller.join(Duration.ofSeconds(1));
            }
        } catch (InterruptedException interrupted) {
            teller.interrupt();
            Thread.currentThread().interrupt();
        }
        executor.close();
    }
}
