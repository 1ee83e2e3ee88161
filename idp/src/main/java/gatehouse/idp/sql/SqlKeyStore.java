package gatehouse.idp.sql;

import gatehouse.idp.keys.KeyPurpose;
import gatehouse.idp.keys.KeyStore;
import gatehouse.idp.keys.StoredKey;
import gatehouse.spi.Deadline;
import gatehouse.spi.Unavailable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keys in PostgreSQL. Changes of one issuer's keys queue up behind an advisory lock, which ends with the transaction.
 */
public final class SqlKeyStore implements KeyStore {

    private final Jdbi jdbi;

    public SqlKeyStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public List<StoredKey> keys(String issuer, Deadline deadline) {
        deadline.requireTime();
        try {
            return jdbi.withHandle(handle -> read(handle, issuer, deadline));
        } catch (JdbiException outage) {
            throw new Unavailable("the keys of issuer " + issuer + " cannot be read", outage);
        }
    }

    @Override
    public List<StoredKey> update(String issuer, UnaryOperator<List<StoredKey>> change, Deadline deadline) {
        deadline.requireTime();
        try {
            return jdbi.inTransaction(handle -> {
                lock(handle, issuer, deadline);
                var before = read(handle, issuer, deadline);
                var after = change.apply(before);
                write(handle, issuer, before, after);
                return List.copyOf(after);
            });
        } catch (JdbiException outage) {
            throw new Unavailable("the keys of issuer " + issuer + " cannot be changed", outage);
        }
    }

    private static void lock(Handle handle, String issuer, Deadline deadline) {
        handle.createQuery("SELECT true FROM pg_advisory_xact_lock(hashtextextended('issuer_keys ' || :issuer, 0))")
                .bind("issuer", issuer)
                .setQueryTimeout(seconds(deadline))
                .mapTo(Boolean.class)
                .one();
    }

    private static List<StoredKey> read(Handle handle, String issuer, Deadline deadline) {
        return handle.createQuery("SELECT * FROM issuer_keys WHERE issuer = :issuer ORDER BY signs_from, kid")
                .bind("issuer", issuer)
                .setQueryTimeout(seconds(deadline))
                .map(SqlKeyStore::key)
                .list();
    }

    private static void write(Handle handle, String issuer, List<StoredKey> before, List<StoredKey> after) {
        var gone = new HashMap<String, StoredKey>();
        before.forEach(key -> gone.put(key.kid(), key));
        for (var key : after) {
            var known = gone.remove(key.kid());
            if (known == null) {
                insert(handle, key);
            } else if (!known.signsFrom().equals(key.signsFrom())) {
                handle.execute("UPDATE issuer_keys SET signs_from = ? WHERE issuer = ? AND kid = ?",
                        utc(key.signsFrom()), issuer, key.kid());
            }
        }
        for (var kid : gone.keySet()) {
            handle.execute("DELETE FROM issuer_keys WHERE issuer = ? AND kid = ?", issuer, kid);
        }
    }

    private static void insert(Handle handle, StoredKey key) {
        handle.createUpdate("""
                        INSERT INTO issuer_keys
                            (issuer, kid, purpose, created_at, signs_from, public_jwk, certificate, kek_id, wrapped)
                        VALUES (:issuer, :kid, :purpose, :createdAt, :signsFrom, :publicJwk, :certificate, :kekId,
                            :wrapped)
                        """)
                .bind("issuer", key.issuer())
                .bind("kid", key.kid())
                .bind("purpose", key.purpose().name())
                .bind("createdAt", utc(key.createdAt()))
                .bind("signsFrom", utc(key.signsFrom()))
                .bind("publicJwk", key.publicJwk())
                .bind("certificate", key.certificate().orElse(null))
                .bind("kekId", key.secret().kekId())
                .bind("wrapped", key.secret().bytes())
                .execute();
    }

    private static StoredKey key(ResultSet row, StatementContext statement) throws SQLException {
        return new StoredKey(
                row.getString("issuer"),
                row.getString("kid"),
                KeyPurpose.valueOf(row.getString("purpose")),
                instant(row, "created_at"),
                instant(row, "signs_from"),
                row.getString("public_jwk"),
                Optional.ofNullable(row.getBytes("certificate")),
                new StoredKey.Wrapped(row.getString("kek_id"), row.getBytes("wrapped")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static int seconds(Deadline deadline) {
        return Math.clamp(deadline.remaining().toSeconds() + 1, 1, 3600);
    }
}
