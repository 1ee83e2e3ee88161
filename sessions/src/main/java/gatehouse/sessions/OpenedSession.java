package gatehouse.sessions;

/**
 * A session and the cookie value that opens it. The value exists here and in the browser; the store keeps its hash.
 *
 * @param session     the session
 * @param cookieValue what the browser keeps; a secret
 */
public record OpenedSession(Session session, String cookieValue) {

    @Override
    public String toString() {
        return "OpenedSession[" + session.id() + ", •••]";
    }
}
