package gatehouse.idp.upstream;

import gatehouse.sessions.UpstreamReference;
import java.util.List;

/** What an identity provider says about the end of sessions, proved. */
public sealed interface LogoutArrival {

    /**
     * It wants sessions ended.
     *
     * @param sessions which, all of its own connection; nothing else may be ended for it
     * @param pending  what {@link UpstreamLogout#answer} needs. Opaque, kept sealed, used once
     */
    record Asked(List<UpstreamReference> sessions, byte[] pending) implements LogoutArrival {
        public Asked {
            sessions = List.copyOf(sessions);
        }
    }

    /** It has done what we asked for. @param handle of the departure it answers @param complete whether all of it */
    record Answered(String handle, boolean complete) implements LogoutArrival {}
}
