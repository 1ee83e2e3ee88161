package gatehouse.idp.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL: one server for all tests of the JVM, one fresh database for each that asks. */
public final class TestDatabase {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private TestDatabase() {
    }

    /** Started when first needed, stopped with the JVM. */
    private static final class Server {
        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("max_connections", "200")
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .start();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    /** How to reach a database that nobody else uses. */
    public static DatabaseConfig fresh() {
        var name = "test_" + NAMES.incrementAndGet();
        try (var link = DriverManager.getConnection(url("postgres"), "postgres", "postgres");
                var statement = link.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
        return DatabaseConfig.of(url(name), "postgres", "postgres");
    }

    /** A fresh database, with its tables. */
    public static Database open() {
        return Database.open(fresh());
    }

    private static String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + Server.POSTGRES.getPort() + "/" + database;
    }
}
