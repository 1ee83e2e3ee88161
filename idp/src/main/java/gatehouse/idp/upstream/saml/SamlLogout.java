package gatehouse.idp.upstream.saml;

import gatehouse.idp.http.Request;
import gatehouse.idp.samlwire.LogoutRequest;
import gatehouse.idp.samlwire.LogoutServices;
import gatehouse.idp.samlwire.LogoutWire;
import gatehouse.idp.samlwire.ReceivedLogout;
import gatehouse.idp.samlwire.SamlError;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.LogoutArrival;
import gatehouse.idp.upstream.LogoutPaths;
import gatehouse.idp.upstream.UpstreamLogout;
import gatehouse.idp.upstream.saml.SamlConnector.Tools;
import gatehouse.sessions.UpstreamReference;
import gatehouse.sessions.UpstreamSession;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import gatehouse.spi.Issuer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Single logout with one organization's SAML identity provider (saml-profiles §4.4). Whatever it says is signed by a
 * key of the connection, or is not heard; it speaks of sessions of this connection and of no other.
 */
final class SamlLogout implements UpstreamLogout {

    private static final Duration REQUEST_LIFETIME = Duration.ofMinutes(5);
    /** Metadata that has been fetched before is here at once. */
    private static final Duration AT_HAND = Duration.ofMillis(100);
    private static final String VERSION = "1";

    private final Issuer issuer;
    private final ConnectionId connection;
    private final IdpSource idps;
    private final Tools tools;
    private final Us us;
    private final String here;

    /** Who we are, and whether a logout begun here goes on there. */
    record Us(SpAddresses addresses, boolean goesOn) {

        String entityId() {
            return addresses.entityId();
        }
    }

    SamlLogout(Issuer issuer, ConnectionId connection, IdpSource idps, Tools tools, Us us) {
        this.issuer = issuer;
        this.connection = connection;
        this.idps = idps;
        this.tools = tools;
        this.us = us;
        this.here = LogoutPaths.arrival(issuer, connection);
    }

    private LogoutWire wire() {
        return tools.wire().logout();
    }

    @Override
    public boolean takes(UpstreamSession came, Deadline deadline) {
        try {
            return us.goesOn() && came.name().isPresent()
                    && idps.current(deadline.within(AT_HAND)).logout().hasFrontChannel();
        } catch (DeadlineExceeded notAtHand) {
            deadline.requireTime();
            return true;
        } catch (SamlError unavailable) {
            return false;
        }
    }

    @Override
    public Optional<Departure> depart(UpstreamSession came, String handle, Deadline deadline) {
        try {
            var services = idps.current(deadline).logout();
            return came.name().filter(_ -> services.hasFrontChannel())
                    .map(name -> departure(came, name, '_' + handle, services));
        } catch (SamlError unavailable) {
            throw SamlConnector.refusal(unavailable);
        }
    }

    private Departure departure(
            UpstreamSession came, UpstreamSession.Name name, String requestId, LogoutServices services) {
        boolean post = services.redirect().isEmpty();
        var destination = (post ? services.post() : services.redirect()).map(URI::toString);
        var now = wire().now();
        var request = new LogoutRequest(requestId, us.entityId(), now, destination,
                Optional.of(now.plus(REQUEST_LIFETIME)),
                new LogoutRequest.Name(name.value(), came.format(), name.qualifier(), name.spQualifier()),
                came.index().map(List::of).orElse(List.of()));
        return departure(wire().send(request, post, Optional.empty(), sender()), new byte[0]);
    }

    private static Departure departure(LogoutWire.Sent sent, byte[] pending) {
        return sent.fields().isEmpty()
                ? new Departure.Redirect(sent.location(), pending)
                : new Departure.PostForm(sent.location(), sent.fields(), pending);
    }

    private LogoutWire.Sender sender() {
        var credential = tools.keys().signing(issuer.name());
        return new LogoutWire.Sender(credential.key(), credential.certificate());
    }

