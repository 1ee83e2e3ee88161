package gatehouse.idp.sql;

import gatehouse.idp.tenancy.PortalSession;
import gatehouse.idp.tenancy.SetupIntent;
import gatehouse.idp.tenancy.SetupLink;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Setup links and the portal sessions they are exchanged for, in PostgreSQL. Of a token, only its SHA-256 is kept: it
 * has 256 random bits.
 */
public final class SqlSetupLinks {

    private static final String LINK = "SELECT * FROM setup_link WHERE ";

    private final Database database;

    public SqlSetupLinks(Database database) {
        this.database = database;
    }

    /**
     * Keeps {@code link}, which {@code token} opens.
     *
     * @throws RowRefused REFERENCE_MISSING if there is no such organization
     */
    public void issue(Transaction transaction, SetupLink link, String token) {
        transaction.handle().createUpdate("INSERT INTO setup_link (issuer, id, organization, token_hash, intent,"
                        + " connection, step, contact, inviter, created_at, expires_at) VALUES (:issuer, :id,"
                        + " :organization, :token, :intent, :connection, :step, :contact, :inviter,"
                        + " :created, :expires)")
                .bind("issuer", link.issuer())
                .bind("id", link.id())
                .bind("organization", link.organization().value())
                .bind("token", hash(token))
                .bind("intent", link.intent().wireName())
                .bind("connection", link.connection().map(ConnectionId::value).orElse(null))
                .bind("step", link.step().orElse(null))
                .bind("contact", link.contact())
                .bind("inviter", link.inviter())
                .bind("created", time(link.createdAt()))
                .bind("expires", time(link.expiresAt()))
                .execute();
    }

    /** The links of an organization, newest first. */
    public List<SetupLink> of(String issuer, OrganizationId organization, int limit, Deadline deadline) {
        return database.read(deadline, sql -> sql.createQuery(LINK + "issuer = :issuer AND organization ="
                        + " :organization ORDER BY created_at DESC, id LIMIT " + limit)
                .bind("issuer", issuer)
                .bind("organization", organization.value())
                .map((row, _) -> link(row))
                .list());
    }

    /** Takes a link back, and ends what it was exchanged for; empty if the organization has no such link. */
    public Optional<SetupLink> revoke(
            Transaction transaction, String issuer, OrganizationId organization, String id, Instant now) {
        var sql = transaction.handle();
        var changed = sql.createUpdate("UPDATE setup_link SET revoked_at = coalesce(revoked_at, :now)"
                        + " WHERE issuer = :issuer AND organization = :organization AND id = :id")
                .bind("now", time(now))
                .bind("issuer", issuer)
                .bind("organization", organization.value())
                .bind("id", id)
                .execute();
        if (changed == 0) {
            return Optional.empty();
        }
        sql.createUpdate("DELETE FROM portal_session WHERE issuer = :issuer AND organization = :organization"
                        + " AND link = :id")
                .bind("issuer", issuer)
                .bind("organization", organization.value())
                .bind("id", id)
                .execute();
        return find(sql, issuer, organization, id);
    }

    private static Optional<SetupLink> find(Handle sql, String issuer, OrganizationId organization, String id) {
        return sql.createQuery(LINK + "issuer = :issuer AND organization = :organization AND id = :id")
                .bind("issuer", issuer)
                .bind("organization", organization.value())
                .bind("id", id)
                .map((row, _) -> link(row))
                .findOne();
    }

    /** The link that {@code token} is of, whatever its standing. Changes nothing. */
    public Optional<SetupLink> find(String issuer, String token, Deadline deadline) {
        return database.read(deadline, sql -> sql.createQuery(LINK + "issuer = :issuer AND token_hash = :token")
                .bind("issuer", issuer)
                .bind("token", hash(token))
                .map((row, _) -> link(row))
                .findOne());
    }

