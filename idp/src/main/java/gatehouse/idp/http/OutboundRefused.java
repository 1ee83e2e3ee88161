package gatehouse.idp.http;

import java.util.Locale;

/** An outgoing request that was not allowed or came to nothing. */
public final class OutboundRefused extends Refusal {

    /** Why. */
    public enum Reason {
        SCHEME_NOT_ALLOWED,
        ADDRESS_NOT_ALLOWED,
        UNRESOLVED,
        UNREACHABLE,
        TIMED_OUT,
        TOO_LARGE,
        TOO_MANY_REDIRECTS,
        MALFORMED
    }

    private final Reason reason;

    public OutboundRefused(Reason reason, String description) {
        super(description);
        this.reason = reason;
    }

    /** Why, typed. */
    public Reason cause() {
        return reason;
    }

    @Override
    public String reason() {
        return "outbound_" + reason.name().toLowerCase(Locale.ROOT);
    }
}
