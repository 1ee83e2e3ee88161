package gatehouse.idp.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import gatehouse.idp.sql.events.Outbox;
import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import gatehouse.spi.Unavailable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.postgresql.jdbc.PgStatement;

/**
 * The pool of links to PostgreSQL. Every use names a deadline: it bounds the wait for a link, each statement, and the
 * wait for an answer from a server that has gone silent.
 *
 * <p>Thread-safe. A database that cannot answer is {@link Unavailable}; time that ran out is {@link DeadlineExceeded};
 * a violated constraint is {@link RowRefused}; anything else is a fault.
 */
public final class Database implements AutoCloseable {

    /** What the network may take beyond the statement's own time before the link counts as dead. */
    private static final Duration SILENCE = Duration.ofMillis(500);

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final DatabaseConfig config;
    private final Semaphore links;
    private final List<ConfigListener> listeners = new CopyOnWriteArrayList<>();

    private Database(HikariDataSource pool, DatabaseConfig config) {
        this.pool = pool;
        this.config = config;
        this.jdbi = Jdbi.create(pool).registerArrayType(String.class, "text");
        this.links = new Semaphore(config.poolSize());
    }

    /**
     * Connects and brings the tables up to date.
     *
     * @throws Unavailable if the server cannot be reached
     */
    public static Database open(DatabaseConfig config) {
        var settings = new HikariConfig();
        settings.setPoolName("sql");
        settings.setJdbcUrl(config.url());
        settings.setUsername(config.user());
        settings.setPassword(config.password());
        settings.setMaximumPoolSize(config.poolSize());
        settings.setMinimumIdle(1);
        settings.setConnectionTimeout(config.connectTimeout().toMillis());
        settings.setValidationTimeout(Math.max(250, config.connectTimeout().toMillis() / 2));
        settings.setAutoCommit(true);
        settings.setInitializationFailTimeout(10_000);
        settings.addDataSourceProperty("ApplicationName", "gatehouse");
        settings.addDataSourceProperty("tcpKeepAlive", "true");
        var connectSeconds = Math.max(1, config.connectTimeout().toSeconds());
        settings.addDataSourceProperty("connectTimeout", Long.toString(connectSeconds));
        // A silent server does not hear that a statement is to be cancelled either, and the link waits for that too.
        settings.addDataSourceProperty("cancelSignalTimeout", "1");
        try {
            var pool = new HikariDataSource(settings);
            Flyway.configure().dataSource(pool).locations("classpath:db/migration").load().migrate();
            return new Database(pool, config);
        } catch (com.zaxxer.hikari.pool.HikariPool.PoolInitializationException unreachable) {
            throw new Unavailable("PostgreSQL cannot be reached", unreachable);
        }
    }

    /** What the migrations of other rooms and readiness checks may use. */
    public DataSource dataSource() {
        return pool;
    }

    /** How this database is reached; for the feed's own link. */
    DatabaseConfig config() {
        return config;
    }

    /** Tells {@code listener} of every change that commits through this object. */
    public void onCommit(ConfigListener listener) {
        listeners.add(listener);
    }

    /** Whether the database answers. Does not itself wait longer than {@code deadline} to find out. */
    public boolean answers(Deadline deadline) {
        var answer = new CompletableFuture<Boolean>();
        // The pool proves a link before it lends it, in its own time: a server gone silent costs more than a deadline.
        Thread.startVirtualThread(() -> {
            try {
                answer.complete(read(deadline, sql -> sql.select("SELECT 1").mapTo(Integer.class).one() == 1));
            } catch (RuntimeException no) {
                answer.complete(false);
            }
        });
        try {
            return deadline.await(answer);
        } catch (DeadlineExceeded no) {
            return false;
        }
    }

    /** Runs {@code work}, each statement on its own. */
    public <T> T read(Deadline deadline, Function<Handle, T> work) {
        return withLink(deadline, work);
    }

