package gatehouse.idp.audit;

import gatehouse.spi.Deadline;
import java.util.List;

/** Where audit records are kept. */
public interface AuditSink {

    /** Keeps {@code records}, all or none. */
    void write(List<AuditRecord> records, Deadline deadline);
}
