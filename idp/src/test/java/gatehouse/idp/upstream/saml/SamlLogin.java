package gatehouse.idp.upstream.saml;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.Headers;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.http.Request;
import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.keys.SamlKeys;
import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.FakeSamlKeys;
import gatehouse.idp.samlwire.SamlCrypto;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.tenancy.TestConnections;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.Arrival;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.DepartureCall;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.metadata.AcceptedMetadata;
import gatehouse.sessions.ReplayCache;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import gatehouse.spi.OrganizationId;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.w3c.dom.Document;

/** One SAML connection with a fake provider at its other end, and a browser that carries messages to and fro. */
public final class SamlLogin {

    public static final String HANDLE = "AAAAAAAAAAAAAAAAAAAAAA";
    public static final Issuer ISSUER = Issuer.of("main", "https://login.example");

    public Instant now = Instant.parse("2026-11-20T12:00:00Z");
    public final InstantSource time = () -> now;
    public final SamlWire wire = new SamlWire(SamlCrypto.fastest(), time);
    public final Map<URI, byte[]> web = new ConcurrentHashMap<>();
    public int fetches;
    public SamlKeys keys = new FakeSamlKeys();
    /** Where connections with {@code metadata_url} get their metadata from. */
    public AcceptedMetadata published = new FetchedMetadata(this);

    private final Map<String, Instant> used = new ConcurrentHashMap<>();
    private final ReplayCache replays = (kind, id, until, _) -> used.putIfAbsent(kind + id, until) == null;

    /** The web as the connection sees it: what a test has put there. */
    public final HttpCaller http = new HttpCaller() {
        @Override
        public Answer get(URI uri, Map<String, String> headers, Deadline deadline) {
            fetches++;
            if (!web.containsKey(uri)) {
                throw new OutboundRefused(OutboundRefused.Reason.UNREACHABLE, "nobody answers");
            }
            return new Answer(200, Map.of(), web.get(uri));
        }

        @Override
        public Answer post(URI uri, Map<String, String> headers, byte[] body, Deadline deadline) {
            throw new OutboundRefused(OutboundRefused.Reason.UNREACHABLE, "nobody answers");
        }
    };

    /** Settings of a connection to {@link FakeSamlIdp}. */
    public static ObjectNode settings() {
        var settings = JsonNodeFactory.instance.objectNode();
        settings.put("idp_entity_id", FakeSamlIdp.ENTITY_ID).put("sso_url", "https://idp.example/sso");
        settings.putArray("idp_certificates").add(Certificates.pem(TestCredentials.IDP.certificate()));
        return settings;
    }

    public SamlConnectorType type() {
        return new SamlConnectorType(wire, keys, replays, http, time, published);
    }

    /** Goes to the provider and comes back with an assertion signed by {@code key}. */
    public static boolean signsIn(SamlLogin login, Connector connector, TestCredentials key) {
        var departure = connector.depart(call(), soon());
        var document = login.answer(departure).assertionSigned(Dsig.honest().with(key));
        return arrive(connector, departure, document).session().subject().equals(FakeSamlIdp.NAME_ID);
    }

    public Connector open(Connection connection) {
        return type().open(connection, ISSUER);
    }

    public Connector open(ObjectNode settings) {
        return open("globex", settings);
    }

    public Connector open(String id, ObjectNode settings) {
        return type().open(TestConnections.connection(id, "org-" + id, "saml", settings), ISSUER);
    }

    /** What a person is shown for {@code reason}. */
    public static String codeOf(SamlReason reason) {
        return SamlCatalogue.of(reason).code();
    }

    public static SpAddresses us(String id) {
        return SpAddresses.of(ISSUER, new ConnectionId(id));
    }

    public static DepartureCall call() {
        return new DepartureCall(HANDLE, Optional.empty(), false, false, Optional.empty(), List.of(), List.of());
    }

    public static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    public static Request post(String path, String body) {
        return new Request(new Request.Parts("POST", ISSUER, path, Map.of(), "", new Headers() {
            @Override
            public Optional<String> first(String name) {
                return all(name).stream().findFirst();
            }

            @Override
            public List<String> all(String name) {
                return name.equalsIgnoreCase("content-type") ? List.of("application/x-www-form-urlencoded") : List.of();
            }
        }, body.getBytes(StandardCharsets.UTF_8), "192.0.2.1", "trace"));
    }

    public static String form(Document response) {
        return form(FakeSamlIdp.base64(response));
    }

    public static String form(String base64) {
        return "SAMLResponse=" + URLEncoder.encode(base64, StandardCharsets.UTF_8) + "&RelayState=" + HANDLE;
    }

    /** An honest draft for connection {@code globex}, answering what {@code departure} asked. */
    public FakeSamlIdp answer(Departure departure) {
        return answer("globex", departure);
    }

    public FakeSamlIdp answer(String id, Departure departure) {
        return new FakeSamlIdp(us(id).entityId(), us(id).acs(), requestId(departure), now);
    }

    public static String requestId(Departure departure) {
        return PendingRequest.decode(departure.pending()).requestId();
    }

    public static UpstreamIdentity arrive(Connector connector, Departure departure, Document response) {
        return arrive(connector, Optional.of(departure.pending()), form(response));
    }

    public static UpstreamIdentity arrive(Connector connector, Optional<byte[]> pending, String form) {
        return connector.arrive(new Arrival(post("/login/arrive/globex", form), pending), soon());
    }

    /** Text of {@code element}'s document with {@code from} replaced, after signing. */
    public static Document tampered(Document signed, String from, String to) {
        var text = Dsig.text(signed);
        if (!text.contains(from)) {
            throw new IllegalStateException("nothing to tamper with: " + from);
        }
        return Dsig.parse(text.replace(from, to));
    }
}
