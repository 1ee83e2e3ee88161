package gatehouse.idp.portal;

import gatehouse.idp.http.Refusal;
import java.util.Locale;

/** A request to the portal that is not served; the screen {@link Screen.Problem} words it. */
final class PortalRefusal extends Refusal {

    /** Why. The texts are the messages {@code refusal.<name>.title}, {@code .text} and {@code .fix}. */
    enum Reason {
        /** No setup link was exchanged in this browser, or it is a day ago. */
        NO_SESSION(401),
        /** The session's link is not for this. */
        OTHER_INTENT(403),
        /** There is no such thing in this organization. */
        NOT_FOUND(404),
        /** A form that this portal did not make, or made for another session. */
        FORM_FOREIGN(403),
        /** Something else was changed meanwhile. */
        CHANGED_MEANWHILE(409),
        /** Not in this state of the connection. */
        NOT_NOW(409),
        LINK_UNKNOWN(404),
        /** Too much or malformed. */
        INPUT_UNUSABLE(400);

        private final int status;

        Reason(int status) {
            this.status = status;
        }
    }

    private final Reason reason;

    PortalRefusal(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    static PortalRefusal notFound() {
        return new PortalRefusal(Reason.NOT_FOUND);
    }

    /** The HTTP status that says so. */
    int status() {
        return reason.status;
    }

    /** The name that message keys use. */
    String word() {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String reason() {
        return "portal_" + word();
    }
}
