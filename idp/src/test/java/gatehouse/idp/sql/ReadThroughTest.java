package gatehouse.idp.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import gatehouse.spi.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadThroughTest {

    private final AtomicLong nanos = new AtomicLong(1);
    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicReference<Supplier<Optional<String>>> source = new AtomicReference<>(() -> Optional.of("v"));
    private final ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor();
    private final ReadThrough<String, String> cache = new ReadThrough<>(100, pool, nanos::get, (_, _) -> {
        loads.incrementAndGet();
        return source.get().get();
    });

    @AfterEach
    void close() {
        pool.close();
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(10));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void awaitLoads(int count) throws InterruptedException {
        for (int i = 0; i < 1_000 && loads.get() < count; i++) {
            Thread.sleep(5);
        }
        assertThat(loads).hasValue(count);
    }

    @Test
    void whatIsKnownIsNotReadAgain() {
        for (int i = 0; i < 100; i++) {
            assertThat(cache.get("k", soon())).contains("v");
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void whatIsUnknownIsRememberedForAShortTimeOnly() {
        source.set(Optional::empty);
        cache.get("k", soon());
        pass(ReadThrough.ABSENT_KEPT.minusSeconds(1));
        assertThat(cache.get("k", soon())).isEmpty();
        assertThat(loads).hasValue(1);
        // The cache may set the end of an entry a moment after whoever asked has had the answer.
        pass(ReadThrough.ABSENT_KEPT.plusSeconds(1));
        source.set(() -> Optional.of("now"));
        assertThat(cache.get("k", soon())).contains("now");
    }

    @Test
    void ofManyWhoAskAtOnceOneReads() throws Exception {
        var gate = new CountDownLatch(1);
        source.set(() -> {
            try {
                gate.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return Optional.of("v");
        });
        var asking = new ArrayList<Future<Optional<String>>>();
        for (int i = 0; i < 64; i++) {
            asking.add(pool.submit(() -> cache.get("k", soon())));
        }
        // Who gives up does not take the answer from the others.
        assertThatThrownBy(() -> cache.get("k", Deadline.after(Duration.ofMillis(20))))
                .isInstanceOf(DeadlineExceeded.class);
        gate.countDown();
        for (var each : asking) {
            assertThat(each.get()).contains("v");
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void whileSqlIsDownWhatIsKnownIsServedForFiveMinutes() throws InterruptedException {
        cache.get("k", soon());
        source.set(() -> {
            throw new Unavailable("down", null);
        });
        pass(ReadThrough.FRESH.plusSeconds(1));
        assertThat(cache.get("k", soon())).contains("v");
        awaitLoads(2);
        pass(ReadThrough.KEPT.minus(ReadThrough.FRESH).minusSeconds(2));
        assertThat(cache.get("k", soon())).contains("v");
        pass(Duration.ofSeconds(2));
        assertThatThrownBy(() -> cache.get("k", soon())).isInstanceOf(Unavailable.class);
        source.set(() -> Optional.of("back"));
        assertThat(cache.get("k", soon())).contains("back");
    }

    @Test
    void whatIsForgottenWhileItIsReadIsReadAgain() throws Exception {
        var reading = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        source.set(() -> {
            reading.countDown();
            try {
                gate.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return Optional.of("old");
        });
        var first = pool.submit(() -> cache.get("k", soon()));
        reading.await();
        cache.forget("k");
        source.set(() -> Optional.of("new"));
        gate.countDown();
        assertThat(first.get()).contains("old");
        assertThat(cache.get("k", soon())).contains("new");
    }
}
