package gatehouse.idp.login.step;

import gatehouse.idp.http.Cookie;
import gatehouse.idp.http.CookieNames;
import gatehouse.idp.http.Request;
import gatehouse.sessions.OpenedSession;
import gatehouse.sessions.Session;
import gatehouse.sessions.SessionStore;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.util.Optional;

/** The cookie that opens a session, and nothing but the session. */
public final class SessionCookie {

    private static final String PURPOSE = "sid";

    private final CookieNames names;
    private final SessionStore sessions;

    public SessionCookie(CookieNames names, SessionStore sessions) {
        this.names = names;
        this.sessions = sessions;
    }

    /** The live session of the browser that sent {@code request}, at the request's issuer. */
    public Optional<Session> session(Request request, Deadline deadline) {
        return request.cookie(names.name(PURPOSE, request.issuer()))
                .flatMap(value -> sessions.find(value, deadline))
                .filter(session -> session.authentication().issuer().equals(request.issuer().name()));
    }

    /** The cookie that opens {@code opened}; it lives as long as the browser, the session's end is the store's. */
    public Cookie cookie(OpenedSession opened, Issuer issuer) {
        return names.cookie(PURPOSE, issuer, opened.cookieValue(), Optional.empty());
    }
}
