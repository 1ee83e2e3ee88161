package gatehouse.idp.sql;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** How far the setup of connections has come, and the sign-ins that were tried over them, in PostgreSQL. */
public final class SqlSetups {

    /** Trials kept of one connection; the oldest go first. */
    static final int TRIALS_MAX = 50;

    /** Whose. Every question names all three. */
    public record Place(String issuer, OrganizationId organization, ConnectionId connection) {}

    /**
     * A sign-in that is tried out.
     *
     * @param id      unguessable
     * @param contact who began it
     * @param endedAt when its answer came; empty: not yet
     * @param version the connection's version it was begun with
     * @param body    what came of it, redacted
     */
    public record Trial(
            String id, String contact, Instant beganAt, Optional<Instant> endedAt, boolean succeeded, long version,
            ObjectNode body) {}

    private final Database database;

    public SqlSetups(Database database) {
        this.database = database;
    }

    /** What was written of the setup at {@code place}; an empty object if nothing was. */
    public ObjectNode progress(Place place, Deadline deadline) {
        return database.read(deadline, sql -> sql.createQuery("SELECT body::text FROM connection_setup"
                        + " WHERE issuer = :issuer AND organization = :organization AND connection = :connection")
                .bind("issuer", place.issuer())
                .bind("organization", place.organization().value())
                .bind("connection", place.connection().value())
                .map((row, _) -> (ObjectNode) SealedSettings.parse(row.getString(1)))
                .findOne()
                .orElseGet(JsonNodeFactory.instance::objectNode));
    }

    /** Lays {@code changes} over what was written of the setup at {@code place}. */
    public void advance(Transaction transaction, Place place, ObjectNode changes) {
        transaction.handle().createUpdate("INSERT INTO connection_setup (issuer, organization, connection, version,"
                        + " body) VALUES (:issuer, :organization, :connection, 1, :body::jsonb)"
                        + " ON CONFLICT (issuer, organization, connection) DO UPDATE SET"
                        + " body = connection_setup.body || excluded.body, version = connection_setup.version + 1")
                .bind("issuer", place.issuer())
                .bind("organization", place.organization().value())
                .bind("connection", place.connection().value())
                .bind("body", changes.toString())
                .execute();
    }

    /** Notes that a trial has begun. */
    public void begin(Place place, Trial trial, Deadline deadline) {
        database.inTransaction(deadline, transaction -> {
            transaction.handle().createUpdate("INSERT INTO trial_sign_in (issuer, id, organization, connection,"
                            + " contact, began_at, connection_version, body) VALUES (:issuer, :id, :organization,"
                            + " :connection, :contact, :began, :version, :body::jsonb)")
                    .bind("issuer", place.issuer())
                    .bind("id", trial.id())
                    .bind("organization", place.organization().value())
                    .bind("connection", place.connection().value())
                    .bind("contact", trial.contact())
                    .bind("began", trial.beganAt().atOffset(ZoneOffset.UTC))
                    .bind("version", trial.version())
                    .bind("body", trial.body().toString())
                    .execute();
            return transaction.handle().createUpdate("DELETE FROM trial_sign_in WHERE issuer = :issuer AND"
                            + " organization = :organization AND connection = :connection AND id NOT IN (SELECT id FROM"
                            + " trial_sign_in WHERE issuer = :issuer AND organization = :organization AND connection ="
                            + " :connection ORDER BY began_at DESC LIMIT " + TRIALS_MAX + ")")
                    .bind("issuer", place.issuer())
                    .bind("organization", place.organization().value())
                    .bind("connection", place.connection().value())
                    .execute();
        });
    }

    /** Notes what came of a trial; only the first answer counts. */
    public boolean end(
            Place place, String id, boolean succeeded, ObjectNode body, Instant now, Deadline deadline) {
        return database.inTransaction(deadline, transaction -> transaction.handle().createUpdate(
                        "UPDATE trial_sign_in SET ended_at = :now, succeeded = :succeeded, body = :body::jsonb"
                        + " WHERE issuer = :issuer AND organization = :organization AND connection = :connection"
                        + " AND id = :id AND ended_at IS NULL")
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("succeeded", succeeded)
                .bind("body", body.toString())
                .bind("issuer", place.issuer())
                .bind("organization", place.organization().value())
                .bind("connection", place.connection().value())
                .bind("id", id)
                .execute() == 1);
    }

    /** The trials at {@code place}, newest first. */
    public List<Trial> trials(Place place, int limit, Deadline deadline) {
        return database.read(deadline, sql -> sql.createQuery("SELECT id, contact, began_at, ended_at, succeeded,"
                        + " connection_version, body::text AS body FROM trial_sign_in WHERE issuer = :issuer"
                        + " AND organization = :organization AND connection = :connection"
                        + " ORDER BY began_at DESC, id LIMIT " + limit)
                .bind("issuer", place.issuer())
                .bind("organization", place.organization().value())
                .bind("connection", place.connection().value())
                .map((row, _) -> trial(row))
                .list());
    }

    private static Trial trial(ResultSet row) throws SQLException {
        return new Trial(
                row.getString("id"),
                row.getString("contact"),
                row.getObject("began_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                row.getBoolean("succeeded"),
                row.getLong("connection_version"),
                (ObjectNode) SealedSettings.parse(row.getString("body")));
    }
}
