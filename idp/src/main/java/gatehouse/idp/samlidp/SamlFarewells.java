package gatehouse.idp.samlidp;

import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.client.LogoutAddresses;
import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.Request;
import gatehouse.idp.keys.SamlKeys;
import gatehouse.idp.logout.Farewell;
import gatehouse.idp.logout.Farewells;
import gatehouse.idp.samlidp.GivenNames.Given;
import gatehouse.idp.samlwire.LogoutRequest;
import gatehouse.idp.samlwire.LogoutWire;
import gatehouse.idp.samlwire.NameIdFormat;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.idp.upstream.Departure;
import gatehouse.sessions.Session;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Service providers that were told of a session, and how they hear of its end (saml-profiles §4.4). */
public final class SamlFarewells implements Farewells {

    static final String KIND = "saml";

    private static final Duration REQUEST_LIFETIME = Duration.ofMinutes(5);

    private final ClientCatalog clients;
    private final GivenNames given;
    private final SamlWire wire;
    private final SamlKeys keys;
    private final HttpCaller http;

    SamlFarewells(ClientCatalog clients, GivenNames given, SamlWire wire, SamlKeys keys, HttpCaller http) {
        this.clients = clients;
        this.given = given;
        this.wire = wire;
        this.keys = keys;
        this.http = http;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<Farewell> of(Session session, Deadline deadline) {
        var issuer = session.authentication().issuer();
        return session.participants().stream()
                .filter(participant -> participant.kind().equals(KIND))
                .flatMap(participant -> clients.serviceProvider(issuer, participant.id(), deadline).stream())
                .flatMap(sp -> given.of(sp, session.id(), deadline).map(known -> farewell(sp, known)).stream())
                .toList();
    }

    private static Farewell farewell(ServiceProvider sp, Given known) {
        var at = sp.logout();
        var channel = !sp.enabled() ? Farewell.Channel.NONE
                : at.soapUrl().isPresent() ? Farewell.Channel.BACK
                : at.hasFrontChannel() ? Farewell.Channel.FRONT : Farewell.Channel.NONE;
        return new Farewell(KIND, sp.entityId(), sp.displayName(), channel, at.hasFrontChannel(),
                Map.of("index", known.index(), "format", known.format().name(), "name", known.name()));
    }

    private Optional<ServiceProvider> serviceProvider(Farewell farewell, Request request, Deadline deadline) {
        return clients.serviceProvider(request.issuer().name(), farewell.id(), deadline)
                .filter(ServiceProvider::enabled);
    }

    @Override
    public boolean tell(Farewell farewell, Request request, Deadline deadline) {
        var sp = serviceProvider(farewell, request, deadline);
        var at = sp.map(ServiceProvider::logout).flatMap(LogoutAddresses::soapUrl);
        if (at.isEmpty()) {
            return false;
        }
        var asked = request(farewell, wire.newId(), at.get(), request.issuer());
        var answer = http.post(at.get(), Map.of("content-type", "text/xml; charset=utf-8",
                        "soapaction", "\"http://www.oasis-open.org/committees/security\""),
                wire.logout().envelope(asked, sender(request.issuer())), deadline);
        if (answer.status() != 200) {
            return false;
        }
        var received = wire.logout().readSoap(answer.body());
        // It came over a connection of our own making; only TLS says with whom.
        var response = at.get().getScheme().equals("https") && !received.carriesSignature()
                ? received.unprovedResponse() : received.response(wire.policy(sp.get().certificates()));
        return response.issuer().equals(farewell.id()) && response.inResponseTo().equals(Optional.of(asked.id()))
                && response.isComplete();
    }

    @Override
    public Optional<Departure> visit(Farewell farewell, String handle, Request request, Deadline deadline) {
        return serviceProvider(farewell, request, deadline)
                .map(ServiceProvider::logout).filter(LogoutAddresses::hasFrontChannel)
                .map(at -> {
                    boolean post = at.redirectUrl().isEmpty();
                    var to = (post ? at.postUrl() : at.redirectUrl()).orElseThrow();
                    var asked = request(farewell, '_' + handle, to, request.issuer());
                    return departure(wire.logout().send(asked, post, Optional.empty(), sender(request.issuer())));
                });
    }

    static Departure departure(LogoutWire.Sent sent) {
        return sent.fields().isEmpty()
                ? new Departure.Redirect(sent.location(), new byte[0])
                : new Departure.PostForm(sent.location(), sent.fields(), new byte[0]);
    }

    LogoutWire.Sender sender(Issuer issuer) {
        var credential = keys.signing(issuer.name());
        return new LogoutWire.Sender(credential.key(), credential.certificate());
    }

    private LogoutRequest request(Farewell farewell, String id, URI to, Issuer issuer) {
        var now = wire.logout().now();
        var format = NameIdFormat.valueOf(farewell.carried().get("format"));
        boolean qualified = format == NameIdFormat.PERSISTENT; // as in the assertion
        var entityId = issuer.at(SamlIdpRoutes.ENTITY);
        return new LogoutRequest(id, entityId, now, Optional.of(to.toString()), Optional.of(now.plus(REQUEST_LIFETIME)),
                new LogoutRequest.Name(farewell.carried().get("name"), Optional.of(format.urn()),
                        Optional.of(entityId).filter(_ -> qualified), Optional.of(farewell.id()).filter(_ -> qualified)),
                List.of(farewell.carried().get("index")));
    }
}
