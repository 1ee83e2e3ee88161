package gatehouse.idp.logout;

import gatehouse.idp.http.Request;
import gatehouse.idp.upstream.Departure;
import gatehouse.sessions.Session;
import gatehouse.spi.Deadline;
import java.util.List;
import java.util.Optional;

/** One kind of participants of sessions, and how they are told that a session is over. */
public interface Farewells {

    /** Its name. */
    String kind();

    /** Those of this kind who know {@code session}, which has ended. */
    List<Farewell> of(Session session, Deadline deadline);

    /** Tells a participant from server to server. @return whether it has ended all it was to end */
    boolean tell(Farewell farewell, Request request, Deadline deadline);

    /**
     * Prepares the browser's visit to a participant; empty if there is nobody left to tell.
     *
     * @param handle comes back with the answer: {@link SingleLogout#awaited}
     */
    Optional<Departure> visit(Farewell farewell, String handle, Request request, Deadline deadline);
}
