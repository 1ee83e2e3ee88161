package gatehouse.idp.oauth.wire;

import gatehouse.idp.http.Refusal;
import java.util.Optional;

/**
 * An OAuth 2.0 error (RFC 6749 §5.2), speaking to three readers: {@code code} to the client's program,
 * {@code description} to its developer, {@code reason} to our audit trail and metrics.
 */
public final class OAuthError extends Refusal {

    private final ErrorCode code;
    private final Reason reason;
    private final Optional<String> challenge;

    private OAuthError(ErrorCode code, Reason reason, String description, Optional<String> challenge) {
        super(description);
        this.code = code;
        this.reason = reason;
        this.challenge = challenge;
    }

    /**
     * An error with its own wording; {@code description} is of the characters of RFC 6749 §5.2, and never user input.
     */
    public static OAuthError of(ErrorCode code, Reason reason, String description) {
        return new OAuthError(code, reason, description, Optional.empty());
    }

    public static OAuthError invalidRequest(Reason reason, String description) {
        return of(ErrorCode.INVALID_REQUEST, reason, description);
    }

    /** One wording for every cause: the answer must not tell a thief whether the code or token existed. */
    public static OAuthError invalidGrant(Reason reason) {
        return of(ErrorCode.INVALID_GRANT, reason, "The grant is invalid, expired or already used.");
    }

    /** One wording for every cause: the answer must not tell whether the client exists. */
    public static OAuthError invalidClient(Reason reason) {
        return of(ErrorCode.INVALID_CLIENT, reason, "Client authentication failed.");
    }

    public static OAuthError invalidScope() {
        return of(ErrorCode.INVALID_SCOPE, Reason.SCOPE_NOT_ALLOWED, "A requested scope is malformed or not allowed.");
    }

    /** This error, answered with a {@code WWW-Authenticate} challenge. */
    public OAuthError challenging(String value) {
        return new OAuthError(code, reason, description(), Optional.of(value));
    }

    public ErrorCode code() {
        return code;
    }

    /** The {@code WWW-Authenticate} value to answer with, if any. */
    public Optional<String> challenge() {
        return challenge;
    }

    /** Why, typed. */
    public Reason cause() {
        return reason;
    }

    @Override
    public String reason() {
        return reason.label();
    }

    @Override
    public Blame blame() {
        return switch (reason) {
            case NOT_SILENTLY, LOGIN_DENIED, SESSION_ENDED -> Blame.USER;
            case CLIENT_KEYS_UNREACHABLE -> Blame.CONFIGURATION;
            default -> Blame.CLIENT;
        };
    }
}
