package gatehouse.idp.sql.watch;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** What is to be done once, whichever node does it. */
public final class SqlChores {

    /** A countdown of one certificate. @param connection empty for the issuer's own; @param days before its end */
    public record Notice(String issuer, String connection, String fingerprint, int days) {}

    /** Whether {@code notice} was not given before; from now on it was. */
    public boolean firstNotice(Handle sql, Notice notice, Instant now) {
        return sql.createUpdate("INSERT INTO certificate_notice (issuer, connection, fingerprint, days, told_at)"
                        + " VALUES (:issuer, :connection, :fingerprint, :days, :now) ON CONFLICT DO NOTHING")
                .bind("issuer", notice.issuer())
                .bind("connection", notice.connection())
                .bind("fingerprint", notice.fingerprint())
                .bind("days", notice.days())
                .bind("now", SqlMetadata.utc(now))
                .execute() == 1;
    }

    /** Whether the caller is the one to do chore {@code name} now: it is done every so often, by one at a time. */
    public boolean claim(Handle sql, String name, Instant now, Duration every, Duration lease) {
        return sql.createUpdate("INSERT INTO chore (name, done_at, leased_until)"
                        + " VALUES (:name, 'epoch', :until) ON CONFLICT (name) DO UPDATE SET leased_until = :until"
                        + " WHERE chore.done_at <= :due AND chore.leased_until <= :now")
                .bind("name", name)
                .bind("until", SqlMetadata.utc(now.plus(lease)))
                .bind("due", SqlMetadata.utc(now.minus(every)))
                .bind("now", SqlMetadata.utc(now))
                .execute() == 1;
    }

    /** Chore {@code name} was done at {@code now}. */
    public void done(Handle sql, String name, Instant now) {
        sql.createUpdate("UPDATE chore SET done_at = :now, leased_until = :now WHERE name = :name")
                .bind("now", SqlMetadata.utc(now))
                .bind("name", name)
                .execute();
    }
}
