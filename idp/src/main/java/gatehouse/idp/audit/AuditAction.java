package gatehouse.idp.audit;

import java.util.Locale;

/** What can be audited. The wire name is the lower-case name with a dot for the first underscore. */
public enum AuditAction {
    LOGIN_SUCCEEDED,
    LOGIN_REFUSED,
    LOGOUT_FINISHED,
    LOGOUT_REFUSED,
    SESSION_ENDED,
    TOKEN_ISSUED,
    TOKEN_REFRESHED,
    TOKEN_REFUSED,
    TOKEN_REVOKED,
    CODE_REPLAYED,
    REFRESH_REPLAYED,
    CLIENT_REFUSED,
    KEY_ROTATED,
    USER_PROVISIONED,
    USER_LINKED,
    USER_REKEYED,
    ADMIN_CREATED,
    ADMIN_CHANGED,
    ADMIN_DELETED,
    ADMIN_REFUSED,
    /** Published metadata was taken over, or a change of it that needs nobody's approval. */
    METADATA_APPLIED,
    /** Published metadata would lower trust: it waits for an administrator. */
    METADATA_HELD,
    METADATA_APPROVED,
    METADATA_REJECTED,
    /** Published metadata could not be fetched or used, several times in a row. */
    METADATA_FAILED,
    CERTIFICATE_EXPIRING,
    CERTIFICATE_EXPIRED,
    WEBHOOK_DISABLED,
    CONNECTION_STATE_CHANGED,
    DOMAIN_VERIFIED,
    DOMAIN_FAILING,
    DOMAIN_FELL,
    ENFORCEMENT_ROLLED_BACK,
    /** Somebody may break the glass from now on, with a code made for it. */
    BREAKGLASS_NAMED,
    /** The code was typed back: whoever keeps it has it. */
    BREAKGLASS_CONFIRMED,
    BREAKGLASS_ACTIVATED,
    BREAKGLASS_USED;

    /** As it is written in logs and answers: {@code login.succeeded}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
    }
}
