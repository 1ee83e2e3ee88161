package gatehouse.sessions.secret;

import gatehouse.sessions.SessionId;
import java.util.Optional;

/**
 * The value of a session cookie: {@code v1.<sid>.<secret>}. The sid names the session, the secret opens it.
 *
 * @param session the session it names
 * @param secret  43 base64url characters of 32 random bytes
 */
public record CookieValue(SessionId session, String secret) {

    private static final String VERSION = "v1.";
    private static final int SESSION_END = VERSION.length() + 24;
    private static final int SECRET_BYTES = 32;
    private static final int SECRET_LENGTH = 43;

    /** A fresh value for {@code session}. */
    public static CookieValue fresh(SessionId session, Randomness random) {
        return new CookieValue(session, Text.base64Url(random.bytes(SECRET_BYTES)));
    }

    /** Reads what a browser sent; empty unless it has exactly this form. */
    public static Optional<CookieValue> parse(String text) {
        if (text.length() != SESSION_END + 1 + SECRET_LENGTH
                || !text.startsWith(VERSION)
                || text.charAt(SESSION_END) != '.'
                || !Text.isBase64Url(text, SESSION_END + 1, SECRET_LENGTH)) {
            return Optional.empty();
        }
        var session = text.substring(VERSION.length(), SESSION_END);
        if (!SessionId.isWellFormed(session)) {
            return Optional.empty();
        }
        return Optional.of(new CookieValue(new SessionId(session), text.substring(SESSION_END + 1)));
    }

    /** What is stored of the secret. */
    public byte[] hash() {
        return TokenHash.shortOf(secret);
    }

    /** The value as the browser keeps it. */
    public String text() {
        return VERSION + session.value() + '.' + secret;
    }

    @Override
    public String toString() {
        return "CookieValue[" + session + ", •••]";
    }
}
