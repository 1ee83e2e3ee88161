package gatehouse.idp.boot;

/** A start that must not go on, and what the operator can do about it. */
public final class StartRefused extends RuntimeException {

    public StartRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