    @Override
    public LogoutArrival arrive(Request request, Deadline deadline) {
        try {
            var received = wire().read(request);
            var idp = idps.current(deadline);
            require(received.claimedIssuer().equals(idp.entityId()), SamlReason.ISSUER_MISMATCH);
            return received.isRequest() ? asked(received, idp, deadline) : answered(received, idp, deadline);
        } catch (SamlError refused) {
            throw SamlConnector.refusal(refused);
        }
    }

    private LogoutArrival asked(ReceivedLogout received, TrustedIdp idp, Deadline deadline) {
        var request = proved(idp, deadline, known -> received.request(known.keys()));
        require(request.issuer().equals(idp.entityId()), SamlReason.ISSUER_MISMATCH);
        wire().requireCurrent(request, here, true);
        // Last, so that only a request which would be obeyed is spent.
        require(tools.replays().firstUse("saml-logout", connection + " " + request.id(),
                wire().usableUntil(request), deadline), SamlReason.REPLAYED);
        var name = Optional.of(request.name().value());
        var sessions = request.sessionIndexes().isEmpty()
                ? List.of(new UpstreamReference(issuer.name(), connection, name, Optional.empty()))
                : request.sessionIndexes().stream()
                        .map(index -> new UpstreamReference(issuer.name(), connection, name, Optional.of(index)))
                        .toList();
        return new LogoutArrival.Asked(sessions, String.join("\n", VERSION, request.id(),
                received.relayState().orElse("")).getBytes(StandardCharsets.UTF_8));
    }

    private LogoutArrival answered(ReceivedLogout received, TrustedIdp idp, Deadline deadline) {
        var response = proved(idp, deadline, known -> received.response(known.keys()));
        require(response.issuer().equals(idp.entityId()), SamlReason.ISSUER_MISMATCH);
        var asked = response.inResponseTo().filter(id -> id.startsWith("_"))
                .orElseThrow(() -> new SamlError(SamlReason.IN_RESPONSE_TO_MISMATCH));
        wire().requireAnswer(response, here, asked, true);
        return new LogoutArrival.Answered(asked.substring(1), response.isComplete());
    }

    /** As with responses: a key that is not known may be one that the provider has published since. */
    private <T> T proved(TrustedIdp idp, Deadline deadline, Function<TrustedIdp, T> proof) {
        try {
            return proof.apply(idp);
        } catch (SamlError refused) {
            if (refused.why() != SamlReason.SIGNATURE_INVALID) {
                throw refused;
            }
            var renewed = idps.afterUnknownKey(idp, deadline);
            if (renewed == idp || !renewed.entityId().equals(idp.entityId())) {
                throw refused;
            }
            return proof.apply(renewed);
        }
    }

    @Override
    public Departure answer(byte[] pending, boolean complete, Deadline deadline) {
        var parts = new String(pending, StandardCharsets.UTF_8).split("\n", 3);
        if (parts.length != 3 || !parts[0].equals(VERSION)) {
            throw SamlConnector.refusal(new SamlError(SamlReason.UNSOLICITED)); // kept by another version of this server
        }
        try {
            var services = idps.current(deadline).logout();
            boolean post = services.redirect().isEmpty();
            var destination = services.response().or(() -> post ? services.post() : services.redirect());
            require(destination.isPresent(), SamlReason.BINDING_UNSUPPORTED);
            var response = wire().answer(tools.wire().newId(), us.entityId(), destination, parts[1], complete);
            var relayState = Optional.of(parts[2]).filter(text -> !text.isEmpty());
            return departure(wire().send(response, post, relayState, sender()), new byte[0]);
        } catch (SamlError unavailable) {
            throw SamlConnector.refusal(unavailable);
        }
    }

    private static void require(boolean holds, SamlReason otherwise) {
        if (!holds) {
            throw new SamlError(otherwise);
        }
    }
}
