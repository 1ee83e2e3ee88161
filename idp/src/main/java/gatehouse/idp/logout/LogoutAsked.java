package gatehouse.idp.logout;

import gatehouse.sessions.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A logout, as a front door asks for it: the sessions have been ended, the others are to be told.
 *
 * @param ended     what has been ended, with the participants to tell
 * @param initiator who knows already, since it asked
 * @param resume    path of the front door where the browser is led at the end, with {@code ?logout=<id>}
 * @param carried   what the front door needs then
 */
public record LogoutAsked(
        List<Session> ended, Optional<Party> initiator, String resume, Map<String, String> carried) {

    /** A participant of sessions. */
    public record Party(String kind, String id) {}

    public LogoutAsked {
        ended = List.copyOf(ended);
        carried = Map.copyOf(carried);
    }
}
