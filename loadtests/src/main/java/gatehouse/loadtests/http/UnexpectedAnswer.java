package gatehouse.loadtests.http;

/**
 * An answer that is not what the journey must get; counted by its reason, never as throughput.
 *
 * <p>The reason is short, free of tokens and of anything that differs between two equal failures. Stackless:
 * under load there may be thousands.
 */
public final class UnexpectedAnswer extends RuntimeException {

    private static final int LONGEST = 160;

    public UnexpectedAnswer(String reason) {
        super(reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST), null, false, false);
    }
}
