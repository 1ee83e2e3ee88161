package gatehouse.idp.sql.events;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.events.DeliveryStore;
import gatehouse.idp.events.EventMessage;
import gatehouse.idp.events.Webhook;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.sql.Tables;
import gatehouse.spi.Deadline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** Deliveries in PostgreSQL. */
public final class SqlDeliveries implements DeliveryStore {

    /** Attempts at one webhook at a time, over all nodes: one slow receiver does not take everybody's place. */
    static final int AT_ONCE_PER_WEBHOOK = 4;

    private static final String CLAIM = "UPDATE webhook_delivery d SET attempts = d.attempts + 1,"
            + " leased_until = :until, attempted_at = :now FROM ("
            + "SELECT id FROM (SELECT w.id, w.next_at, row_number() OVER (PARTITION BY w.issuer, w.webhook"
            + " ORDER BY w.next_at, w.id) + (SELECT count(*) FROM webhook_delivery b WHERE b.waiting"
            + " AND b.issuer = w.issuer AND b.webhook = w.webhook AND b.leased_until > :now) AS place"
            + " FROM webhook_delivery w WHERE w.waiting AND w.next_at <= :now"
            + " AND (w.leased_until IS NULL OR w.leased_until <= :now)"
            + " AND NOT EXISTS (SELECT 1 FROM webhook_delivery e WHERE e.waiting AND e.issuer = w.issuer"
            + " AND e.webhook = w.webhook AND e.lane = w.lane AND e.id < w.id)"
            + " AND EXISTS (SELECT 1 FROM webhook h WHERE h.issuer = w.issuer AND h.id = w.webhook"
            + " AND (h.body ->> 'enabled')::boolean)) ready"
            + " WHERE place <= " + AT_ONCE_PER_WEBHOOK + " ORDER BY next_at, id LIMIT :limit) due"
            + " WHERE d.id = due.id AND d.waiting AND (d.leased_until IS NULL OR d.leased_until <= :now)"
            + " RETURNING d.id, d.attempts, d.issuer, d.webhook, d.event, d.failing_since";

    /** A delivery as operators see it. */
    public record Seen(
            long id, String message, String type, Optional<String> organization, Instant at, boolean waiting,
            int attempts, Optional<Instant> attemptedAt, OptionalInt lastStatus, Optional<String> lastProblem,
            Optional<Instant> nextAt, Optional<Instant> deliveredAt, String body) {}

    private record Claimed(
            long id, int attempt, String issuer, String webhook, long event, Optional<Instant> failingSince) {}

    private final Database database;
    private final Tables tables;
    private final SqlAudit audit;

    public SqlDeliveries(Database database, Tables tables, SqlAudit audit) {
        this.database = database;
        this.tables = tables;
        this.audit = audit;
    }

    @Override
    public List<Due> claim(Instant now, Duration lease, int limit, Deadline deadline) {
        return database.inTransaction(deadline, transaction -> {
            var sql = transaction.handle();
            var claimed = sql.createQuery(CLAIM).bind("now", utc(now)).bind("until", utc(now.plus(lease)))
                    .bind("limit", limit)
                    .map((row, _) -> new Claimed(row.getLong(1), row.getInt(2), row.getString(3), row.getString(4),
                            row.getLong(5), instant(row, "failing_since")))
                    .list();
            var due = new ArrayList<Due>(claimed.size());
            for (var one : claimed) {
                tables.webhooks().find(sql, Rows.Scope.of(one.issuer()), one.webhook()).ifPresent(webhook ->
                        due.add(due(sql, one, webhook)));
            }
            return due;
        });
    }

    private static Due due(Handle sql, Claimed one, Webhook webhook) {
        return sql.createQuery("SELECT message, body FROM webhook_event WHERE id = :id").bind("id", one.event())
                .map((row, _) -> new Due(one.id(), one.attempt(), webhook, row.getString(1), row.getString(2),
                        one.failingSince()))
                .one();
    }

    @Override
    public void delivered(Due due, int status, Instant now, Deadline deadline) {
        database.read(deadline, sql -> sql.createUpdate("UPDATE webhook_delivery SET waiting = false,"
                        + " leased_until = NULL, delivered_at = :now, last_status = :status, last_problem = NULL,"
                        + " failing_since = NULL WHERE id = :id AND waiting AND attempts = :attempt")
                .bind("now", utc(now)).bind("status", status).bind("id", due.id()).bind("attempt", due.attempt())
                .execute());
    }

    @Override
    public void failed(Due due, Failure failure, Instant now, Instant next, Deadline deadline) {
        database.read(deadline, sql -> fail(sql, due, failure, now, next));
    }

