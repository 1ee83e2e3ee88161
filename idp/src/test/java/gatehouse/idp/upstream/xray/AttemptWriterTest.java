package gatehouse.idp.upstream.xray;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.http.Compared;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A flood costs counters and neither memory nor disk, and no request ever waits for a trace. */
final class AttemptWriterTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    /** Remembers what it was given. */
    private static final class FakeStore implements AttemptStore {
        final List<Entry> counted = Collections.synchronizedList(new ArrayList<>());
        final List<Entry> kept = Collections.synchronizedList(new ArrayList<>());
        final CountDownLatch purged = new CountDownLatch(1);
        volatile Runnable before = () -> {};

        @Override
        public List<Attempt> page(Scope scope, Filter filter, Deadline deadline) {
            return List.of();
        }

        @Override
        public Optional<Attempt> find(Scope scope, String id, Deadline deadline) {
            return Optional.empty();
        }

        @Override
        public Optional<Message> message(Scope scope, String id, Deadline deadline) {
            return Optional.empty();
        }

        @Override
        public ConnectionHealth health(Scope scope, ConnectionId connection, Instant since, Deadline deadline) {
            return new ConnectionHealth(0, List.of(), Optional.empty(), Optional.empty(), Optional.empty(),
                    Optional.empty());
        }

        @Override
        public void write(List<Entry> entries, List<Entry> written, Deadline deadline) {
            before.run();
            counted.addAll(entries);
            kept.addAll(written);
        }

        @Override
        public void purge(Retention limits, Instant now, Deadline deadline) {
            purged.countDown();
        }
    }

    private final FakeStore store = new FakeStore();

    private AttemptWriter writer(int perMinute) {
        return new AttemptWriter(store, new Retention(Duration.ofDays(1), Duration.ofDays(1), perMinute, 10, 10),
                (_, _) -> Optional.empty(), InstantSource.fixed(NOW), System::nanoTime);
    }

    private static Entry attempt(String connection, Instant at) {
        return TestAttempts.seen(TestAttempts.refused("id", "a", connection, at), Optional.empty());
    }

    @Test
    void ofEachConnectionSoManyAMinuteAreKeptAndAllAreCounted() {
        try (var writer = writer(5)) {
            for (int i = 0; i < 20; i++) {
                writer.accept(attempt("flooded", NOW));
            }
            writer.accept(attempt("flooded", NOW.plusSeconds(60)));
            writer.accept(attempt("quiet", NOW));
        }
        assertThat(store.counted).hasSize(22);
        assertThat(store.kept).filteredOn(entry -> ((Entry.Seen) entry).over().id().value().equals("flooded"))
                .hasSize(6);
        assertThat(store.kept).hasSize(7);
    }

    @Test
    void whatAnybodyCanSendDoesNotCrowdOutWhatPeopleDo() {
        try (var writer = writer(6)) {
            for (int i = 0; i < 20; i++) {
                writer.accept(TestAttempts.seen(TestAttempts.refused(
                        Diagnosis.LOGIN_UNSOLICITED_01, Compared.NOTHING, List.of(), NOW), Optional.empty()));
            }
            for (int i = 0; i < 6; i++) {
                writer.accept(attempt("c", NOW));
            }
        }
        assertThat(store.counted).hasSize(26);
        assertThat(store.kept).hasSize(7);
    }

    @Test
    void whatDoesNotFitIsDroppedAndCountedAndNobodyWaits() {
        var go = new CountDownLatch(1);
        store.before = () -> {
            try {
                go.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        };
        try (var writer = writer(60)) {
            for (int i = 0; i < 10_000; i++) {
                writer.accept(attempt("c", NOW));
            }
            assertThat(writer.dropped()).isGreaterThan(5_000);
            assertThat(writer.waiting()).isLessThanOrEqualTo(4_096);
            go.countDown();
        }
        assertThat(store.counted.size()).isGreaterThan(4_000);
    }

    @Test
    void messagesThatWaitAreBoundedInBytes() {
        var go = new CountDownLatch(1);
        store.before = () -> {
            try {
                go.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        };
        var large = "x".repeat(Message.BYTES_MAX);
        try (var writer = writer(1_000)) {
            for (int i = 0; i < 300; i++) {
                writer.accept(TestAttempts.seen(TestAttempts.refused("id", "a", "c", NOW), Optional.of(large)));
            }
            go.countDown();
        }
        assertThat(store.counted).hasSize(300);
        assertThat(store.counted).filteredOn(entry -> ((Entry.Seen) entry).message().isPresent())
                .hasSize(16 * 1024 * 1024 / Message.BYTES_MAX);
    }

    @Test
    void aDatabaseThatIsAwayCostsTracesAndNothingElse() {
        store.before = () -> {
            throw new Unavailable("away", null);
        };
        try (var writer = writer(5)) {
            writer.accept(attempt("c", NOW));
            writer.close();
            assertThat(writer.dropped()).isOne();
        }
    }

    @Test
    void theStoreIsPurgedFromTimeToTime() throws InterruptedException {
        try (var writer = writer(5)) {
            assertThat(store.purged.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(writer.dropped()).isZero();
        }
    }
}
