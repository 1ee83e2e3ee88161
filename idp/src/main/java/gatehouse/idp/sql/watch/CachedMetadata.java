package gatehouse.idp.sql.watch;

import gatehouse.idp.sql.ConfigChange;
import gatehouse.idp.sql.ConfigListener;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.ReadThrough;
import gatehouse.idp.sql.watch.SqlMetadata.Key;
import gatehouse.spi.Deadline;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** The data plane's view of published metadata: rows in memory until the feed says otherwise. Register it with the feed. */
public final class CachedMetadata implements ConfigListener {

    private final ReadThrough<Key, MetadataRow> rows;

    /** @param sizeMax rows kept in memory; each holds the description of one identity provider */
    public CachedMetadata(
            Database database, SqlMetadata table, int sizeMax, Executor executor, LongSupplier nanoClock) {
        this.rows = new ReadThrough<>(sizeMax, executor, nanoClock,
                (key, deadline) -> database.read(deadline, sql -> table.find(sql, key)));
    }

    /** The row of {@code key}, if it was ever made. */
    public Optional<MetadataRow> find(Key key, Deadline deadline) {
        return rows.get(key, deadline);
    }

    @Override
    public void changed(ConfigChange change) {
        if (change.kind() == ConfigChange.Kind.METADATA || change.kind() == ConfigChange.Kind.CONNECTION) {
            rows.forget(new Key(change.issuer(), change.id()));
        }
    }

    @Override
    public void everythingMayHaveChanged() {
        rows.forgetAll();
    }
}
