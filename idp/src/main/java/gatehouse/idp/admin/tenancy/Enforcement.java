package gatehouse.idp.admin.tenancy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.idp.admin.resource.Admin;
import gatehouse.idp.admin.resource.Connections;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.ConnectionState;
import gatehouse.spi.Deadline;
import gatehouse.spi.UserId;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The enforcement of single sign-on: what it would do, what has to hold before, and its end when sign-ins collapse in
 * its first hour.
 */
public final class Enforcement {

    /** How long after it begins an enforcement is watched. */
    public static final Duration WATCHED = Duration.ofHours(1);
    /** Attempts that a judgement takes at least. */
    public static final int ATTEMPTS_MIN = 20;

    private static final String ACTOR = "schedule";

    private final Connections connections;
    private final Editor editor;
    private final EnforcementConditions conditions;
    private final Database database;
    private final SqlAudit audit;
    private final InstantSource clock;

    public Enforcement(
            Connections connections, Editor editor, Database database, SqlAudit audit, InstantSource clock) {
        this.conditions = new EnforcementConditions(clock);
        this.connections = connections;
        this.editor = editor;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** What enforcing {@code connection} would do. Changes nothing. */
    public Rehearsal rehearse(Connection connection, Deadline deadline) {
        return database.read(deadline, sql -> rehearse(sql, connection));
    }

    private Rehearsal rehearse(Handle sql, Connection connection) {
        var passwords = about(sql, connection, "SELECT count(*)::int FROM account a" + WITH_PASSWORD);
        var lockedOut = about(sql, connection, "SELECT count(*)::int FROM account a" + WITH_PASSWORD + NEVER_OVER_IT);
        var people = sql.createQuery("SELECT a.id, a.email, (SELECT max(l.at) FROM login_event l WHERE"
                        + " l.issuer = a.issuer AND l.organization = a.organization AND l.account = a.id) AS last"
                        + " FROM account a" + WITH_PASSWORD + NEVER_OVER_IT
                        + " ORDER BY last DESC NULLS LAST, a.id LIMIT " + Rehearsal.PEOPLE_MAX)
                .bind("issuer", connection.issuer()).bind("organization", connection.organization().value())
                .bind("connection", connection.id().value())
                .map((row, _) -> new Rehearsal.LockedOut(row.getString(1), row.getString(2),
                        connection.wouldBeOnlyWayFor(new UserId(row.getString(1))),
                        Optional.ofNullable(row.getTimestamp(3)).map(Timestamp::toInstant)))
                .list();
        return new Rehearsal(passwords, lockedOut, people, conditions.of(sql, connection));
    }

    private static int about(Handle sql, Connection connection, String question) {
        return sql.createQuery(question)
                .bind("issuer", connection.issuer()).bind("organization", connection.organization().value())
                .bind("connection", connection.id().value())
                .mapTo(Integer.class).one();
    }

    private static final String WITH_PASSWORD = " WHERE a.issuer = :issuer AND a.organization = :organization"
            + " AND a.password IS NOT NULL AND (a.body ->> 'enabled')::boolean AND :connection = :connection";

    private static final String NEVER_OVER_IT = " AND NOT EXISTS (SELECT 1 FROM account_link k WHERE"
            + " k.issuer = a.issuer AND k.account = a.id AND k.connection = :connection)";

    /**
     * Ends the enforcements whose sign-ins have collapsed: within their first hour, fewer than half of at least
     * {@link #ATTEMPTS_MIN} came through. People who cancelled, or came back twice, do not count.
     */
    public void rollBack(Deadline deadline) {
        for (var collapsed : database.read(deadline, this::collapsed)) {
            var call = new Editor.Call(Admin.operator(ACTOR), collapsed.issuer(), "", ACTOR);
            database.inTransaction(deadline, transaction -> {
                var scope = Rows.Scope.of(collapsed.issuer());
                var current = connections.rows().find(transaction.handle(), scope, collapsed.connection())
                        .filter(now -> now.state() == ConnectionState.ENFORCED);
                current.ifPresent(now -> {
                    editor.patch(transaction, connections, call, now, JsonNodeFactory.instance.objectNode()
                            .put("state", ConnectionState.ACTIVE.toString()));
                    audit.write(transaction, new AuditRecord(0, clock.instant(), Optional.of(ACTOR),
                            AuditEvent.of(AuditAction.ENFORCEMENT_ROLLED_BACK, now.issuer(), ACTOR)
                                    .organization(Optional.of(now.organization()))
                                    .details(Map.of("id", now.id().value(),
                                            "attempts", Integer.toString(collapsed.attempts()),
                                            "succeeded", Integer.toString(collapsed.succeeded())))));
                });
                return current;
            });
        }
    }

    private record Collapsed(String issuer, String connection, int attempts, int succeeded) {}

    private List<Collapsed> collapsed(Handle sql) {
        var now = clock.instant();
        return sql.createQuery("""
                        SELECT c.issuer, c.id, count(*)::int, count(*) FILTER (WHERE a.outcome = 'succeeded')::int
                        FROM connection c JOIN sign_in_attempt a
                          ON a.issuer = c.issuer AND a.connection = c.id AND a.organization = c.organization
                         AND a.at >= (c.body ->> 'enforced_since')::timestamptz
                        WHERE c.body ->> 'state' = 'enforced'
                          AND (c.body ->> 'enforced_since')::timestamptz > :since
                          AND a.kind = 'real' AND a.outcome <> 'arrived'
                          AND coalesce(a.code, '') NOT IN ('OIDC-DENIED-01', 'OIDC-DENIED-02', 'SAML-STATUS-02',
                            'SAML-STATUS-03', 'LOGIN-ARRIVAL-01', 'LOGIN-UNSOLICITED-01', 'LOGIN-ACCOUNT-02',
                            'OIDC-STATE-01')
                        GROUP BY c.issuer, c.id
                        HAVING count(*) >= :least AND count(*) FILTER (WHERE a.outcome = 'succeeded') * 2 < count(*)""")
                .bind("since", Timestamp.from(now.minus(WATCHED))).bind("least", ATTEMPTS_MIN)
                .map((row, _) -> new Collapsed(row.getString(1), row.getString(2), row.getInt(3), row.getInt(4)))
                .list();
    }
}
