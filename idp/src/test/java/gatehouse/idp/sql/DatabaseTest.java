package gatehouse.idp.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import gatehouse.spi.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

class DatabaseTest {

    private static Deadline in(long millis) {
        return Deadline.after(Duration.ofMillis(millis));
    }

    private static int sleep(Handle sql, double seconds) {
        return sql.createQuery("SELECT 1 FROM pg_sleep(:s)").bind("s", seconds).mapTo(Integer.class).one();
    }

    @Test
    void aStatementRunsUntilTheDeadlineAndTheLinkIsUsableAfterwards() {
        try (var database = Database.open(small(TestDatabase.fresh(), 2))) {
            assertThatThrownBy(() -> database.read(in(200), sql -> sleep(sql, 10)))
                    .isInstanceOf(DeadlineExceeded.class);
            for (int i = 0; i < 4; i++) {
                assertThat(database.answers(in(5_000))).isTrue();
            }
            assertThatThrownBy(() -> database.read(in(0), sql -> 1)).isInstanceOf(DeadlineExceeded.class);
        }
    }

    @Test
    void aStatementThatRunsTooLongIsOurFaultAndNotTheCallers() {
        var fresh = TestDatabase.fresh();
        var config = new DatabaseConfig(fresh.url(), fresh.user(), fresh.password(), 2, Duration.ofSeconds(1),
                Duration.ofMillis(100));
        try (var database = Database.open(config)) {
            assertThatThrownBy(() -> database.read(in(10_000), sql -> sleep(sql, 10))).isInstanceOf(Unavailable.class);
        }
    }

    private static DatabaseConfig small(DatabaseConfig config, int links) {
        return new DatabaseConfig(config.url(), config.user(), config.password(), links, Duration.ofMillis(250),
                Duration.ofSeconds(5));
    }

    @Test
    void whenAllLinksAreInUseNobodyWaitsLong() throws InterruptedException {
        try (var database = Database.open(small(TestDatabase.fresh(), 2))) {
            var release = new CountDownLatch(1);
            var busy = new CountDownLatch(2);
            for (int i = 0; i < 2; i++) {
                Thread.startVirtualThread(() -> database.read(in(20_000), _ -> hold(busy, release)));
            }
            busy.await();
            assertThatThrownBy(() -> database.read(in(20_000), _ -> 1)).isInstanceOf(Unavailable.class);
            assertThatThrownBy(() -> database.read(in(50), _ -> 1)).isInstanceOf(DeadlineExceeded.class);
            release.countDown();
            assertThat(database.answers(in(5_000))).isTrue();
        }
    }

    private static int hold(CountDownLatch busy, CountDownLatch release) {
        busy.countDown();
        try {
            release.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }

    @Test
    void anUnreachableServerIsUnavailable() throws IOException {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        var config = small(DatabaseConfig.of("jdbc:postgresql://127.0.0.1:" + port + "/x", "u", ""), 2);
        assertThatThrownBy(() -> Database.open(config)).isInstanceOf(Unavailable.class);
        assertThat(config.toString()).doesNotContain("password");
    }

    @Test
    void aLinkThatTheServerCutsIsUnavailableAndThenReplaced() {
        try (var database = TestDatabase.open()) {
            assertThatThrownBy(() -> database.read(in(5_000), sql ->
                    sql.select("SELECT pg_terminate_backend(pg_backend_pid())").mapTo(Boolean.class).one()))
                    .isInstanceOf(Unavailable.class);
            assertThat(database.answers(in(5_000))).isTrue();
        }
    }

    @Test
    void whatIsDiscardedOrFailsLeavesNothingAndAnnouncesNothing() {
        try (var database = TestDatabase.open()) {
            var heard = new HeardChanges();
            database.onCommit(heard);
            database.inTransaction(in(5_000), transaction -> {
                insert(transaction);
                transaction.discard();
                return 1;
            });
            assertThatThrownBy(() -> database.inTransaction(in(5_000), transaction -> {
                insert(transaction);
                throw new IllegalStateException("stop");
            })).isInstanceOf(IllegalStateException.class);
            assertThat(count(database)).isZero();
            assertThat(heard.all()).isEmpty();
            database.inTransaction(in(5_000), DatabaseTest::insert);
            assertThat(count(database)).isOne();
            assertThat(heard.all()).hasSize(1);
        }
    }

    private static int insert(Transaction transaction) {
        transaction.announce(new ConfigChange(ConfigChange.Kind.ISSUER, "i", "i", Optional.empty()));
        return transaction.handle()
                .execute("INSERT INTO issuer (issuer, id, version, body) VALUES ('i', 'i', 1, '{}')");
    }

    private static int count(Database database) {
        return database.read(in(5_000), sql -> sql.select("SELECT count(*) FROM issuer").mapTo(Integer.class).one());
    }
}
