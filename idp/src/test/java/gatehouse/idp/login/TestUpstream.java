package gatehouse.idp.login;

import gatehouse.idp.http.Request;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.Arrival;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.Connectors;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.DepartureCall;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.UserKey;
import gatehouse.idp.upstream.xray.Diagnosis;
import gatehouse.sessions.UpstreamSession;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Identity providers that say what the test tells them to. */
final class TestUpstream implements Connectors {

    enum Reason {
        ACCESS_DENIED,
        SIGNATURE_INVALID
    }

    final List<DepartureCall> departures = new ArrayList<>();
    Optional<UpstreamRefusal> refusal = Optional.empty();
    Optional<RuntimeException> fault = Optional.empty();
    Optional<UpstreamRefusal> refusalToDepart = Optional.empty();
    String subject = "sub-ada";
    Optional<String> format = Optional.empty();
    Optional<String> email = Optional.of("ada@acme-ads.example");
    Optional<Instant> authTime = Optional.empty();
    Optional<Instant> notOnOrAfter = Optional.empty();
    Optional<String> acr = Optional.empty();
    Optional<UserKey> key = Optional.empty();
    boolean asksSilently;
    Optional<String> unsolicitedTarget = Optional.empty();
    Map<String, List<String>> attributes = Map.of("dept", List.of("x"));

    @Override
    public Connector open(Connection connection) {
        return new Connector() {
            @Override
            public Departure depart(DepartureCall call, Deadline deadline) {
                refusalToDepart.ifPresent(refused -> {
                    throw refused;
                });
                departures.add(call);
                var pending = ("pending " + call.handle()).getBytes();
                var url = "https://idp.example/" + connection.id() + "?state=" + call.handle();
                return connection.type().equals("saml")
                        ? new Departure.PostForm("https://idp.example/sso", Map.of("RelayState", call.handle()),
                                pending)
                        : new Departure.Redirect(url, pending);
            }

            @Override
            public Optional<String> handleOf(Request request) {
                return request.method().equals("POST")
                        ? request.form().nonEmpty("RelayState")
                        : request.query().nonEmpty("state");
            }

            @Override
            public boolean asksSilently() {
                return asksSilently;
            }

            @Override
            public Optional<String> unsolicitedTarget(Request request) {
                return unsolicitedTarget;
            }

            @Override
            public UpstreamIdentity arrive(Arrival arrival, Deadline deadline) {
                fault.ifPresent(broken -> {
                    throw broken;
                });
                refusal.ifPresent(refused -> {
                    throw refused;
                });
                if (arrival.pending().isEmpty()) {
                    return identity(connection.id());
                }
                var handle = handleOf(arrival.request()).orElseThrow();
                if (!new String(arrival.pending().orElseThrow()).equals("pending " + handle)) {
                    throw new UpstreamRefusal(Reason.SIGNATURE_INVALID, Diagnosis.SAML_SIG_01,
                            UpstreamRefusal.Fault.HOSTILE, "not yours");
                }
                return identity(connection.id());
            }
        };
    }

    private UpstreamIdentity identity(ConnectionId connection) {
        return new UpstreamIdentity(new UpstreamSession(connection, subject, format, Optional.of("idx")), key, email, false,
                Optional.of("Ada"), Optional.of("Lovelace"), Optional.empty(), Optional.empty(),
                        attributes,
                authTime, acr, List.of("mfa"), notOnOrAfter);
    }

    DepartureCall last() {
        return departures.getLast();
    }
}
