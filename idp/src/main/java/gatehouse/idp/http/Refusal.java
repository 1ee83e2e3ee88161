package gatehouse.idp.http;

import java.util.Optional;

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

    /** Whose doing it is, for objectives and the error budget. */
    public Blame blame() {
        return Blame.CLIENT;
    }

    /** Whose doing a refusal is. */
    public enum Blame {
        /** The person: a wrong password, a cancelled consent. */
        USER,
        /** The application or caller: a malformed or forbidden request. */
        CLIENT,
        /** A customer's settings, here or at their identity provider. */
        CONFIGURATION,
        /** A customer's identity provider. */
        UPSTREAM
    }

    /** What was held against each other and did not fit, for the administrator; never sent to whoever was refused. */
    public Optional<Compared> compared() {
        return Optional.empty();
    }

    /** What the other side may read. */
    public String description() {
        return getMessage();
    }
}
