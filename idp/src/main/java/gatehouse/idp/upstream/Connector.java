package gatehouse.idp.upstream;

import gatehouse.idp.http.Request;
import gatehouse.spi.Deadline;
import java.util.Optional;

/** One open connection to an organization's identity provider. Immutable and shared by all threads. */
public interface Connector {

    /** Prepares leaving for the identity provider. */
    Departure depart(DepartureCall call, Deadline deadline);

    /**
     * The handle that {@link DepartureCall#handle()} sent along and that this answer brings back (OIDC {@code state},
     * SAML {@code RelayState}); empty if it brings none. Reads, and trusts nothing.
     */
    Optional<String> handleOf(Request request);

    /** Whether the provider may be asked for somebody without asking them anything ({@link DepartureCall#passive()}). */
    default boolean asksSilently() {
        return false;
    }

    /**
     * Where a sign-in leads that was begun at the provider, so that {@code request} answers nothing that was asked here:
     * one of the addresses that the connection's settings allow; empty if the connection takes no such answer. Reads,
     * and trusts nothing but the settings.
     *
     * @throws UpstreamRefusal if the provider names an address that the settings do not
     */
    default Optional<String> unsolicitedTarget(Request request) {
        return Optional.empty();
    }

    /**
     * Judges what came back.
     *
     * @throws UpstreamRefusal if it is not a valid answer to exactly that departure, or the provider says no
     */
    UpstreamIdentity arrive(Arrival arrival, Deadline deadline);

    /** How sessions are ended together with the identity provider; empty where its protocol or settings have no word. */
    default Optional<UpstreamLogout> logout() {
        return Optional.empty();
    }

    /** How the identity provider says that sessions are over; empty where its protocol has no such word. */
    default Optional<LogoutNotices> notices() {
        return Optional.empty();
    }
}
