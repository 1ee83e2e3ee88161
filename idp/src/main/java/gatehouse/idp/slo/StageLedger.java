package gatehouse.idp.slo;

/**
 * What one request spent on each stage, in nanoseconds; stages inside a stage are charged to the inner one only. Written
 * by the request's thread.
 */
public final class StageLedger {

    /** The ledger of the request whose thread this is. */
    public static final ScopedValue<StageLedger> CURRENT = ScopedValue.newInstance();

    private final String traceId;
    private final long[] spentNanos = new long[Stage.values().length];
    private long innerNanos;

    public StageLedger(String traceId) {
        this.traceId = traceId;
    }

    /** The trace id of the request, for log lines. */
    public String traceId() {
        return traceId;
    }

    /** What {@code stage} has cost so far. */
    public long spentNanos(Stage stage) {
        return spentNanos[stage.ordinal()];
    }

    /** Begins a stage: answers what {@link #leave} must be given back. */
    long enter() {
        var outer = innerNanos;
        innerNanos = 0;
        return outer;
    }

    /** Ends a stage that took {@code elapsedNanos} in all. */
    void leave(Stage stage, long elapsedNanos, long outer) {
        spentNanos[stage.ordinal()] += Math.max(0, elapsedNanos - innerNanos);
        innerNanos = outer + elapsedNanos;
    }
}
