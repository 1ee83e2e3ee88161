package gatehouse.idp.http;

import java.util.Locale;

/** A request that is malformed or over a limit as HTTP, before any protocol looked at it. */
public final class BadRequest extends Refusal {

    /** What is wrong with it, and the status that says so. */
    public enum Reason {
        MALFORMED_PARAMETERS(400),
        TOO_MANY_PARAMETERS(400),
        UNSUPPORTED_MEDIA_TYPE(415),
        BODY_TOO_LARGE(413),
        NOT_FOUND(404),
        METHOD_NOT_ALLOWED(405),
        /** Not HTTP. */
        MALFORMED_REQUEST(400),
        ADDRESS_TOO_LONG(414),
        HEADERS_TOO_LARGE(431);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        /** The HTTP status that says so. */
        public int status() {
            return status;
        }
    }

    private final Reason reason;

    public BadRequest(Reason reason, String description) {
        super(description);
        this.reason = reason;
    }

    /** The HTTP status that says so. */
    public int status() {
        return reason.status();
    }

    @Override
    public String reason() {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
