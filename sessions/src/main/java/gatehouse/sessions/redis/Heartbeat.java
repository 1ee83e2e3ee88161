package gatehouse.sessions.redis;

import gatehouse.spi.Deadline;
import gatehouse.spi.Unavailable;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every two seconds: asks Redis the time and the cut-offs, and pings every connection, so that a dead one shows itself.
 */
final class Heartbeat implements AutoCloseable {

    static final Duration PERIOD = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration SILENCE_MAX = Duration.ofSeconds(10);

    private final Redis redis;
    private final StatefulRedisPubSubConnection<byte[], byte[]> listening;
    private final CutOffs cutOffs;
    private final RedisClock redisClock;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("redis-heartbeat").factory());
    private volatile Instant lastBeat = Instant.MIN;

    Heartbeat(Engine engine, StatefulRedisPubSubConnection<byte[], byte[]> listening, InstantSource clock) {
        this.redis = engine.redis();
        this.listening = listening;
        this.cutOffs = engine.cutOffs();
        this.redisClock = engine.clock();
        this.clock = clock;
    }

    /** Beats once, which must succeed, and from then on by itself. */
    void start(Deadline deadline) {
        beat(deadline);
        var period = PERIOD.toMillis();
        thread.scheduleWithFixedDelay(this::beatQuietly, period, period, TimeUnit.MILLISECONDS);
    }

    /**
     * Requires that cut-offs are known to be up to date.
     *
     * @throws Unavailable if Redis has not been heard of for long
     */
    void requireBeating() {
        if (lastBeat.plus(SILENCE_MAX).isBefore(clock.instant())) {
            throw new Unavailable("Redis has not been heard of for " + SILENCE_MAX, null);
        }
    }

    private void beatQuietly() {
        try {
            beat(Deadline.after(PERIOD));
        } catch (RuntimeException failure) {
            LOG.warn("Redis cannot be reached: {}", failure.getMessage());
        }
    }

    private void beat(Deadline deadline) {
        listening.async().ping();
        redis.connections().forEach(connection -> connection.async().ping());
        var time = redis.await(() -> redis.on(0).time(), deadline).orElseThrow();
        redisClock.observe(number(time.get(0)) * 1000 + number(time.get(1)) / 1000);
        cutOffs.poll(deadline);
        cutOffs.forgetUntil(redisClock.millis());
        lastBeat = clock.instant();
    }

    private static long number(byte[] digits) {
        return Long.parseLong(gatehouse.sessions.secret.Text.ascii(digits));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
