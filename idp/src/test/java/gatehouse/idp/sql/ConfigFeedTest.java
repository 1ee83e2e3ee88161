package gatehouse.idp.sql;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.tenancy.Organization;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Two nodes on one database. */
class ConfigFeedTest {

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void aChangeOnOneNodeIsSeenOnTheOther() throws InterruptedException {
        var config = TestDatabase.fresh();
        var tables = new Tables(new SecretBox(new byte[32]), TestTypes::secretsOf);
        try (var one = Database.open(config);
                var other = Database.open(config);
                var feed = ConfigFeed.start(other, Duration.ofSeconds(10))) {
            one.inTransaction(soon(), tx -> tx.handle().execute(
                    "INSERT INTO issuer (issuer, id, version, body) VALUES ('main', 'main', 1, '{}')"));
            var pool = Executors.newVirtualThreadPerTaskExecutor();
            var cache = new CachedTenancy(other, tables, 100, pool, System::nanoTime);
            var heard = new HeardChanges();
            feed.subscribe(cache);
            feed.subscribe(heard);
            var id = new OrganizationId("o");
            assertThat(cache.organization("main", id, soon())).isEmpty();

            var made = one.inTransaction(soon(), tx ->
                    tables.organizations().insert(tx, new Organization(id, "main", "first", true, 0)));
            await(() -> cache.organization("main", id, soon()).isPresent());

            one.inTransaction(soon(), tx ->
                    tables.organizations().update(tx, new Organization(id, "main", "second", true, made.version())));
            await(() -> cache.organization("main", id, soon()).orElseThrow().displayName().equals("second"));
            assertThat(heard.all()).extracting(ConfigChange::id).containsExactly("o", "o");
            assertThat(heard.everything()).isZero();
        }
    }

    @Test
    void whatWasMissedWhileTheLinkWasLostIsForgotten() throws InterruptedException {
        try (var database = TestDatabase.open(); var feed = ConfigFeed.start(database, Duration.ofSeconds(10))) {
            var heard = new HeardChanges();
            feed.subscribe(heard);
            database.read(soon(), sql -> sql.select("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE application_name = 'gatehouse-feed' AND datname = current_database()")
                    .mapTo(Boolean.class).list());
            await(() -> heard.everything() == 1);
            database.inTransaction(soon(), tx -> {
                tx.announce(new ConfigChange(ConfigChange.Kind.KEYS, "main", "k", Optional.empty()));
                return 1;
            });
            await(() -> heard.all().size() == 1);
            // A kind from the future: rather forget everything than too little.
            database.read(soon(), sql -> sql.select("SELECT count(pg_notify('gatehouse_config', '{\"kind\":\"NEW\"}'))")
                    .mapTo(Long.class).one());
            await(() -> heard.everything() == 2);
        }
    }
}
