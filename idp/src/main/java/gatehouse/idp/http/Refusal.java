package gatehouse.idp.http;

/**
 * An expected "no": thrown by a room, worded by the route's {@link Voice}. Carries no stack trace.
 */
public abstract class Refusal extends RuntimeException {

    /** @param description what the other side may read; free of secrets and of anything about other parties */
    protected Refusal(String description) {
        super(description, null, false, false);
    }

    /** Why, from a closed list: for the audit trail and the metrics, never sent. Lower case with underscores. */
    public abstract String reason();

    /** What the other side may read. */
    public String description() {
        return getMessage();
    }
}
