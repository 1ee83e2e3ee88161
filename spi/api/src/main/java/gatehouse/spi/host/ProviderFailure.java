package gatehouse.spi.host;

/**
 * A provider that did not do what it was called for. Holds words only: never an exception of the provider, which would
 * tie the server to the provider's class loader.
 */
public final class ProviderFailure extends RuntimeException {

    private final Kind kind;

    public ProviderFailure(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** Why the call came to nothing. */
    public Kind kind() {
        return kind;
    }

    /** Why a call came to nothing. */
    public enum Kind {
        /** The provider threw. */
        FAILED,
        /** The budget was spent; the call was interrupted and may still be running. */
        TIMED_OUT,
        /** All threads or waiting places of the provider were taken. */
        SHED,
        /** Too many recent calls failed: not called. */
        BREAKER_OPEN,
        /** The provider holds threads that it will not give back: not called until the next start. */
        QUARANTINED,
        /** The host is closed. */
        CLOSED
    }
}