    /**
     * Spends the link of {@code token} for a session that {@code session} opens. Atomic: of any number of calls, one
     * gets a session.
     */
    public Optional<PortalSession> exchange(
            Transaction transaction, String issuer, String token, String session, Instant now, Instant sessionEnd) {
        var sql = transaction.handle();
        var spent = sql.createQuery("UPDATE setup_link SET used_at = :now WHERE issuer = :issuer"
                        + " AND token_hash = :token AND used_at IS NULL AND revoked_at IS NULL AND expires_at > :now"
                        + " RETURNING *")
                .bind("now", time(now))
                .bind("issuer", issuer)
                .bind("token", hash(token))
                .map((row, _) -> link(row))
                .findOne();
        spent.ifPresent(link -> sql.createUpdate("INSERT INTO portal_session (token_hash, issuer, organization, link,"
                        + " expires_at) VALUES (:session, :issuer, :organization, :link, :expires)")
                .bind("session", hash(session))
                .bind("issuer", link.issuer())
                .bind("organization", link.organization().value())
                .bind("link", link.id())
                .bind("expires", time(sessionEnd))
                .execute());
        return spent.map(link -> new PortalSession(link, sessionEnd, Optional.empty()));
    }

    /** Notes that the bearer of a link that is of no use any more wants a new one. */
    public void wantAgain(String issuer, String token, Instant now, Deadline deadline) {
        database.inTransaction(deadline, transaction -> transaction.handle()
                .createUpdate("UPDATE setup_link SET wanted_again_at = :now WHERE issuer = :issuer"
                        + " AND token_hash = :token")
                .bind("now", time(now))
                .bind("issuer", issuer)
                .bind("token", hash(token))
                .execute());
    }

    /** The session that {@code session} opens at {@code issuer}, if it stands at {@code now}. */
    public Optional<PortalSession> session(String issuer, String session, Instant now, Deadline deadline) {
        return database.read(deadline, sql -> sql.createQuery("SELECT l.*, s.expires_at AS session_expires_at,"
                        + " s.language FROM portal_session s JOIN setup_link l ON l.issuer = s.issuer"
                        + " AND l.organization = s.organization AND l.id = s.link"
                        + " WHERE s.token_hash = :session AND s.issuer = :issuer AND s.expires_at > :now"
                        + " AND l.revoked_at IS NULL")
                .bind("session", hash(session))
                .bind("issuer", issuer)
                .bind("now", time(now))
                .map((row, _) -> new PortalSession(link(row), instant(row, "session_expires_at").orElseThrow(),
                        Optional.ofNullable(row.getString("language"))))
                .findOne());
    }

    /** Keeps the language that was chosen in a session. */
    public void speak(String issuer, String session, String language, Deadline deadline) {
        database.inTransaction(deadline, transaction -> transaction.handle()
                .createUpdate("UPDATE portal_session SET language = :language WHERE token_hash = :session"
                        + " AND issuer = :issuer")
                .bind("language", language)
                .bind("session", hash(session))
                .bind("issuer", issuer)
                .execute());
    }

    /** Ends a session. */
    public void end(String issuer, String session, Deadline deadline) {
        database.inTransaction(deadline, transaction -> transaction.handle()
                .createUpdate("DELETE FROM portal_session WHERE token_hash = :session AND issuer = :issuer")
                .bind("session", hash(session))
                .bind("issuer", issuer)
                .execute());
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static SetupLink link(ResultSet row) throws SQLException {
        return new SetupLink(
                row.getString("id"),
                row.getString("issuer"),
                new OrganizationId(row.getString("organization")),
                SetupIntent.of(row.getString("intent")).orElseThrow(),
                Optional.ofNullable(row.getString("connection")).map(ConnectionId::new),
                Optional.ofNullable(row.getString("step")),
                row.getString("contact"),
                row.getString("inviter"),
                instant(row, "created_at").orElseThrow(),
                instant(row, "expires_at").orElseThrow(),
                instant(row, "used_at"),
                instant(row, "revoked_at"),
                instant(row, "wanted_again_at"));
    }
}