    /** Runs {@code work} as one transaction: commits and announces if {@code work} returns, else leaves nothing. */
    public <T> T inTransaction(Deadline deadline, Function<Transaction, T> work) {
        record Done<T>(T result, List<ConfigChange> changes) {}
        var done = withLink(deadline, handle -> handle.inTransaction(sql -> {
            var transaction = new Transaction(sql);
            var result = work.apply(transaction);
            if (transaction.isDiscarded()) {
                sql.rollback();
                return new Done<>(result, List.<ConfigChange>of());
            }
            Outbox.put(sql, transaction.told());
            ConfigFeed.publish(sql, transaction.changes());
            return new Done<>(result, List.copyOf(transaction.changes()));
        }));
        // Here, too, and not only through the feed: who asks this node next must find what was just written.
        done.changes().forEach(change -> listeners.forEach(listener -> listener.changed(change)));
        return done.result();
    }

    private <T> T withLink(Deadline deadline, Function<Handle, T> work) {
        deadline.requireTime();
        acquire(deadline);
        try (var handle = jdbi.open()) {
            bound(handle, deadline);
            return work.apply(handle);
        } catch (ConnectionException down) {
            throw new Unavailable("PostgreSQL cannot be reached", down);
        } catch (JdbiException failed) {
            throw translated(failed, deadline);
        } finally {
            links.release();
        }
    }

    private void acquire(Deadline deadline) {
        try {
            long waitNanos = Math.min(deadline.remainingNanos(), config.connectTimeout().toNanos());
            if (!links.tryAcquire(waitNanos, TimeUnit.NANOSECONDS)) {
                deadline.requireTime();
                throw new Unavailable("all links to PostgreSQL are in use", null);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DeadlineExceeded("interrupted while waiting for PostgreSQL");
        }
    }

    private void bound(Handle handle, Deadline deadline) {
        try {
            var longest = Math.min(deadline.remaining().toMillis(), config.statementTimeout().toMillis());
            handle.getConnection().setNetworkTimeout(Runnable::run, (int) (longest + SILENCE.toMillis()));
        } catch (SQLException broken) {
            throw new Unavailable("PostgreSQL cannot be reached", broken);
        }
        handle.getConfig(SqlStatements.class).addCustomizer(new StatementCustomizer() {
            @Override
            public void beforeExecution(PreparedStatement statement, StatementContext context) throws SQLException {
                deadline.requireTime();
                long left = Math.min(deadline.remaining().toMillis(), config.statementTimeout().toMillis());
                statement.unwrap(PgStatement.class).setQueryTimeoutMs(Math.max(1, left));
            }
        });
    }

    private static RuntimeException translated(JdbiException failed, Deadline deadline) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof DeadlineExceeded late) {
                return late;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return translated(sql, failed, deadline);
            }
        }
        return failed;
    }

    private static RuntimeException translated(SQLException sql, JdbiException failed, Deadline deadline) {
        var state = sql.getSQLState();
        return switch (state) {
            case "23505" -> new RowRefused(RowRefused.Cause.DUPLICATE, constraint(sql));
            case "23503" -> new RowRefused(
                    sql.getMessage().contains("still referenced")
                            ? RowRefused.Cause.IN_USE
                            : RowRefused.Cause.REFERENCE_MISSING,
                    constraint(sql));
            case "57014" -> deadline.hasPassed()
                    ? new DeadlineExceeded("a statement ran until the deadline")
                    : new Unavailable("a statement ran too long", failed);
            // Serialization, locks, shutting down, too many links, read-only standby: later it may work.
            case "40001", "40P01", "55P03", "25006" -> new Unavailable("PostgreSQL cannot do it now", failed);
            default -> state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")
                    ? new Unavailable("PostgreSQL cannot be reached", failed)
                    : failed;
        };
    }

    private static String constraint(SQLException sql) {
        return sql instanceof org.postgresql.util.PSQLException own && own.getServerErrorMessage() != null
                ? String.valueOf(own.getServerErrorMessage().getConstraint())
                : "";
    }

    @Override
    public void close() {
        pool.close();
    }
}
