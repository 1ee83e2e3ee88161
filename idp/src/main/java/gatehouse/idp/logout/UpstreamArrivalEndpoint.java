package gatehouse.idp.logout;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.page.Page;
import gatehouse.idp.page.Pages;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.ConnectionUse;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.idp.upstream.Connectors;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.LogoutArrival;
import gatehouse.idp.upstream.UpstreamLogout;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /logout/arrive/{connection}}: what identity providers send browsers with when a session ends, whatever their
 * protocol; and {@code /logout/answer}, from where the browser goes back to a provider that asked.
 */
final class UpstreamArrivalEndpoint implements Endpoint {

    static final String ANSWER = "/logout/answer";

    private final TenancyCatalog tenancy;
    private final Connectors connectors;
    private final UpstreamSessions sessions;
    private final Logouts logouts;
    private final Pages pages;
    private final AuditTrail audit;

    UpstreamArrivalEndpoint(TenancyCatalog tenancy, Connectors connectors, UpstreamSessions sessions, Logouts logouts,
            Pages pages, AuditTrail audit) {
        this.tenancy = tenancy;
        this.connectors = connectors;
        this.sessions = sessions;
        this.logouts = logouts;
        this.pages = pages;
        this.audit = audit;
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        var id = request.pathParameter("connection");
        try {
            return switch (logout(id, request, deadline).arrive(request, deadline)) {
                case LogoutArrival.Answered(var handle, var complete) ->
                        answered(id, handle, complete, request, deadline);
                case LogoutArrival.Asked asked -> asked(id, asked, request, deadline);
            };
        } catch (UpstreamRefusal | OutboundRefused refused) {
            throw refused(refused, request);
        }
    }

    private UpstreamLogout logout(String id, Request request, Deadline deadline) {
        return Optional.of(id).filter(text -> text.matches("[A-Za-z0-9_.~-]{1,64}"))
                .flatMap(text -> tenancy.connection(request.issuer().name(), new ConnectionId(text), deadline))
                .filter((Connection connection) -> tenancy.isUsable(connection, new ConnectionUse.Ongoing(), deadline))
                .flatMap(connection -> connectors.open(connection).logout())
                .orElseThrow(() -> new LogoutError(LogoutReason.CONNECTION_UNKNOWN));
    }

    private LogoutError refused(Refusal why, Request request) {
        audit.record(AuditEvent.of(AuditAction.LOGOUT_REFUSED, request.issuer().name(), request.traceId())
                .address(request.clientAddress()).reason(why.reason()));
        return LogoutError.of(why);
    }

    /** The answer must be from the provider that is being visited, whoever may have seen the handle. */
    private Reply answered(String connection, String handle, boolean complete, Request request, Deadline deadline) {
        logouts.awaited(handle, request, deadline)
                .filter(farewell -> farewell.kind().equals(UpstreamFarewells.KIND) && farewell.id().equals(connection))
                .orElseThrow(() -> new LogoutError(LogoutReason.ANSWER_UNEXPECTED));
        return logouts.answered(handle, complete, request, deadline);
    }

    private Reply asked(String connection, LogoutArrival.Asked asked, Request request, Deadline deadline) {
        var ended = sessions.end(asked.sessions(), request, deadline);
        var plan = new LogoutAsked(ended, Optional.of(new LogoutAsked.Party(UpstreamFarewells.KIND, connection)),
                ANSWER,
                Map.of("connection", connection, "pending", Base64.getEncoder().encodeToString(asked.pending())));
        if (request.header("sec-fetch-dest").filter("iframe"::equals).isPresent()) {
            // Nobody can be visited from within a frame: their pages refuse to be framed, and cookies stay behind.
            var unreached = logouts.tellServers(plan, request, deadline);
            return answer(new LogoutResult(plan.carried(), unreached), request, deadline);
        }
        return switch (logouts.begin(plan, request, deadline)) {
            case LogoutAnswer.Done(var result) -> answer(result, request, deadline);
            case LogoutAnswer.Interact(var reply) -> reply;
        };
    }

    /** Where the browser comes when everybody has been told. */
    Reply answer(Request request, Deadline deadline) {
        return answer(logouts.resume(request, deadline)
                .orElseThrow(() -> new LogoutError(LogoutReason.LOGOUT_UNKNOWN)), request, deadline);
    }

    private Reply answer(LogoutResult result, Request request, Deadline deadline) {
        try {
            var departure = logout(result.carried().get("connection"), request, deadline).answer(
                    Base64.getDecoder().decode(result.carried().get("pending")), result.isComplete(), deadline);
            return switch (departure) {
                case Departure.Redirect(var url, var _) -> Reply.seeOther(url);
                case Departure.PostForm(var action, var fields, var _) ->
                        pages.render(new Page.AutoPost(action, fields), request, List.of());
            };
        } catch (UpstreamRefusal | OutboundRefused refused) {
            throw refused(refused, request);
        }
    }
}
