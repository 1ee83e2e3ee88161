package gatehouse.idp.upstream.oidc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.Headers;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.Request;
import gatehouse.idp.keys.FakeTime;
import gatehouse.idp.keys.IssuerKeys;
import gatehouse.idp.keys.MemoryKeyStore;
import gatehouse.idp.keys.TestKeys;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.TestConnections;
import gatehouse.idp.upstream.Arrival;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.DepartureCall;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.sessions.Stores;
import gatehouse.sessions.memory.MemoryStores;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import gatehouse.spi.OrganizationId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;

/** One connection to a {@link FakeOpenIdProvider}, and the way there and back. */
final class OidcJourney {

    static final Issuer US = new Issuer("main", "https://sso.example");
    static final IssuerKeys KEYS = TestKeys.node(new MemoryKeyStore(), new FakeTime(TestKeys.START));
    private static final Headers FORM = new Headers() {
        @Override
        public Optional<String> first(String name) {
            return name.toLowerCase(Locale.ROOT).equals("content-type")
                    ? Optional.of("application/x-www-form-urlencoded")
                    : Optional.empty();
        }

        @Override
        public List<String> all(String name) {
            return first(name).stream().toList();
        }
    };

    final FakeTime time = new FakeTime(TestKeys.START);
    final Stores stores = MemoryStores.create(time);
    final OidcConnectorType.Memory memory = new OidcConnectorType.Memory(
            stores.flows(), stores.replays(), new NothingAccepted());
    final FakeOpenIdProvider provider;
    Duration patience = Duration.ofSeconds(10);
    final ObjectNode settings;
    private final HttpCaller http;
    private Optional<Connector> connector = Optional.empty();

    OidcJourney() {
        this.provider = new FakeOpenIdProvider(time);
        this.http = provider;
        this.settings = settings();
    }

    /** To the same provider, at {@code issuer} over {@code http}. */
    OidcJourney(String issuer, HttpCaller http) {
        this.provider = new FakeOpenIdProvider(time, issuer);
        this.http = http;
        this.settings = settings();
    }

    private ObjectNode settings() {
        return JsonNodeFactory.instance.objectNode()
                .put("issuer", provider.issuer)
                .put("client_id", FakeOpenIdProvider.CLIENT)
                .put("client_secret", "s3:cret&%");
    }

    static DepartureCall call() {
        return new DepartureCall(
                "handle-22-characters__", Optional.empty(), false, false, Optional.empty(), List.of(), List.of());
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(10));
    }

    /** Background fetches run at once, on the caller's thread, so that what a test sees does not depend on timing. */
    Connector connector() {
        if (connector.isEmpty()) {
            connector = Optional.of(
                    new OidcConnectorType(http, KEYS, memory, time, Runnable::run).open(connection("acme-oidc"), US));
        }
        return connector.get();
    }

    Connection connection(String id) {
        return TestConnections.connection(id, "acme-ads", "oidc", settings);
    }

    Departure.Redirect depart(DepartureCall call) {
        return (Departure.Redirect) connector().depart(call, Deadline.after(patience));
    }

    UpstreamIdentity arrive(String query, Departure departure) {
        return connector().arrive(new Arrival(get(query), Optional.of(departure.pending())),
                Deadline.after(patience));
    }

    /** There and back. */
    UpstreamIdentity signIn(DepartureCall call) {
        var departure = depart(call);
        return arrive(provider.authorize(departure.url()), departure);
    }

    UpstreamIdentity signIn() {
        return signIn(call());
    }

    /** Why signing in is refused. */
    String refusal() {
        return refusal(() -> signIn());
    }

    static String refusal(Runnable work) {
        return Assertions.catchThrowableOfType(UpstreamRefusal.class, work::run).reason();
    }

    static Request get(String query) {
        return request("GET", query, "");
    }

    static Request post(String body) {
        return request("POST", "", body);
    }

    private static Request request(String method, String query, String body) {
        return new Request(new Request.Parts(
                method, US, "/login/arrive/acme-oidc", Map.of("connection", "acme-oidc"), query, FORM,
                body.getBytes(StandardCharsets.UTF_8), "192.0.2.1", "trace"));
    }

    static gatehouse.idp.http.Form query(Departure.Redirect departure) {
        return gatehouse.idp.http.Form.parse(URI.create(departure.url()).getRawQuery());
    }
}
