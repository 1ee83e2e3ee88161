package gatehouse.idp.upstream;

import gatehouse.idp.http.Request;
import gatehouse.sessions.UpstreamReference;
import gatehouse.spi.Deadline;
import java.util.List;

/**
 * The part of a connector that takes an identity provider's word that sessions are over, and has nothing to say back:
 * from server to server, or by a page that the provider loads in a frame.
 */
public interface LogoutNotices {

    /**
     * What a frame loaded.
     *
     * @param sessions which are over; all of its own connection
     * @param framers  origins that may show the answer in a frame
     */
    record Framed(UpstreamReference sessions, List<String> framers) {
        public Framed {
            framers = List.copyOf(framers);
        }
    }

    /**
     * Judges what the provider's server sent.
     *
     * @throws UpstreamRefusal if it is no valid notice of exactly this provider, or came before
     */
    UpstreamReference posted(Request request, Deadline deadline);

    /**
     * Judges what a frame loaded. Nothing proves that the provider sent it: it names a session that nobody else knows.
     *
     * @throws UpstreamRefusal if it is not taken, or names no session of this provider
     */
    Framed framed(Request request, Deadline deadline);
}
