package gatehouse.idp.watch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import gatehouse.idp.sql.ConfigChange;
import gatehouse.idp.sql.ConfigListener;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.watch.CachedMetadata;
import gatehouse.idp.sql.watch.MetadataRow;
import gatehouse.idp.sql.watch.MetadataRow.Accepted;
import gatehouse.idp.sql.watch.SqlMetadata;
import gatehouse.idp.sql.watch.SqlMetadata.Key;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.metadata.AcceptedMetadata;
import gatehouse.idp.upstream.metadata.MetadataRefused;
import gatehouse.idp.upstream.metadata.MetadataRefused.Cause;
import gatehouse.spi.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The published metadata that logins use, and its renewal behind them.
 *
 * <p>A login reads the accepted copy from memory. It waits for a fetch in two cases only: nothing was ever accepted
 * under the settings of today, or a signature names a key that the copy does not have; one fetch for a connection runs
 * at a time, with a budget of its own. A copy past its {@code validUntil} is used on, with a warning, unless the
 * settings pin who signs the metadata: there the end is what keeps an old signed document from being used for ever
 * (SAML metadata interoperability profile §2.4), and it is kept.
 */
public final class MetadataWatch implements AcceptedMetadata, ConfigListener {

    static final Duration FETCH_BUDGET = Duration.ofSeconds(10);
    static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(3);
    static final Duration PAUSE_AFTER_UNKNOWN_KEY = Duration.ofMinutes(1);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final int CLAIMED_MAX = 16;
    private static final int REMEMBERED_MAX = 20_000;
    private static final Logger LOG = LoggerFactory.getLogger(MetadataWatch.class);

    private final MetadataRefresh refresh;
    private final Database database;
    private final SqlMetadata rows;
    private final CachedMetadata cached;
    private final InstantSource time;
    private final Executor background;
    private final Map<Key, CompletableFuture<Optional<MetadataRow>>> underWay = new ConcurrentHashMap<>();
    private final Cache<Key, Attempt> attempts = Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();
    private final Cache<Key, Terms> terms = Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();
    private final Semaphore fetches = new Semaphore(CLAIMED_MAX);

    /** A fetch that this node made. @param failure why it came to nothing */
    private record Attempt(Instant at, Optional<MetadataRefused> failure) {}

    /** What version {@code version} of a connection demands of its metadata. */
    private record Terms(long version, String text) {}

    MetadataWatch(
            MetadataRefresh refresh, Database database, SqlMetadata rows, CachedMetadata cached, InstantSource time,
            Executor background) {
        this.refresh = refresh;
        this.database = database;
        this.rows = rows;
        this.cached = cached;
        this.time = time;
        this.background = background;
    }

    @Override
    public Copy current(Connection connection, Deadline deadline) {
        var key = key(connection);
        var accepted = cached.find(key, deadline)
                .filter(row -> row.terms().equals(terms(connection)))
                .flatMap(MetadataRow::accepted);
        if (accepted.isPresent()) {
            return usable(accepted.get());
        }
        var last = attempts.getIfPresent(key);
        if (last != null && last.failure().isPresent()
                && time.instant().isBefore(last.at().plus(PAUSE_AFTER_FAILURE))) {
            throw last.failure().get();
        }
        return usable(await(key, deadline).flatMap(MetadataRow::accepted).orElseThrow(() ->
                new MetadataRefused(Cause.UNAVAILABLE, "The connection names no address of metadata.")));
    }

    private Copy usable(Accepted accepted) {
        boolean over = accepted.validUntil().filter(end -> !time.instant().isBefore(end)).isPresent();
        if (over && accepted.pinned()) {
            throw new MetadataRefused(Cause.EXPIRED, "The signed metadata was valid until "
                    + accepted.validUntil().get() + ", and no newer one could be fetched.");
        }
        return new Copy(accepted.document(), accepted.digest(), accepted.at());
    }

