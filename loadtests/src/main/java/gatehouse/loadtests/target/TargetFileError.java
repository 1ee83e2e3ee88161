package gatehouse.loadtests.target;

/** A properties file that cannot be driven; the message names the key and is fit to be shown. */
public final class TargetFileError extends RuntimeException {

    public TargetFileError(String message) {
        super(message, null, false, false);
    }
}
