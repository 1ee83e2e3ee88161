package gatehouse.idp.events;

import gatehouse.idp.events.DeliveryStore.Due;
import gatehouse.idp.events.DeliveryStore.Failure;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.spi.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to webhooks, on this node: looks for what is due, a bounded number at a time, each with a deadline of
 * its own. An attempt counts as delivered when the receiver answers 2xx; 410 ends the webhook, everything else is tried
 * again. A node that dies in the middle leaves a lease that ends, so a receiver may see a message twice: its
 * {@code webhook-id} is the same.
 */
public final class Courier implements AutoCloseable {

    /** Longest time one attempt may take. */
    static final Duration ATTEMPT = Duration.ofSeconds(10);
    /** A webhook that has failed for so long is switched off. */
    static final Duration DISABLED_AFTER = Duration.ofDays(5);
    /** Events and deliveries are shown for so long. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final int AT_ONCE_MAX = 32;
    private static final Duration LEASE = Duration.ofSeconds(45);
    private static final Duration STORE = Duration.ofSeconds(10);
    private static final Duration FORGET_EVERY = Duration.ofHours(1);

    private final DeliveryStore store;
    private final HttpCaller http;
    private final InstantSource time;
    private final Executor background;
    private final Duration every;
    private final Backoff backoff;
    private final Semaphore free = new Semaphore(AT_ONCE_MAX);
    private final Semaphore nudges = new Semaphore(0);
    private final Thread thread;
    private Instant forgetAt = Instant.EPOCH;

    /** When attempts are made. @param every how often this node looks for what is due; @param first wait after a failure */
    public record Pace(Duration every, Duration first, Duration longest) {

        public static final Pace USUAL = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofHours(6));
    }

    public Courier(DeliveryStore store, HttpCaller http, InstantSource time, Executor background, Pace pace,
            DoubleSupplier random) {
        this.store = store;
        this.http = http;
        this.time = time;
        this.background = background;
        this.every = pace.every();
        this.backoff = new Backoff(pace.first(), pace.longest(), random);
        this.thread = Thread.ofVirtual().name("courier").unstarted(this::run);
    }

    /** Begins. To be called once. */
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                int sent = turn();
                // Whoever comes back may have freed the next of its lane.
                if (sent == 0 && nudges.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS)) {
                    nudges.drainPermits();
                }
            }
        } catch (InterruptedException closed) {
            LOG.debug("the courier ends");
        }
    }

    /** Begins what is due; answers how many attempts that are. */
    private int turn() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            forget();
            int room = free.availablePermits();
            var due = room == 0 ? List.<Due>of()
                    : store.claim(time.instant(), LEASE, room, Deadline.after(STORE));
            for (var one : due) {
                free.acquire();
                background.execute(() -> carry(one));
            }
            return due.size();
        } catch (RuntimeException later) {
            LOG.warn("deliveries cannot be looked for now: {}", later.toString());
            Thread.sleep(every);
            return 0;
        }
    }

    private void forget() {
        var now = time.instant();
        if (!now.isBefore(forgetAt)) {
            forgetAt = now.plus(FORGET_EVERY);
            int gone = store.forget(now.minus(KEPT), Deadline.after(STORE));
            LOG.debug("{} old events were forgotten", gone);
        }
    }

    private void carry(Due due) {
        try {
            attempt(due);
        } catch (RuntimeException unknown) {
            // The lease ends, and the delivery is attempted again.
            LOG.warn("the end of delivery {} could not be kept: {}", due.id(), unknown.toString());
        } finally {
            free.release();
            nudges.release();
        }
    }

    private void attempt(Due due) {
        var now = time.instant();
        try {
            var headers = Map.of(
                    "content-type", "application/json",
                    "webhook-id", due.message(),
                    "webhook-timestamp", Long.toString(now.getEpochSecond()),
                    "webhook-signature", due.webhook().signatures(due.message(), now, due.body()));
            var answer = http.post(due.webhook().url(), headers, due.body().getBytes(StandardCharsets.UTF_8),
                    Deadline.after(ATTEMPT));
            if (answer.status() >= 200 && answer.status() < 300) {
                store.delivered(due, answer.status(), time.instant(), Deadline.after(STORE));
                return;
            }
            failed(due, new Failure(OptionalInt.of(answer.status()), answer.status() >= 300 && answer.status() < 400
                    ? "The receiver redirects, which is not followed."
                    : "The receiver answered with status " + answer.status() + '.'));
        } catch (OutboundRefused refused) {
            failed(due, new Failure(OptionalInt.empty(), "Not delivered: " + refused.description() + '.'));
        }
    }

    private void failed(Due due, Failure failure) {
        var now = time.instant();
        boolean gone = failure.status().orElse(0) == 410;
        if (gone || due.failingSince().filter(since -> now.isAfter(since.plus(DISABLED_AFTER))).isPresent()) {
            store.disable(due, failure, gone ? "The receiver answered that it is gone (410)."
                    : "It failed for " + DISABLED_AFTER.toDays() + " days.", now, Deadline.after(STORE));
            return;
        }
        store.failed(due, failure, now, now.plus(backoff.after(due.attempt())), Deadline.after(STORE));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