    private static int fail(Handle sql, Due due, Failure failure, Instant now, Instant next) {
        return sql.createUpdate("UPDATE webhook_delivery SET leased_until = NULL, next_at = :next,"
                        + " last_status = :status, last_problem = :problem,"
                        + " failing_since = COALESCE(failing_since, :now)"
                        + " WHERE id = :id AND waiting AND attempts = :attempt")
                .bind("now", utc(now)).bind("next", utc(next))
                .bind("status", failure.status().isPresent() ? (Integer) failure.status().getAsInt() : null)
                .bind("problem", failure.problem()).bind("id", due.id()).bind("attempt", due.attempt())
                .execute();
    }

    @Override
    public void disable(Due due, Failure failure, String why, Instant now, Deadline deadline) {
        database.inTransaction(deadline, transaction -> {
            var sql = transaction.handle();
            if (fail(sql, due, failure, now, now) == 0) {
                return false;
            }
            var scope = Rows.Scope.of(due.webhook().issuer());
            var webhook = tables.webhooks().find(sql, scope, due.webhook().id()).filter(Webhook::enabled);
            if (webhook.isEmpty()) {
                return false;
            }
            tables.webhooks().update(transaction, webhook.get().disabled(why));
            // Whoever switches it on again finds all that waits due, and its patience new.
            sql.createUpdate("UPDATE webhook_delivery SET next_at = :now, failing_since = NULL"
                            + " WHERE waiting AND issuer = :issuer AND webhook = :webhook")
                    .bind("now", utc(now)).bind("issuer", webhook.get().issuer()).bind("webhook", webhook.get().id())
                    .execute();
            var event = AuditEvent.of(AuditAction.WEBHOOK_DISABLED, webhook.get().issuer(), "background")
                    .organization(webhook.get().organization())
                    .details(Map.of("kind", "webhook", "id", webhook.get().id()));
            audit.write(transaction, new AuditRecord(0, now, Optional.empty(), event));
            return true;
        });
    }

    @Override
    public int forget(Instant before, Deadline deadline) {
        return database.read(deadline, sql -> sql.createUpdate("DELETE FROM webhook_event WHERE id IN"
                + " (SELECT id FROM webhook_event WHERE at < :before ORDER BY at LIMIT 5000)")
                .bind("before", utc(before)).execute());
    }

    /** Deliveries to {@code webhook}, newest first, older than {@code before}. */
    public List<Seen> page(Handle sql, Webhook webhook, OptionalLong before, int limit) {
        var query = sql.createQuery("SELECT d.*, e.message, e.type, e.organization, e.at, e.body"
                        + " FROM webhook_delivery d JOIN webhook_event e ON e.id = d.event"
                        + " WHERE d.issuer = :issuer AND d.webhook = :webhook"
                        + (before.isPresent() ? " AND d.id < :before" : "") + " ORDER BY d.id DESC LIMIT " + limit)
                .bind("issuer", webhook.issuer()).bind("webhook", webhook.id());
        before.ifPresent(id -> query.bind("before", id));
        return query.map((row, _) -> seen(row)).list();
    }

    private static Seen seen(ResultSet row) throws SQLException {
        boolean waiting = row.getBoolean("waiting");
        int status = row.getInt("last_status");
        var lastStatus = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(status);
        return new Seen(row.getLong("id"), row.getString("message"), row.getString("type"),
                Optional.ofNullable(row.getString("organization")), instant(row, "at").orElseThrow(), waiting,
                row.getInt("attempts"), instant(row, "attempted_at"), lastStatus,
                Optional.ofNullable(row.getString("last_problem")),
                waiting ? instant(row, "next_at") : Optional.empty(), instant(row, "delivered_at"),
                row.getString("body"));
    }

    /** Sends the event of delivery {@code id} to {@code webhook} again, after what waits; false if there is none. */
    public boolean redeliver(Handle sql, Webhook webhook, long id, Instant now) {
        return sql.createUpdate("INSERT INTO webhook_delivery (issuer, webhook, event, lane, next_at)"
                        + " SELECT issuer, webhook, event, lane, :now FROM webhook_delivery"
                        + " WHERE issuer = :issuer AND webhook = :webhook AND id = :id")
                .bind("now", utc(now)).bind("issuer", webhook.issuer()).bind("webhook", webhook.id()).bind("id", id)
                .execute() == 1;
    }

    /** Sends a test to {@code webhook}; false if it is switched off. */
    public boolean test(Handle sql, Webhook webhook, Instant now) {
        var message = EventMessage.test(webhook.issuer(), webhook.organization(), now);
        return Outbox.put(sql, message, Optional.of(webhook.id())) == 1;
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
