package gatehouse.idp.admin.tenancy;

import gatehouse.idp.tenancy.Connection;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What has to hold before a connection is enforced: nobody is to lock themselves out. */
public final class EnforcementConditions {

    private static final Duration RECENT = Duration.ofHours(24);

    private final InstantSource clock;

    public EnforcementConditions(InstantSource clock) {
        this.clock = clock;
    }

    /** What has to hold before {@code connection} is enforced. */
    public List<Rehearsal.Condition> of(Handle sql, Connection connection) {
        var since = Timestamp.from(clock.instant().minus(RECENT));
        return List.of(
                new Rehearsal.Condition("verified_domain", about(sql, connection, "SELECT count(*)::int FROM"
                        + " domain_claim WHERE issuer = :issuer AND organization = :organization AND verified"
                        + " AND :connection = :connection") > 0,
                        "The organization has proved a domain."),
                new Rehearsal.Condition("recent_success", sql.createQuery("SELECT count(*)::int FROM sign_in_attempt"
                                + " WHERE issuer = :issuer AND connection = :connection AND outcome = 'succeeded'"
                                + " AND organization = :organization AND at >= :since")
                        .bind("issuer", connection.issuer()).bind("connection", connection.id().value())
                        .bind("organization", connection.organization().value()).bind("since", since)
                        .mapTo(Integer.class).one() > 0,
                        "Somebody has signed in over the connection, or tested it, in the last 24 hours."),
                new Rehearsal.Condition("break_glass", about(sql, connection, "SELECT count(*)::int FROM"
                        + " organization o,"
                        + " jsonb_array_elements(o.body -> 'break_glass') b WHERE o.issuer = :issuer"
                        + " AND o.id = :organization AND :connection = :connection"
                        + " AND " + BreakGlassTried.SQL) > 0,
                        "A break-glass account has been tried out: activated, and signed in with, or its code typed"
                                + " back in the portal. Two are better."));
    }

    private static int about(Handle sql, Connection connection, String question) {
        return sql.createQuery(question)
                .bind("issuer", connection.issuer()).bind("organization", connection.organization().value())
                .bind("connection", connection.id().value())
                .mapTo(Integer.class).one();
    }
}
