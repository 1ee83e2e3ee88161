package gatehouse.spi;

/** A wait that outlived its {@link Deadline}. What was waited for may still have happened. */
public final class DeadlineExceeded extends RuntimeException {

    public DeadlineExceeded(String message) {
        super(message, null, false, false);
    }
}