    @Override
    public Copy renewed(Connection connection, Copy known, Deadline deadline) {
        var key = key(connection);
        var row = cached.find(key, deadline);
        var newer = row.flatMap(MetadataRow::accepted).filter(copy -> !copy.digest().equals(known.digest()));
        if (newer.isPresent()) {
            return current(connection, deadline);
        }
        var last = attempts.getIfPresent(key);
        var asked = last != null ? Optional.of(last.at()) : row.flatMap(one -> one.fetched().at());
        if (asked.filter(at -> time.instant().isBefore(at.plus(PAUSE_AFTER_UNKNOWN_KEY))).isPresent()) {
            return known;
        }
        return await(key, deadline).flatMap(MetadataRow::accepted).map(this::usable).orElse(known);
    }

    /**
     * Fetches now, whatever the schedule says.
     *
     * @return the row afterwards; empty if the connection follows no address
     * @throws MetadataRefused if nothing usable came
     */
    public Optional<MetadataRow> refreshNow(Key key, Deadline deadline) {
        return await(key, deadline);
    }

    private Optional<MetadataRow> await(Key key, Deadline deadline) {
        try {
            return deadline.await(fetch(key).copy()); // who stops waiting must not end it for the others
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    /** The fetch under way, begun if there is none. */
    private CompletableFuture<Optional<MetadataRow>> fetch(Key key) {
        var mine = new CompletableFuture<Optional<MetadataRow>>();
        var running = underWay.putIfAbsent(key, mine);
        if (running != null) {
            return running;
        }
        background.execute(() -> run(key, mine));
        return mine;
    }

    private void run(Key key, CompletableFuture<Optional<MetadataRow>> mine) {
        fetches.acquireUninterruptibly();
        try {
            var row = refresh.refresh(key, Deadline.after(FETCH_BUDGET));
            attempts.put(key, new Attempt(time.instant(), Optional.empty()));
            cached.changed(new ConfigChange(
                    ConfigChange.Kind.METADATA, key.issuer(), key.connection(), Optional.empty()));
            underWay.remove(key);
            mine.complete(row);
        } catch (MetadataRefused refused) {
            attempts.put(key, new Attempt(time.instant(), Optional.of(refused)));
            underWay.remove(key);
            mine.completeExceptionally(refused);
        } catch (RuntimeException fault) {
            LOG.warn("the metadata of connection {} could not be refreshed", key.connection(), fault);
            underWay.remove(key);
            mine.completeExceptionally(fault);
        } finally {
            fetches.release();
        }
    }

    /**
     * Fetches what is due and nobody else fetches, and waits for it. What the background task does.
     *
     * @return how many were fetched
     */
    public int sweep(Deadline deadline) {
        var due = database.inTransaction(deadline, transaction -> {
            refresh.types().forEach(type -> rows.adopt(transaction.handle(), type, time.instant()));
            return rows.claim(transaction.handle(), time.instant(), LEASE, CLAIMED_MAX);
        });
        var running = due.stream().map(this::fetch).toList();
        for (var one : running) {
            try {
                deadline.await(one.copy());
            } catch (RuntimeException failed) {
                LOG.debug("a refresh came to nothing: {}", failed.toString());
            }
        }
        return due.size();
    }

    private static Key key(Connection connection) {
        return new Key(connection.issuer(), connection.id().value());
    }

    private String terms(Connection connection) {
        var key = key(connection);
        var known = terms.getIfPresent(key);
        if (known == null || known.version() != connection.version()) {
            var protocol = refresh.protocol(connection).orElseThrow(() ->
                    new IllegalStateException("no metadata is published for connections of type " + connection.type()));
            known = new Terms(connection.version(), protocol.terms(connection.settings()));
            terms.put(key, known);
        }
        return known.text();
    }

    /** A connection was made or changed here: its metadata is fetched before the first login needs it. */
    @Override
    public void changed(ConfigChange change) {
        if (change.kind() == ConfigChange.Kind.CONNECTION) {
            var key = new Key(change.issuer(), change.id());
            attempts.invalidate(key);
            background.execute(() -> prefetch(key));
        }
    }

    private void prefetch(Key key) {
        try {
            if (refresh.isDue(key, Deadline.after(FETCH_BUDGET))) {
                fetch(key);
            }
        } catch (RuntimeException later) {
            LOG.debug("the first fetch of connection {} is left to the schedule: {}", key.connection(),
                    later.toString());
        }
    }

    @Override
    public void everythingMayHaveChanged() {
        attempts.invalidateAll();
    }
}
