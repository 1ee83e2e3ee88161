package gatehouse.idp.audit;

import gatehouse.spi.event.EventListener;
import gatehouse.spi.event.LoginEvent;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells one listener, in order, on a thread of its own: what it delays or breaks is its own. */
final class ListenerFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final EventListener listener;
    private final BlockingQueue<LoginEvent> waiting;
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;
    private volatile boolean closed;

    ListenerFeed(EventListener listener, int queueMax) {
        this.listener = listener;
        this.waiting = new ArrayBlockingQueue<>(queueMax);
        this.thread = Thread.ofVirtual().name("listener-" + listener.name()).start(this::run);
    }

    /** Tells the listener soon; forgets the event if too many wait already. */
    void tell(LoginEvent event) {
        if (closed || !waiting.offer(event)) {
            dropped.increment();
        }
    }

    long dropped() {
        return dropped.sum();
    }

    private void run() {
        try {
            while (!closed || !waiting.isEmpty()) {
                var event = waiting.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
                if (event != null) {
                    tellNow(event);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellNow(LoginEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException | LinkageError failed) {
            LOG.warn("event listener {} failed", listener.name(), failed);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            if (!thread.join(FAREWELL)) {
                thread.interrupt();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
