package gatehouse.idp.login;

import gatehouse.idp.page.Page.Fixer;
import java.util.Locale;

/** Why a login is refused: for the audit trail by name, for people by code and the texts of the pages. */
public enum LoginReason {
    FLOW_EXPIRED("LOGIN-EXPIRED-01", 410, Fixer.YOU),
    FOREIGN_BROWSER("LOGIN-BROWSER-01", 403, Fixer.YOU),
    STEP_INVALID("LOGIN-STEP-01", 400, Fixer.YOU),
    UNSOLICITED("LOGIN-UNSOLICITED-01", 400, Fixer.YOU),
    ARRIVAL_SPENT("LOGIN-ARRIVAL-01", 400, Fixer.YOU),
    ARRIVAL_MISDIRECTED("LOGIN-ARRIVAL-01", 400, Fixer.YOU),
    LANDING_DECLINED("LOGIN-LANDING-01", 403, Fixer.YOU),
    CONNECTION_UNUSABLE("LOGIN-CONNECTION-01", 403, Fixer.YOUR_ADMINISTRATOR),
    CONNECTION_UNKNOWN("LOGIN-CONNECTION-01", 404, Fixer.YOUR_ADMINISTRATOR),
    CONNECTION_MISSING("LOGIN-CONNECTION-02", 403, Fixer.YOUR_ADMINISTRATOR),
    CONNECTION_REQUIRED("LOGIN-CONNECTION-03", 403, Fixer.YOU),
    ORGANIZATION_UNKNOWN("LOGIN-ORG-01", 400, Fixer.THE_APPLICATION),
    ORGANIZATION_OTHER("LOGIN-ORG-02", 403, Fixer.YOU),
    ORGANIZATION_DISABLED("LOGIN-ORG-03", 403, Fixer.YOUR_ADMINISTRATOR),
    ACCOUNT_DISABLED("LOGIN-ACCOUNT-01", 403, Fixer.YOUR_ADMINISTRATOR),
    ACCOUNT_OTHER("LOGIN-ACCOUNT-02", 403, Fixer.YOU),
    ACCOUNT_MISSING("LOGIN-ACCOUNT-03", 403, Fixer.YOUR_ADMINISTRATOR),
    ACR_INSUFFICIENT("LOGIN-ACR-01", 403, Fixer.YOUR_ADMINISTRATOR),
    EMAIL_MISSING("LOGIN-EMAIL-01", 403, Fixer.YOUR_ADMINISTRATOR),
    EMAIL_OUTSIDE("LOGIN-EMAIL-02", 403, Fixer.YOUR_ADMINISTRATOR),
    SUBJECT_UNUSABLE("LOGIN-SUBJECT-01", 403, Fixer.YOUR_ADMINISTRATOR),
    SUBJECT_KIND_CHANGED("SAML-NAMEID-01", 403, Fixer.YOUR_ADMINISTRATOR),
    SUBJECT_CHANGED("SAML-NAMEID-02", 403, Fixer.YOUR_ADMINISTRATOR),
    AUTHENTICATION_TOO_OLD("LOGIN-AGE-01", 403, Fixer.YOUR_ADMINISTRATOR),
    UPSTREAM_SESSION_OVER("LOGIN-SESSION-01", 403, Fixer.YOUR_ADMINISTRATOR),
    RELYING_PARTY_UNUSABLE("LOGIN-CLIENT-01", 403, Fixer.THE_APPLICATION);

    private final String code;
    private final int status;
    private final Fixer fixer;

    LoginReason(String code, int status, Fixer fixer) {
        this.code = code;
        this.status = status;
        this.fixer = fixer;
    }

    /** What people can quote. */
    public String code() {
        return code;
    }

    int status() {
        return status;
    }

    Fixer fixer() {
        return fixer;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
