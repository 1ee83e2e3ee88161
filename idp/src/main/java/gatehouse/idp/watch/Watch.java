package gatehouse.idp.watch;

import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.keys.OwnCertificates;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.sql.Tables;
import gatehouse.idp.sql.watch.CachedMetadata;
import gatehouse.idp.sql.watch.SqlChores;
import gatehouse.idp.sql.watch.SqlMetadata;
import gatehouse.idp.upstream.metadata.PublishedMetadata;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The objects of this room, put together.
 *
 * @param metadata     what logins use, and what fetches it
 * @param decisions    what administrators make of held changes
 * @param certificates what is warned of
 * @param settings     what administrators are told before they change settings
 * @param cached       to be registered with the configuration feed
 * @param schedule     to be started once the server serves
 */
public record Watch(
        MetadataWatch metadata, DriftDecisions decisions, CertificateWatch certificates, SettingsDrift settings,
        CachedMetadata cached, WatchSchedule schedule) {

    private static final int CACHED_MAX = 5_000;

    /**
     * What the room works with.
     *
     * @param background runs fetches; a virtual thread per task will do
     * @param every      how often this node looks for work
     */
    public record Parts(
            List<PublishedMetadata> protocols, HttpCaller http, Database database, Tables tables, SqlAudit audit,
            OwnCertificates own, InstantSource time, LongSupplier nanoClock, Executor background, Duration every) {}

    /** The room over {@code parts}. */
    public static Watch of(Parts parts) {
        var rows = new SqlMetadata();
        var chores = new SqlChores();
        var refresh = new MetadataRefresh(parts.protocols(), parts.http(), parts.database(), parts.tables(), rows,
                parts.audit(), parts.time());
        var cached = new CachedMetadata(
                parts.database(), rows, CACHED_MAX, parts.background(), parts.nanoClock());
        var metadata = new MetadataWatch(refresh, parts.database(), rows, cached, parts.time(), parts.background());
        var certificates = new CertificateWatch(refresh, parts.database(), parts.tables(),
                new CertificateWatch.Stored(rows, chores, parts.audit()), parts.own(), parts.time());
        return new Watch(metadata, new DriftDecisions(refresh, parts.tables(), rows, parts.time()), certificates,
                new SettingsDrift(refresh, certificates), cached,
                new WatchSchedule(metadata, certificates, parts.database(), chores, parts.time(), parts.every()));
    }
}
