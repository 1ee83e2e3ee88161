package gatehouse.idp.upstream.xray;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import gatehouse.idp.tenancy.Connection;
import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import gatehouse.spi.Unavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes attempts behind the requests: a bounded queue, batches, and a purge from time to time. What does not fit is
 * dropped and counted. Of each connection only so many attempts a minute are kept; the rest is counted only, so that a
 * flood costs a counter and not the disk.
 */
public final class AttemptWriter implements Consumer<Entry>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptWriter.class);

    private static final int QUEUE_MAX = 4_096;
    /** Bytes of messages that wait to be written. */
    private static final long MESSAGE_BYTES_MAX = 16L * 1024 * 1024;
    private static final int STRAY_SHARE = 6;
    private static final int BATCH_MAX = 200;
    private static final int CONNECTIONS_MAX = 10_000;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration COMPANY = Duration.ofMillis(50);
    private static final Duration WRITE = Duration.ofSeconds(5);
    private static final Duration PURGE = Duration.ofSeconds(30);
    private static final Duration PURGE_EVERY = Duration.ofMinutes(10);
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final AttemptStore store;
    private final Retention limits;
    private final BiFunction<Connection, Message, Optional<Outline>> outlines;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final AtomicLong messageBytes = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    private final Cache<String, AtomicInteger> rates = Caffeine.newBuilder()
            .maximumSize(CONNECTIONS_MAX).expireAfterWrite(Duration.ofMinutes(2)).build();
    private final Thread thread;
    private volatile boolean closed;
    private long purgedAt;

    /** @param outlines what a refused message looks like; asked on the writer's own thread */
    public AttemptWriter(
            AttemptStore store, Retention limits, BiFunction<Connection, Message, Optional<Outline>> outlines,
            InstantSource clock, LongSupplier nanoClock) {
        this.store = store;
        this.limits = limits;
        this.outlines = outlines;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.purgedAt = nanoClock.getAsLong() - PURGE_EVERY.toNanos();
        this.thread = Thread.ofVirtual().name("attempt-writer").start(this::run);
    }

    @Override
    public void accept(Entry entry) {
        var bounded = bounded(entry);
        if (closed || !waiting.offer(bounded)) {
            messageBytes.addAndGet(-bytes(bounded));
            dropped.increment();
        }
    }

    /** The entry, without its message if too many bytes wait already. */
    private Entry bounded(Entry entry) {
        long bytes = bytes(entry);
        if (bytes > 0 && messageBytes.addAndGet(bytes) > MESSAGE_BYTES_MAX && entry instanceof Entry.Seen seen) {
            messageBytes.addAndGet(-bytes);
            return new Entry.Seen(seen.over(), seen.attempt(), Optional.empty());
        }
        return entry;
    }

    private static long bytes(Entry entry) {
        return entry instanceof Entry.Seen seen ? seen.message().map(message -> (long) message.body().length).orElse(0L)
                : 0;
    }

    /** Entries that were dropped since the start. */
    public long dropped() {
        return dropped.sum();
    }

    /** Entries that wait to be written. */
    public int waiting() {
        return waiting.size();
    }

    private void run() {
        var batch = new ArrayList<Entry>(BATCH_MAX);
        try {
            while (!closed || !waiting.isEmpty()) {
                var first = waiting.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    if (!closed) {
                        Thread.sleep(COMPANY); // a transaction costs far more than a row in it
                    }
                    waiting.drainTo(batch, BATCH_MAX - 1);
                    write(batch);
                    batch.forEach(entry -> messageBytes.addAndGet(-bytes(entry)));
                    batch.clear();
                }
                purgeIfDue();
            }
        } catch (InterruptedException interrupted) {
            // Close ran out of patience.
            dropped.add(batch.size() + waiting.size());
        }
    }

    private void write(List<Entry> batch) {
        try {
            var kept = batch.stream().filter(this::isKept).map(this::outlined).toList();
            store.write(List.copyOf(batch), kept, Deadline.after(WRITE, nanoClock));
        } catch (Unavailable | DeadlineExceeded unavailable) {
            // Not tried again: traces help to mend, and are worth no memory while the database is away.
            LOG.warn("{} sign-in attempts are not recorded: the database cannot be reached", batch.size());
            dropped.add(batch.size());
        } catch (RuntimeException refused) {
            LOG.error("{} sign-in attempts cannot be recorded", batch.size(), refused);
            dropped.add(batch.size());
        }
    }

    private boolean isKept(Entry entry) {
        return switch (entry) {
            case Entry.Ended _ -> true;
            case Entry.Seen(var over, var attempt, _) -> {
                var minute = attempt.at().getEpochSecond() / 60;
                var sort = Sort.of(attempt);
                var rate = rates.get(String.join(" ", over.issuer(), over.id().value(), sort.name(),
                        Long.toString(minute)), _ -> new AtomicInteger());
                yield rate.incrementAndGet() <= sort.perMinute(limits);
            }
        };
    }

    /** What shares a rate: those whom anybody can imitate must not crowd out the others. */
    private enum Sort {
        TEST, LET_THROUGH, REFUSED, STRAY;

        static Sort of(Attempt attempt) {
            if (attempt.kind() == Trace.Kind.TEST) {
                return TEST;
            }
            return attempt.diagnosis().map(diagnosis -> diagnosis.isStray() ? STRAY : REFUSED).orElse(LET_THROUGH);
        }

        int perMinute(Retention limits) {
            return this == STRAY ? Math.max(1, limits.perMinute() / STRAY_SHARE) : limits.perMinute();
        }
    }

    private Entry outlined(Entry entry) {
        if (!(entry instanceof Entry.Seen(var over, var attempt, var message)) || message.isEmpty()) {
            return entry;
        }
        try {
            return new Entry.Seen(over, outlines.apply(over, message.get()).map(attempt::with).orElse(attempt), message);
        } catch (RuntimeException unreadable) {
            LOG.debug("a refused message has no outline", unreadable);
            return entry;
        }
    }

    private void purgeIfDue() {
        long now = nanoClock.getAsLong();
        if (closed || now - purgedAt < PURGE_EVERY.toNanos()) {
            return;
        }
        purgedAt = now;
        try {
            store.purge(limits, clock.instant(), Deadline.after(PURGE, nanoClock));
        } catch (Unavailable | DeadlineExceeded later) {
            LOG.debug("old sign-in attempts are purged later", later);
        } catch (RuntimeException broken) {
            LOG.error("old sign-in attempts cannot be purged", broken);
        }
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
    }
}
