package gatehouse.spi;

/**
 * A store or peer this server depends on cannot answer now: retriable, and never a statement about the request.
 * The edge answers 503 in the protocol's own form.
 */
public final class Unavailable extends RuntimeException {

    public Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
