package gatehouse.idp.upstream;

import gatehouse.idp.http.Request;
import java.util.Optional;

/**
 * What came back from an identity provider.
 *
 * @param request the request, raw
 * @param pending what the departure left; empty if nobody departed (IdP-initiated)
 */
public record Arrival(Request request, Optional<byte[]> pending) {}
