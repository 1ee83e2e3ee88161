package gatehouse.idp.watch;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.Tables;
import gatehouse.idp.sql.Transaction;
import gatehouse.idp.sql.watch.MetadataRow;
import gatehouse.idp.sql.watch.SqlMetadata;
import gatehouse.idp.sql.watch.SqlMetadata.Key;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.metadata.Drift;
import gatehouse.idp.upstream.metadata.MetadataRefused;
import gatehouse.idp.upstream.metadata.PublishedMetadata.Candidate;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What an administrator makes of a held change. The caller proves who may, and writes the audit record. */
public final class DriftDecisions {

    /** How a decision ended. */
    public sealed interface Decision {
        /** As asked. @param action for the audit trail */
        record Done(Connection connection, AuditAction action, Drift drift) implements Decision {}

        /** There is no such connection for the caller. */
        record NoConnection() implements Decision {}

        /** Nothing is held, or something else than what the administrator saw. */
        record NotHeld() implements Decision {}

        /** Logins could not use it. */
        record Unusable(String why) implements Decision {}
    }

    private final MetadataRefresh refresh;
    private final Tables tables;
    private final SqlMetadata rows;
    private final InstantSource time;

    DriftDecisions(MetadataRefresh refresh, Tables tables, SqlMetadata rows, InstantSource time) {
        this.refresh = refresh;
        this.tables = tables;
        this.rows = rows;
        this.time = time;
    }

    /** Lets logins use what is held, if it is exactly {@code drift}. */
    public Decision approve(Transaction transaction, Rows.Scope scope, String connection, String drift) {
        return decide(transaction, scope, connection, drift, true);
    }

    /** Drops what is held, if it is exactly {@code drift}; the same is not held again. */
    public Decision reject(Transaction transaction, Rows.Scope scope, String connection, String drift) {
        return decide(transaction, scope, connection, drift, false);
    }

    private Decision decide(Transaction transaction, Rows.Scope scope, String id, String drift, boolean approve) {
        var found = tables.connections().find(transaction.handle(), scope, id);
        var protocol = found.flatMap(refresh::protocol);
        if (protocol.isEmpty()) {
            return found.isEmpty() ? new Decision.NoConnection() : new Decision.NotHeld();
        }
        var settings = found.get().settings();
        var row = rows.lock(transaction.handle(), new Key(scope.issuer(), id))
                .filter(one -> one.terms().equals(protocol.get().terms(settings)));
        var held = row.flatMap(MetadataRow::held).filter(one -> one.drift().equals(drift));
        if (held.isEmpty() || row.get().accepted().isEmpty()) {
            return new Decision.NotHeld();
        }
        var candidate = new Candidate(held.get().document(), held.get().signed());
        var changes = MetadataJudge.drift(protocol.get(), settings, row.get().accepted().get(), candidate);
        if (!approve) {
            rows.save(transaction, row.get().rejecting(drift), false);
            return new Decision.Done(found.get(), AuditAction.METADATA_REJECTED, changes);
        }
        try {
            var now = time.instant().truncatedTo(ChronoUnit.MICROS);
            rows.save(transaction, row.get().accepting(
                    MetadataJudge.accepted(protocol.get(), settings, candidate, now)), true);
            return new Decision.Done(found.get(), AuditAction.METADATA_APPROVED, changes);
        } catch (MetadataRefused unusable) {
            return new Decision.Unusable(unusable.description());
        }
    }

    /** What the held document would change; empty if nothing is held. */
    public Optional<Drift> held(Connection connection, MetadataRow row) {
        return row.held().flatMap(held -> row.accepted().flatMap(accepted -> refresh.protocol(connection)
                .map(protocol -> MetadataJudge.drift(protocol, connection.settings(), accepted,
                        new Candidate(held.document(), held.signed())))));
    }
}
