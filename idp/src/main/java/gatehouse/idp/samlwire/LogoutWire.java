package gatehouse.idp.samlwire;

import gatehouse.idp.http.Request;
import java.net.URI;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** Reads and writes messages of single logout, always signed (saml-profiles §4.4.3). Shared by all threads. */
public final class LogoutWire {

    /** A request is carried over at once; one that lay about longer is not the logout it was made for. */
    public static final Duration AGE_MAX = Duration.ofMinutes(10);
    /** By how much the other party's clock may differ. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(3);

    private final XmlReader reader;
    private final RedirectBinding redirectBinding;
    private final XmlSigner signer;
    private final InstantSource time;

    LogoutWire(XmlReader reader, RedirectBinding redirectBinding, XmlSigner signer, InstantSource time) {
        this.reader = reader;
        this.redirectBinding = redirectBinding;
        this.signer = signer;
        this.time = time;
    }

    /** A message on its way through the browser. @param fields of a form that posts itself; empty: a redirect */
    public record Sent(String location, Map<String, String> fields) {}

    /** Who signs. */
    public record Sender(PrivateKey key, X509Certificate certificate) {}

    /** What a browser brought. */
    public ReceivedLogout read(Request http) {
        return ReceivedLogout.read(http, redirectBinding, reader);
    }

    /** What another server sent in a SOAP envelope. */
    public ReceivedLogout readSoap(byte[] envelope) {
        return ReceivedLogout.readSoap(envelope, reader);
    }

    /** When a message that is made now is made: whole milliseconds, more some readers do not know. */
    public Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Whether a proved request is for us, here and now.
     *
     * @param here      where it was taken
     * @param addressed whether it must say so: it must where a browser carried it (saml-bindings §3.4.5.2, §3.5.5.2)
     * @throws SamlError DESTINATION_MISMATCH, NOT_YET_VALID or EXPIRED
     */
    public void requireCurrent(LogoutRequest request, String here, boolean addressed) {
        requireDestination(request.destination(), here, addressed);
        var now = time.instant();
        if (request.issueInstant().isAfter(now.plus(CLOCK_SKEW))) {
            throw new SamlError(SamlReason.NOT_YET_VALID);
        }
        if (!usableUntil(request).isAfter(now)) {
            throw new SamlError(SamlReason.EXPIRED);
        }
    }

    /** Until when {@link #requireCurrent} could accept {@code request}: so long it must be remembered as used. */
    public Instant usableUntil(LogoutRequest request) {
        var aged = request.issueInstant().plus(AGE_MAX);
        return request.notOnOrAfter().filter(end -> end.isBefore(aged)).orElse(aged).plus(CLOCK_SKEW);
    }

    /** Whether a proved response is for us. @throws SamlError DESTINATION_MISMATCH or IN_RESPONSE_TO_MISMATCH */
    public void requireAnswer(LogoutResponse response, String here, String requestId, boolean addressed) {
        requireDestination(response.destination(), here, addressed);
        if (!response.inResponseTo().equals(Optional.of(requestId))) {
            throw new SamlError(SamlReason.IN_RESPONSE_TO_MISMATCH);
        }
    }

    private static void requireDestination(Optional<String> destination, String here, boolean addressed) {
        if (!destination.map(here::equals).orElse(!addressed)) {
            throw new SamlError(SamlReason.DESTINATION_MISMATCH);
        }
    }

    /** {@code request} for the browser to take to its destination. @param post by POST; otherwise by Redirect */
    public Sent send(LogoutRequest request, boolean post, Optional<String> relayState, Sender sender) {
        return send("SAMLRequest", LogoutXml.write(request), request.destination().orElseThrow(), post, relayState,
                sender);
    }

    /** {@code response} for the browser to take to its destination. @param post by POST; otherwise by Redirect */
    public Sent send(LogoutResponse response, boolean post, Optional<String> relayState, Sender sender) {
        return send("SAMLResponse", LogoutXml.write(response), response.destination().orElseThrow(), post, relayState,
                sender);
    }

    private Sent send(String name, CanonicalXml xml, String location, boolean post, Optional<String> relayState,
            Sender sender) {
        return post
                ? new Sent(location, PostBinding.fields(
                        name, signer.sign(xml, sender.key(), sender.certificate()), relayState))
                : new Sent(
                        redirectBinding.encodeSigned(location, name, xml.text(), relayState, sender.key()), Map.of());
    }

    /** {@code request} in a SOAP envelope, signed. */
    public byte[] envelope(LogoutRequest request, Sender sender) {
        return ReceivedLogout.envelope(signer.sign(LogoutXml.write(request), sender.key(), sender.certificate()));
    }

    /** {@code response} in a SOAP envelope, signed. */
    public byte[] envelope(LogoutResponse response, Sender sender) {
        return ReceivedLogout.envelope(signer.sign(LogoutXml.write(response), sender.key(), sender.certificate()));
    }

    /** The answer to {@code requestId}. @param complete whether everybody was told who had to be */
    public LogoutResponse answer(String id, String issuer, Optional<URI> destination, String requestId,
            boolean complete) {
        return new LogoutResponse(id, issuer, now(), destination.map(URI::toString), Optional.of(requestId),
                StatusCode.SUCCESS.urn(),
                complete ? Optional.empty() : Optional.of(StatusCode.PARTIAL_LOGOUT.urn()));
    }
}
