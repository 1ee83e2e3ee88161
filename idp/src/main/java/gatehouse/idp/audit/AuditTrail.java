package gatehouse.idp.audit;

/**
 * Where the data plane records what happened: cheap, never waits, never fails the request. Written behind to SQL, told
 * to event listeners, and logged. The control plane does not use it: its records are part of its transactions.
 */
@FunctionalInterface
public interface AuditTrail {

    void record(AuditEvent event);
}
