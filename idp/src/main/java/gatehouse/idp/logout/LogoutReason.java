package gatehouse.idp.logout;

import gatehouse.idp.page.Page.Fixer;

/** Why a logout cannot go on: the closed list. */
public enum LogoutReason {
    /** The flow has ended, is another browser's, or never was. */
    LOGOUT_UNKNOWN("LOGOUT-FLOW-01", 410, Fixer.YOU),
    /** An answer that nobody waits for, or no longer. */
    ANSWER_UNEXPECTED("LOGOUT-FLOW-02", 400, Fixer.YOU),
    /** There is no such connection, or it has no single logout. */
    CONNECTION_UNKNOWN("LOGOUT-UPSTREAM-01", 404, Fixer.YOUR_ADMINISTRATOR),
    /** The identity provider's message is not accepted. */
    MESSAGE_REFUSED("LOGOUT-UPSTREAM-02", 400, Fixer.YOUR_ADMINISTRATOR);

    private final String code;
    private final int status;
    private final Fixer fixer;

    LogoutReason(String code, int status, Fixer fixer) {
        this.code = code;
        this.status = status;
        this.fixer = fixer;
    }

    String code() {
        return code;
    }

    int status() {
        return status;
    }

    Fixer fixer() {
        return fixer;
    }
}
