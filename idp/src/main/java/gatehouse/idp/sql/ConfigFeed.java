package gatehouse.idp.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.schema.RecordJson;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what any node changed: PostgreSQL's {@code LISTEN} on a link of its own, with a thread of its own. A
 * notification is part of the transaction that caused it, so a change that is not committed is not announced and none
 * that is can be missed while the link stands. Whenever the link was lost, everything counts as changed.
 */
public final class ConfigFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigFeed.class);
    private static final String CHANNEL = "gatehouse_config";
    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_LONGEST = Duration.ofSeconds(5);
    /** The link is proved this often while nothing is announced, so that a silently dead one is noticed. */
    private static final Duration PROOF = Duration.ofSeconds(10);

    private final DatabaseConfig config;
    private final List<ConfigListener> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch connected = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean closed;
    private volatile Connection link;

    private ConfigFeed(DatabaseConfig config) {
        this.config = config;
        this.thread = Thread.ofPlatform().name("config-feed").daemon().unstarted(this::run);
    }

    /** Begins to listen; returns when the link stands, or after {@code patience}, still trying. */
    public static ConfigFeed start(Database database, Duration patience) {
        var feed = new ConfigFeed(database.config());
        feed.thread.start();
        try {
            if (!feed.connected.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the configuration feed is not connected yet");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return feed;
    }

    /** Tells {@code listener} from now on. */
    public void subscribe(ConfigListener listener) {
        listeners.add(listener);
    }

    /** Announces {@code changes} as part of the running transaction. */
    static void publish(Handle sql, List<ConfigChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        sql.createQuery("SELECT count(pg_notify('" + CHANNEL + "', payload)) FROM unnest(:payloads) AS payload")
                .bindArray("payloads", String.class, changes.stream().map(ConfigFeed::payload).toArray())
                .mapTo(Long.class)
                .one();
    }

    private static String payload(ConfigChange change) {
        try {
            return RecordJson.MAPPER.writeValueAsString(change);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a record can be written", impossible);
        }
    }

    private void run() {
        var wait = RETRY_FIRST;
        boolean interrupted = false;
        while (!closed) {
            try (var opened = open()) {
                link = opened;
                wait = RETRY_FIRST;
                connected.countDown();
                if (interrupted) {
                    LOG.info("the configuration feed is connected again");
                    tell(ConfigListener::everythingMayHaveChanged);
                }
                listen(opened);
            } catch (SQLException lost) {
                if (!closed) {
                    interrupted = true;
                    LOG.warn("the configuration feed is interrupted: {}", lost.getMessage());
                    pause(wait);
                    wait = wait.multipliedBy(2).compareTo(RETRY_LONGEST) < 0 ? wait.multipliedBy(2) : RETRY_LONGEST;
                }
            }
        }
    }

    private Connection open() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", config.user());
        properties.setProperty("password", config.password());
        properties.setProperty("ApplicationName", "gatehouse-feed");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        var opened = DriverManager.getConnection(config.url(), properties);
        try (var statement = opened.createStatement()) {
            statement.execute("LISTEN " + CHANNEL);
            return opened;
        } catch (SQLException refused) {
            opened.close();
            throw refused;
        }
    }

    private void listen(Connection opened) throws SQLException {
        var notifications = opened.unwrap(PGConnection.class);
        while (!closed) {
            var heard = notifications.getNotifications((int) PROOF.toMillis());
            if (heard == null || heard.length == 0) {
                prove(opened);
                continue;
            }
            for (var notification : heard) {
                hear(notification.getParameter());
            }
        }
    }

    private static void prove(Connection opened) throws SQLException {
        try (var statement = opened.createStatement()) {
            statement.execute("SELECT 1");
        }
    }

    private void hear(String payload) {
        try {
            var change = RecordJson.read(SealedSettings.parse(payload), ConfigChange.class);
            tell(listener -> listener.changed(change));
        } catch (InvalidDocument | IllegalStateException unknown) {
            // A newer node may announce kinds this one does not know: forget more rather than less.
            tell(ConfigListener::everythingMayHaveChanged);
        }
    }

    private void tell(Consumer<ConfigListener> what) {
        for (var listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException failed) {
                LOG.error("a configuration listener failed", failed);
            }
        }
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        var open = link;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException alreadyGone) {
                LOG.debug("the feed's link was closed already");
            }
        }
    }
}
