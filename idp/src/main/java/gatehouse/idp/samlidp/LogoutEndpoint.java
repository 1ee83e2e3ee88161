package gatehouse.idp.samlidp;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.logout.LogoutAnswer;
import gatehouse.idp.logout.LogoutAsked;
import gatehouse.idp.logout.LogoutResult;
import gatehouse.idp.logout.SingleLogout;
import gatehouse.idp.page.Page;
import gatehouse.idp.page.Pages;
import gatehouse.idp.samlwire.LogoutRequest;
import gatehouse.idp.samlwire.ReceivedLogout;
import gatehouse.idp.samlwire.SamlError;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.idp.upstream.Departure;
import gatehouse.sessions.ReplayCache;
import gatehouse.sessions.Session;
import gatehouse.sessions.SessionStore;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The single logout service: {@code /saml/idp/slo} by Redirect and POST, {@code /saml/idp/slo/soap} from servers. A
 * service provider ends the sessions that it was told of, by the names that it was given, and no others; who else was
 * told of them is told of their end before it gets its answer.
 */
final class LogoutEndpoint implements Endpoint {

    private static final String REASON = "saml_logout";

    private final Rooms rooms;

    /** What the endpoint works with. */
    record Rooms(
            SamlWire wire,
            ClientCatalog clients,
            GivenNames given,
            SamlFarewells farewells,
            SessionStore sessions,
            ReplayCache replays,
            SingleLogout logout,
            Pages pages,
            AuditTrail audit) {}

    LogoutEndpoint(Rooms rooms) {
        this.rooms = rooms;
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        var received = rooms.wire().logout().read(request);
        var sp = serviceProvider(received, request, deadline);
        if (!received.isRequest()) {
            return answered(received, sp, request, deadline);
        }
        var asked = proved(received, sp, request.issuer().at(SamlIdpRoutes.LOGOUT), true, deadline);
        var plan = plan(asked, received.relayState(), sp, request, deadline);
        return switch (rooms.logout().begin(plan, request, deadline)) {
            case LogoutAnswer.Done(var result) -> answer(result, request, deadline);
            case LogoutAnswer.Interact(var reply) -> reply;
        };
    }

    /** From server to server: whoever can be told without a browser is told, the others are named by the status. */
    Reply soap(Request request, Deadline deadline) {
        var received = rooms.wire().logout().readSoap(request.body());
        if (!received.isRequest()) {
            throw new SamlError(SamlReason.UNEXPECTED_MESSAGE);
        }
        var sp = serviceProvider(received, request, deadline);
        var asked = proved(received, sp, request.issuer().at(SamlIdpRoutes.LOGOUT_SOAP), false, deadline);
        var plan = plan(asked, Optional.empty(), sp, request, deadline);
        var unreached = rooms.logout().tellServers(plan, request, deadline);
        var response = rooms.wire().logout().answer(rooms.wire().newId(), request.issuer().at(SamlIdpRoutes.ENTITY),
                Optional.empty(), asked.id(), unreached.isEmpty());
        return Reply.of(200, "text/xml; charset=utf-8",
                rooms.wire().logout().envelope(response, rooms.farewells().sender(request.issuer()))).noStore();
    }

    private ServiceProvider serviceProvider(ReceivedLogout received, Request request, Deadline deadline) {
        return usable(received.claimedIssuer(), request, deadline)
                .orElseThrow(() -> new SamlError(SamlReason.SERVICE_PROVIDER_UNKNOWN));
    }

    private Optional<ServiceProvider> usable(String entityId, Request request, Deadline deadline) {
        var sp = rooms.clients().serviceProvider(request.issuer().name(), entityId, deadline);
        if (sp.filter(found -> !found.enabled()).isPresent()) {
            throw new SamlError(SamlReason.SERVICE_PROVIDER_DISABLED);
        }
        return sp;
    }

    private LogoutRequest proved(
            ReceivedLogout received, ServiceProvider sp, String here, boolean addressed, Deadline deadline) {
        if (sp.certificates().isEmpty()) {
            throw new SamlError(SamlReason.UNSIGNED); // nothing could prove it
        }
        var asked = received.request(rooms.wire().policy(sp.certificates()));
        require(asked.issuer().equals(sp.entityId()), SamlReason.SERVICE_PROVIDER_UNKNOWN);
        rooms.wire().logout().requireCurrent(asked, here, addressed);
        // Last, so that only a request which would be obeyed is spent.
        require(rooms.replays().firstUse("saml-logout", sp.issuer() + ' ' + sp.entityId() + ' ' + asked.id(),
                rooms.wire().logout().usableUntil(asked), deadline), SamlReason.REPLAYED);
        return asked;
    }

    private static void require(boolean holds, SamlReason otherwise) {
        if (!holds) {
            throw new SamlError(otherwise);
        }
    }

