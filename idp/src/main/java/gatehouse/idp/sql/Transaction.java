package gatehouse.idp.sql;

import gatehouse.idp.audit.AuditRecord;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** One SQL transaction in progress, and what it will tell the configuration feed if it commits. Used by one thread. */
public final class Transaction {

    private final Handle handle;
    private final List<ConfigChange> changes = new ArrayList<>();
    private final List<AuditRecord> told = new ArrayList<>();
    private boolean discarded;

    Transaction(Handle handle) {
        this.handle = handle;
    }

    /** The link to SQL. */
    public Handle handle() {
        return handle;
    }

    /** Announces {@code change} to every node when, and only if, this transaction commits. */
    public void announce(ConfigChange change) {
        changes.add(change);
    }

    /** Notes that {@code records} were written: those that are events are put on their way at the end. */
    void tell(List<AuditRecord> records) {
        told.addAll(records);
    }

    List<AuditRecord> told() {
        return told;
    }

    /** Lets the transaction run to its end and then undo everything: a dry run. */
    public void discard() {
        discarded = true;
    }

    boolean isDiscarded() {
        return discarded;
    }

    List<ConfigChange> changes() {
        return changes;
    }
}
