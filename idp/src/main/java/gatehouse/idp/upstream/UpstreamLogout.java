package gatehouse.idp.upstream;

import gatehouse.idp.http.Request;
import gatehouse.sessions.UpstreamSession;
import gatehouse.spi.Deadline;
import java.util.Optional;

/**
 * The part of a connector that ends sessions together with the identity provider, both ways, through the browser. Its
 * messages arrive at {@link LogoutPaths#arrival}.
 */
public interface UpstreamLogout {

    /**
     * Whether the provider can be told of the end of {@code came}. A provider that cannot be asked at once counts as
     * one that can: {@link #depart} finds out.
     */
    boolean takes(UpstreamSession came, Deadline deadline);

    /**
     * Prepares leaving for the identity provider so that it ends {@code came}; empty if the provider takes no logout,
     * or cannot be told which session is meant.
     *
     * @param handle unguessable, single-use; {@link LogoutArrival.Answered} brings it back. 34 hexadecimal characters
     */
    Optional<Departure> depart(UpstreamSession came, String handle, Deadline deadline);

    /**
     * Judges what the browser brought.
     *
     * @throws UpstreamRefusal if it is no valid message of exactly this provider
     */
    LogoutArrival arrive(Request request, Deadline deadline);

    /**
     * Prepares the way back to the identity provider whose request has been done.
     *
     * @param pending  of that {@link LogoutArrival.Asked}
     * @param complete whether everybody was told who had to be
     */
    Departure answer(byte[] pending, boolean complete, Deadline deadline);
}
