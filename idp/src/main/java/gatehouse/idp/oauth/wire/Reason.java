package gatehouse.idp.oauth.wire;

import java.util.Locale;

/** Why a request was refused, more exactly than the other side may know: for the audit trail and the metrics. */
public enum Reason {
    PARAMETER_MISSING,
    PARAMETER_REPEATED,
    PARAMETER_MALFORMED,
    PARAMETER_UNSUPPORTED,
    ISSUER_DISABLED,
    CLIENT_UNKNOWN,
    CLIENT_DISABLED,
    CLIENT_METHOD_MISMATCH,
    CLIENT_METHODS_MIXED,
    CLIENT_CREDENTIALS_MISSING,
    CLIENT_CREDENTIALS_WRONG,
    CLIENT_ASSERTION_REPLAYED,
    CLIENT_KEYS_UNREACHABLE,
    CLIENT_NOT_CONFIDENTIAL,
    GRANT_UNSUPPORTED,
    GRANT_NOT_REGISTERED,
    SCOPE_NOT_ALLOWED,
    CODE_UNKNOWN,
    CODE_REPLAYED,
    CODE_OF_ANOTHER_CLIENT,
    CODE_REDIRECT_URI_MISMATCH,
    PKCE_MISSING,
    PKCE_MISMATCH,
    PKCE_DOWNGRADE,
    REFRESH_UNKNOWN,
    REFRESH_REPLAYED,
    USER_DISABLED,
    ORGANIZATION_DISABLED,
    ORGANIZATION_MISMATCH,
    CONNECTION_UNUSABLE,
    CONNECTION_REQUIRED,
    SESSION_ENDED,
    RESPONSE_TYPE_UNSUPPORTED,
    HINT_INVALID,
    HINT_MISMATCH,
    NOT_SILENTLY,
    LOGIN_DENIED,
    TOKEN_MISSING,
    TOKEN_INVALID,
    TOKEN_REVOKED;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** How the audit trail and the metrics spell it. */
    public String label() {
        return label;
    }
}
