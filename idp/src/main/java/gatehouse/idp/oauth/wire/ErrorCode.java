package gatehouse.idp.oauth.wire;

import java.util.Locale;

/** Error codes of OAuth 2.0 and OpenID Connect, with the status of a direct answer. */
public enum ErrorCode {
    INVALID_REQUEST(400),
    INVALID_CLIENT(401),
    INVALID_GRANT(400),
    UNAUTHORIZED_CLIENT(400),
    UNSUPPORTED_GRANT_TYPE(400),
    INVALID_SCOPE(400),
    INVALID_TOKEN(401),
    INSUFFICIENT_SCOPE(403),
    ACCESS_DENIED(403),
    UNSUPPORTED_RESPONSE_TYPE(400),
    REQUEST_NOT_SUPPORTED(400),
    REQUEST_URI_NOT_SUPPORTED(400),
    REGISTRATION_NOT_SUPPORTED(400),
    LOGIN_REQUIRED(400),
    INTERACTION_REQUIRED(400),
    CONSENT_REQUIRED(400),
    ACCOUNT_SELECTION_REQUIRED(400),
    TEMPORARILY_UNAVAILABLE(503),
    SERVER_ERROR(500);

    private final int status;
    private final String wire = name().toLowerCase(Locale.ROOT);

    ErrorCode(int status) {
        this.status = status;
    }

    /** The HTTP status of a direct answer. */
    public int status() {
        return status;
    }

    /** How it is spelled in an answer. */
    public String wire() {
        return wire;
    }
}
