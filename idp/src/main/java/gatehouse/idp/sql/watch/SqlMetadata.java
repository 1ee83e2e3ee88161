package gatehouse.idp.sql.watch;

import gatehouse.idp.sql.ConfigChange;
import gatehouse.idp.sql.Transaction;
import gatehouse.idp.sql.watch.MetadataRow.Accepted;
import gatehouse.idp.sql.watch.MetadataRow.Fetched;
import gatehouse.idp.sql.watch.MetadataRow.Held;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of published metadata. */
public final class SqlMetadata {

    /** A connection by its key. */
    public record Key(String issuer, String connection) {}

    /** The row of {@code key}. */
    public Optional<MetadataRow> find(Handle sql, Key key) {
        return find(sql, key, "");
    }

    /** The row of {@code key}, nobody else's to change until the transaction ends. */
    public Optional<MetadataRow> lock(Handle sql, Key key) {
        return find(sql, key, " FOR UPDATE");
    }

    private static Optional<MetadataRow> find(Handle sql, Key key, String how) {
        return sql.createQuery("SELECT * FROM metadata_copy WHERE issuer = :issuer AND connection = :connection" + how)
                .bind("issuer", key.issuer())
                .bind("connection", key.connection())
                .map((row, _) -> read(row))
                .findOne();
    }

    /** Makes rows for connections of {@code type} that follow an address and have none; answers how many. */
    public int adopt(Handle sql, String type, Instant now) {
        return sql.createUpdate("INSERT INTO metadata_copy (issuer, connection, terms, next_at)"
                        + " SELECT c.issuer, c.id, '', :now FROM connection c"
                        + " WHERE (c.body -> 'settings' ->> 'metadata_url') IS NOT NULL AND c.body ->> 'type' = :type"
                        + " AND NOT EXISTS (SELECT 1 FROM metadata_copy m WHERE m.issuer = c.issuer"
                        + " AND m.connection = c.id) LIMIT 1000 ON CONFLICT DO NOTHING")
                .bind("type", type)
                .bind("now", utc(now))
                .execute();
    }

    /** Takes up to {@code limit} rows whose time has come, for {@code lease}: nobody else gets them meanwhile. */
    public List<Key> claim(Handle sql, Instant now, Duration lease, int limit) {
        return sql.createQuery("UPDATE metadata_copy m SET leased_until = :until FROM ("
                        + "SELECT issuer, connection FROM metadata_copy WHERE next_at <= :now"
                        + " AND (leased_until IS NULL OR leased_until <= :now)"
                        + " ORDER BY next_at LIMIT " + limit + " FOR UPDATE SKIP LOCKED) due"
                        + " WHERE m.issuer = due.issuer AND m.connection = due.connection"
                        + " RETURNING m.issuer, m.connection")
                .bind("now", utc(now))
                .bind("until", utc(now.plus(lease)))
                .map((row, _) -> new Key(row.getString(1), row.getString(2)))
                .list();
    }

    /** Writes {@code row}, frees its lease and, if logins are to use another document, tells every node. */
    public void save(Transaction transaction, MetadataRow row, boolean otherDocument) {
        var update = transaction.handle().createUpdate("INSERT INTO metadata_copy (issuer, connection, terms, document,"
                + " digest, signed, pinned, valid_until, accepted_at, etag, modified, checked_at, next_at, failures, problem, held,"
                + " held_signed, held_drift, held_at, rejected_drift) VALUES (:issuer, :connection, :terms, :document,"
                + " :digest, :signed, :pinned, :valid_until, :accepted_at, :etag, :modified, :checked_at, :next_at, :failures, :problem, :held,"
                + " :held_signed, :held_drift, :held_at, :rejected_drift) ON CONFLICT (issuer, connection) DO UPDATE SET"
                + " terms = excluded.terms, document = excluded.document, digest = excluded.digest,"
                + " signed = excluded.signed, pinned = excluded.pinned, valid_until = excluded.valid_until,"
                + " accepted_at = excluded.accepted_at, etag = excluded.etag,"
                + " modified = excluded.modified, checked_at = excluded.checked_at, next_at = excluded.next_at,"
                + " failures = excluded.failures, problem = excluded.problem, held = excluded.held,"
                + " held_signed = excluded.held_signed, held_drift = excluded.held_drift, held_at = excluded.held_at,"
                + " rejected_drift = excluded.rejected_drift, leased_until = NULL")
                .bind("issuer", row.issuer())
                .bind("connection", row.connection())
                .bind("terms", row.terms())
                .bind("document", row.accepted().map(Accepted::document).orElse(null))
                .bind("digest", row.accepted().map(Accepted::digest).orElse(null))
                .bind("signed", row.accepted().map(Accepted::signed).orElse(false))
                .bind("pinned", row.accepted().map(Accepted::pinned).orElse(false))
                .bind("valid_until", row.accepted().flatMap(Accepted::validUntil).map(SqlMetadata::utc).orElse(null))
                .bind("accepted_at", row.accepted().map(Accepted::at).map(SqlMetadata::utc).orElse(null))
                .bind("etag", row.fetched().etag().orElse(null))
                .bind("modified", row.fetched().modified().orElse(null))
                .bind("checked_at", row.fetched().at().map(SqlMetadata::utc).orElse(null))
                .bind("next_at", utc(row.nextAt()))
                .bind("failures", row.fetched().failures())
                .bind("problem", row.fetched().problem().orElse(null));
        update.bind("held", row.held().map(Held::document).orElse(null))
                .bind("held_signed", row.held().map(Held::signed).orElse(false))
                .bind("held_drift", row.held().map(Held::drift).orElse(null))
                .bind("held_at", row.held().map(Held::at).map(SqlMetadata::utc).orElse(null))
                .bind("rejected_drift", row.rejected().orElse(null))
                .execute();
        if (otherDocument) {
            transaction.announce(new ConfigChange(ConfigChange.Kind.METADATA, row.issuer(), row.connection(),
                    Optional.empty()));
        }
    }

    /** Forgets the row of a connection that follows no address any more. */
    public void delete(Handle sql, Key key) {
        sql.createUpdate("DELETE FROM metadata_copy WHERE issuer = :issuer AND connection = :connection")
                .bind("issuer", key.issuer())
                .bind("connection", key.connection())
                .execute();
    }

    private static MetadataRow read(ResultSet row) throws SQLException {
        var acceptedAt = instant(row, "accepted_at");
        Optional<Accepted> accepted = acceptedAt.isEmpty() ? Optional.empty() : Optional.of(new Accepted(
                row.getBytes("document"), row.getString("digest"), row.getBoolean("signed"),
                row.getBoolean("pinned"), instant(row, "valid_until"), acceptedAt.get()));
        var heldAt = instant(row, "held_at");
        Optional<Held> held = heldAt.isEmpty() ? Optional.empty() : Optional.of(new Held(
                row.getBytes("held"), row.getBoolean("held_signed"), row.getString("held_drift"), heldAt.get()));
        var fetched = new Fetched(instant(row, "checked_at"), row.getInt("failures"), text(row, "problem"),
                text(row, "etag"), text(row, "modified"));
        return new MetadataRow(row.getString("issuer"), row.getString("connection"), row.getString("terms"), accepted,
                fetched, instant(row, "next_at").orElseThrow(), held, text(row, "rejected_drift"));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
