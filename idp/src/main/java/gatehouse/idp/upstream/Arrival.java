package gatehouse.idp.upstream;

import gatehouse.idp.http.Request;
import gatehouse.idp.upstream.xray.Trace;
import java.util.Optional;

/**
 * What came back from an identity provider.
 *
 * @param request the request, raw
 * @param pending what the departure left; empty if nobody departed (IdP-initiated)
 * @param trace   where the connector notes what it checks
 */
public record Arrival(Request request, Optional<byte[]> pending, Trace trace) {

    /** An arrival that nobody looks into. */
    public Arrival(Request request, Optional<byte[]> pending) {
        this(request, pending, Trace.unread());
    }
}
