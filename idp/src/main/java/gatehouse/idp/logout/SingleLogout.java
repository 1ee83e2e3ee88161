package gatehouse.idp.logout;

import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.spi.Deadline;
import java.util.List;
import java.util.Optional;

/** Single logout, for front doors and for the protocols whose participants answer. */
public interface SingleLogout {

    /** Begins telling the participants of {@code asked} through the browser that sent {@code request}. */
    LogoutAnswer begin(LogoutAsked asked, Request request, Deadline deadline);

    /**
     * Tells those participants of {@code asked} who can be told without a browser.
     *
     * @return names of the others, and of those who did not confirm
     */
    List<String> tellServers(LogoutAsked asked, Request request, Deadline deadline);

    /** Back to the logout that the browser is on its way through, if there is one: it came here by its Back button. */
    Optional<Reply> underway(Request request, Deadline deadline);

    /**
     * How the logout ended whose {@code logout} the query of {@code request} names; empty unless it is this browser's.
     */
    Optional<LogoutResult> resume(Request request, Deadline deadline);

    /** Whom the answer to {@code handle} must be from; empty if no such answer is waited for now. */
    Optional<Farewell> awaited(String handle, Request request, Deadline deadline);

    /** Goes on after a proved answer to {@code handle}. @param complete whether it has ended all it was to end */
    Reply answered(String handle, boolean complete, Request request, Deadline deadline);
}
