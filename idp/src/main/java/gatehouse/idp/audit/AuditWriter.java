package gatehouse.idp.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import gatehouse.spi.Unavailable;
import gatehouse.spi.event.EventListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the data plane's trail behind it: a bounded queue, batches into SQL, one log line each (logger {@code audit}),
 * and event listeners told. What does not fit into the queue is dropped and counted; no request waits or fails.
 *
 * <p>Tokens that were issued as they should be are routine: listeners are told, but no row and no line is made of each,
 * which would cost more than the token. A batch whose write timed out is written again, so a record may appear twice.
 */
public final class AuditWriter implements AuditTrail, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);
    private static final Logger TRAIL = LoggerFactory.getLogger("audit");

    private static final int BATCH_MAX = 500;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration COMPANY = Duration.ofMillis(50);
    private static final Duration WRITE = Duration.ofSeconds(5);
    private static final Duration RETRY_LONGEST = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final AuditSink sink;
    private final List<ListenerFeed> listeners;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final BlockingQueue<AuditRecord> waiting;
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;
    private volatile boolean closed;

    /** @param queueMax records that wait at most, also for each listener */
    public AuditWriter(
            AuditSink sink, List<EventListener> listeners, InstantSource clock, LongSupplier nanoClock, int queueMax) {
        this.sink = sink;
        this.listeners = listeners.stream().map(listener -> new ListenerFeed(listener, queueMax)).toList();
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.waiting = new ArrayBlockingQueue<>(queueMax);
        this.thread = Thread.ofVirtual().name("audit-writer").start(this::run);
    }

    @Override
    public void record(AuditEvent event) {
        boolean routine = isRoutine(event.action());
        if (routine && listeners.isEmpty()) {
            return;
        }
        var record = new AuditRecord(0, clock.instant(), Optional.empty(), event);
        if (!listeners.isEmpty()) {
            EventTypes.of(record, UUID.randomUUID().toString())
                    .ifPresent(told -> listeners.forEach(listener -> listener.tell(told)));
        }
        if (!routine && (closed || !waiting.offer(record))) {
            dropped.increment();
        }
    }

    private static boolean isRoutine(AuditAction action) {
        return action == AuditAction.TOKEN_ISSUED || action == AuditAction.TOKEN_REFRESHED;
    }

    /** Records and events that were dropped since the start. */
    public long dropped() {
        return dropped.sum() + listeners.stream().mapToLong(ListenerFeed::dropped).sum();
    }

    /** Records that wait to be written. */
    public int waiting() {
        return waiting.size();
    }

    private void run() {
        var batch = new ArrayList<AuditRecord>(BATCH_MAX);
        try {
            while (!closed || !waiting.isEmpty()) {
                var first = waiting.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    gather();
                    waiting.drainTo(batch, BATCH_MAX - 1);
                    batch.forEach(AuditWriter::log);
                    write(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException interrupted) {
            // Close ran out of patience.
            dropped.add(batch.size() + waiting.size());
        }
    }

    /** Waits a moment for company: a transaction costs far more than a row in it. */
    private void gather() throws InterruptedException {
        if (!closed && waiting.size() < BATCH_MAX - 1) {
            Thread.sleep(COMPANY);
        }
    }

    private void write(List<AuditRecord> batch) throws InterruptedException {
        var pause = Duration.ofMillis(100);
        while (true) {
            try {
                sink.write(List.copyOf(batch), Deadline.after(WRITE, nanoClock));
                return;
            } catch (Unavailable | DeadlineExceeded later) {
                LOG.warn("the audit trail cannot be written now, {} records wait", batch.size() + waiting.size());
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(RETRY_LONGEST) < 0 ? pause.multipliedBy(2) : RETRY_LONGEST;
            } catch (RuntimeException refused) {
                if (batch.size() == 1) {
                    LOG.error("an audit record cannot be written", refused);
                    dropped.increment();
                    return;
                }
                // One of them is refused, and it takes nobody with it.
                for (var record : batch) {
                    write(List.of(record));
                }
                return;
            }
        }
    }

    private static void log(AuditRecord record) {
        if (!TRAIL.isInfoEnabled()) {
            return;
        }
        var event = record.event();
        var line = JsonNodeFactory.instance.objectNode()
                .put("at", record.at().toString())
                .put("action", event.action().wireName())
                .put("issuer", event.issuer())
                .put("trace_id", event.traceId());
        event.organization().ifPresent(id -> line.put("organization", id.value()));
        event.user().ifPresent(id -> line.put("user", id.value()));
        event.client().ifPresent(id -> line.put("client", id.value()));
        event.session().ifPresent(id -> line.put("session", id));
        event.address().ifPresent(address -> line.put("address", address));
        event.reason().ifPresent(reason -> line.put("reason", reason));
        event.details().forEach(line.putObject("details")::put);
        TRAIL.info("{}", line);
    }

    /** Writes what waits, for a while, and stops. */
    @Override
    public void close() {
        closed = true;
        try {
            if (!thread.join(FAREWELL)) {
                thread.interrupt();
                thread.join(POLL);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        listeners.forEach(ListenerFeed::close);
    }
}
