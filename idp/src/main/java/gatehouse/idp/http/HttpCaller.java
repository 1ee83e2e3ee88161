package gatehouse.idp.http;

import gatehouse.spi.Deadline;
import java.net.URI;
import java.util.Map;

/**
 * Outgoing HTTP, guarded: public addresses only unless configured for development, no redirects to other hosts, bounded
 * size and time. The only way out of the server to an address that somebody else named.
 */
public interface HttpCaller {

    /** What came back. @param headers lower-case names, first values */
    record Answer(int status, Map<String, String> headers, byte[] body) {}

    /**
     * Fetches {@code uri} with GET.
     *
     * @throws OutboundRefused if the address is not allowed, the answer too large, or the peer cannot be reached in time
     */
    Answer get(URI uri, Map<String, String> headers, Deadline deadline);

    /** Posts {@code body}; as {@link #get}, and redirects are never followed. */
    Answer post(URI uri, Map<String, String> headers, byte[] body, Deadline deadline);
}