    private LogoutAsked plan(LogoutRequest asked, Optional<String> relayState, ServiceProvider sp, Request request,
            Deadline deadline) {
        var ended = new ArrayList<Session>();
        for (var session : sessions(asked, sp, deadline)) {
            rooms.sessions().end(session.id(), REASON, deadline).ifPresent(ended::add);
        }
        ended.forEach(session -> rooms.audit().record(event(session, sp, request)));
        var carried = new HashMap<String, String>();
        carried.put("sp", sp.entityId());
        carried.put("id", asked.id());
        carried.put("post", Boolean.toString(request.method().equals("POST")));
        relayState.ifPresent(value -> carried.put("relay_state", value));
        return new LogoutAsked(ended, Optional.of(new LogoutAsked.Party(SamlFarewells.KIND, sp.entityId())),
                SamlIdpRoutes.LOGOUT_DONE, carried);
    }

    /** Those that {@code sp} was told of and means: by index and name, or all that it knows by the name. */
    private List<Session> sessions(LogoutRequest asked, ServiceProvider sp, Deadline deadline) {
        if (!asked.sessionIndexes().isEmpty()) {
            return asked.sessionIndexes().stream().distinct()
                    .flatMap(index -> rooms.given().byIndex(sp, index, deadline).stream())
                    .filter(given -> given.name().equals(asked.name().value()))
                    .flatMap(given -> rooms.sessions().findById(given.session(), deadline).stream())
                    .toList();
        }
        return rooms.given().user(sp, asked.name(), deadline).stream()
                .flatMap(user -> rooms.sessions().ofUser(sp.issuer(), user, deadline).stream())
                .filter(session -> rooms.given().of(sp, session.id(), deadline)
                        .filter(given -> given.name().equals(asked.name().value())).isPresent())
                .toList();
    }

    private static AuditEvent event(Session session, ServiceProvider sp, Request request) {
        var who = session.authentication();
        return AuditEvent.of(AuditAction.LOGOUT_FINISHED, who.issuer(), request.traceId())
                .organization(who.organization()).user(who.user()).session(session.id().value())
                .address(request.clientAddress())
                .details(Map.of("kind", REASON, "service_provider", sp.entityId()));
    }

    /** One whose keys we do not know cannot prove that it has done anything: the logout goes on, and says so. */
    private Reply answered(ReceivedLogout received, ServiceProvider sp, Request request, Deadline deadline) {
        var handle = received.claimedInResponseTo().filter(id -> id.startsWith("_")).map(id -> id.substring(1))
                .orElseThrow(() -> new SamlError(SamlReason.IN_RESPONSE_TO_MISMATCH));
        rooms.logout().awaited(handle, request, deadline)
                .filter(farewell -> farewell.kind().equals(SamlFarewells.KIND)
                        && farewell.id().equals(sp.entityId()))
                .orElseThrow(() -> new SamlError(SamlReason.IN_RESPONSE_TO_MISMATCH));
        if (sp.certificates().isEmpty()) {
            return rooms.logout().answered(handle, false, request, deadline);
        }
        var response = received.response(rooms.wire().policy(sp.certificates()));
        require(response.issuer().equals(sp.entityId()), SamlReason.SERVICE_PROVIDER_UNKNOWN);
        rooms.wire().logout().requireAnswer(
                response, request.issuer().at(SamlIdpRoutes.LOGOUT), '_' + handle, true);
        return rooms.logout().answered(handle, response.isComplete(), request, deadline);
    }

    /** {@code /saml/idp/slo/done}: where the browser comes when everybody has been told. */
    Reply resume(Request request, Deadline deadline) {
        return rooms.logout().resume(request, deadline).map(result -> answer(result, request, deadline))
                .orElseGet(() -> loggedOut(new LogoutResult(Map.of(), List.of()), request));
    }

    private Reply answer(LogoutResult result, Request request, Deadline deadline) {
        var at = usable(result.carried().get("sp"), request, deadline).map(ServiceProvider::logout);
        boolean post = at.filter(to -> to.redirectUrl().isEmpty() || to.postUrl().isPresent()
                && result.carried().get("post").equals("true")).isPresent();
        Optional<URI> to = at.flatMap(addresses -> addresses.responseUrl()
                .or(post ? addresses::postUrl : addresses::redirectUrl));
        if (to.isEmpty()) {
            return loggedOut(result, request); // it has not said where it takes an answer
        }
        var response = rooms.wire().logout().answer(rooms.wire().newId(), request.issuer().at(SamlIdpRoutes.ENTITY), to,
                result.carried().get("id"), result.isComplete());
        var departure = SamlFarewells.departure(rooms.wire().logout().send(response, post,
                Optional.ofNullable(result.carried().get("relay_state")),
                rooms.farewells().sender(request.issuer())));
        return switch (departure) {
            case Departure.Redirect(var url, var _) -> Reply.seeOther(url);
            case Departure.PostForm(var action, var fields, var _) ->
                    rooms.pages().render(new Page.AutoPost(action, fields), request, List.of());
        };
    }

    private Reply loggedOut(LogoutResult result, Request request) {
        return rooms.pages().render(new Page.LoggedOut(Optional.empty(), result.unreached()), request, List.of());
    }
}
