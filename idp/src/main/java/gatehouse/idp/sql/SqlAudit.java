package gatehouse.idp.sql;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.audit.AuditSink;
import gatehouse.idp.schema.RecordJson;
import gatehouse.spi.ClientId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The audit trail in PostgreSQL, and beside it who signed in where. Rows are only ever added. */
public final class SqlAudit implements AuditSink {

    /** However many records: one statement, and an array for each column. */
    private static final String EVENTS = "INSERT INTO audit_event (at, issuer, organization, action, actor, account,"
            + " client, session, address, reason, trace_id, details)"
            + " SELECT at::timestamptz, issuer, organization, action, actor, account,"
            + " client, session, address, reason, trace_id, details::jsonb"
            + " FROM unnest(:at, :issuer, :organization, :action, :actor, :account,"
            + " :client, :session, :address, :reason, :trace_id, :details) WITH ORDINALITY"
            + " AS record (at, issuer, organization, action, actor, account,"
            + " client, session, address, reason, trace_id, details, place) ORDER BY place";

    private static final String LOGINS = "INSERT INTO login_event (at, issuer, organization, account, session, client,"
            + " connection)"
            + " SELECT at::timestamptz, issuer, organization, account, session, client, connection"
            + " FROM unnest(:at, :issuer, :organization, :account, :session, :client, :connection) WITH ORDINALITY"
            + " AS record (at, issuer, organization, account, session, client, connection, place) ORDER BY place";

    /** A sign-in: which session it opened. */
    public record LoginSeen(
            long id, Instant at, UserId user, String session, Optional<String> client, Optional<String> connection) {}

    private final Database database;

    public SqlAudit(Database database) {
        this.database = database;
    }

    @Override
    public void write(List<AuditRecord> records, Deadline deadline) {
        database.inTransaction(deadline, transaction -> {
            write(transaction, records);
            return records.size();
        });
    }

    /** Adds {@code record} within the transaction of the change it tells of. */
    public void write(Transaction transaction, AuditRecord record) {
        write(transaction, List.of(record));
    }

    private static void write(Transaction transaction, List<AuditRecord> records) {
        insert(transaction.handle(), records);
        transaction.tell(records);
    }

    private static void insert(Handle sql, List<AuditRecord> records) {
        columns(sql.createUpdate(EVENTS), records)
                .bindArray("action", String.class, column(records, record -> record.event().action().name()))
                .bindArray("actor", String.class, column(records, record -> record.actor().orElse(null)))
                .bindArray("address", String.class, column(records, record -> record.event().address().orElse(null)))
                .bindArray("reason", String.class, column(records, record -> record.event().reason().orElse(null)))
                .bindArray("trace_id", String.class, column(records, record -> record.event().traceId()))
                .bindArray("details", String.class, column(records, record -> details(record.event())))
                .execute();
        var logins = records.stream().filter(SqlAudit::isLogin).toList();
        if (!logins.isEmpty()) {
            columns(sql.createUpdate(LOGINS), logins)
                    .bindArray("connection", String.class,
                            column(logins, record -> record.event().details().get("connection")))
                    .execute();
        }
    }

    /** Binds what both tables know of each record. */
    private static Update columns(Update update, List<AuditRecord> records) {
        return update
                .bindArray("at", String.class, column(records, record -> record.at().toString()))
                .bindArray("issuer", String.class, column(records, record -> record.event().issuer()))
                .bindArray("organization", String.class, column(records,
                        record -> record.event().organization().map(OrganizationId::value).orElse(null)))
                .bindArray("account", String.class, column(records,
                        record -> record.event().user().map(UserId::value).orElse(null)))
                .bindArray("client", String.class, column(records,
                        record -> record.event().client().map(ClientId::value).orElse(null)))
                .bindArray("session", String.class, column(records, record -> record.event().session().orElse(null)));
    }

    /** One value of each record; in SQL, what is not known is null. */
    private static Object[] column(List<AuditRecord> records, Function<AuditRecord, String> value) {
        return records.stream().map(value).toArray(String[]::new);
    }

    private static boolean isLogin(AuditRecord record) {
        var event = record.event();
        return event.action() == AuditAction.LOGIN_SUCCEEDED && event.user().isPresent()
                && event.session().isPresent();
    }

    private static String details(AuditEvent event) {
        return event.details().isEmpty() ? "{}" : RecordJson.MAPPER.valueToTree(event.details()).toString();
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    /** Records of {@code scope}, newest first, older than {@code before}. */
    public List<AuditRecord> page(Handle sql, Rows.Scope scope, OptionalLong before, int limit) {
        var query = sql.createQuery("SELECT * FROM audit_event WHERE issuer = :issuer"
                + (scope.organization().isPresent() ? " AND organization = :organization" : "")
                + (before.isPresent() ? " AND id < :before" : "")
                + " ORDER BY id DESC LIMIT " + limit);
        query.bind("issuer", scope.issuer());
        scope.organization().ifPresent(organization -> query.bind("organization", organization.value()));
        before.ifPresent(id -> query.bind("before", id));
        return query.map((row, _) -> record(row)).list();
    }

    private static AuditRecord record(ResultSet row) throws SQLException {
        Map<String, String> details = RecordJson.MAPPER.convertValue(SealedSettings.parse(row.getString("details")),
                RecordJson.MAPPER.getTypeFactory().constructMapType(Map.class, String.class, String.class));
        var event = new AuditEvent(
                AuditAction.valueOf(row.getString("action")),
                row.getString("issuer"),
                Optional.ofNullable(row.getString("organization")).map(OrganizationId::new),
                Optional.ofNullable(row.getString("account")).map(UserId::new),
                Optional.ofNullable(row.getString("client")).map(ClientId::new),
                Optional.ofNullable(row.getString("session")),
                Optional.ofNullable(row.getString("address")),
                Optional.ofNullable(row.getString("reason")),
                row.getString("trace_id"),
                details);
        return new AuditRecord(row.getLong("id"), row.getObject("at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getString("actor")), event);
    }

    /** Sign-ins to an organization since {@code since}, newest first, older than {@code before}. */
    public List<LoginSeen> logins(
            Handle sql, String issuer, OrganizationId organization, Instant since, OptionalLong before, int limit) {
        var query = sql.createQuery("SELECT * FROM login_event WHERE issuer = :issuer AND organization = :organization"
                        + " AND at >= :since" + (before.isPresent() ? " AND id < :before" : "")
                        + " ORDER BY id DESC LIMIT " + limit)
                .bind("issuer", issuer)
                .bind("organization", organization.value())
                .bind("since", time(since));
        before.ifPresent(id -> query.bind("before", id));
        return query.map((row, _) -> new LoginSeen(row.getLong("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(), new UserId(row.getString("account")),
                row.getString("session"), Optional.ofNullable(row.getString("client")),
                Optional.ofNullable(row.getString("connection")))).list();
    }
}
