package gatehouse.idp.logout;

import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.logout.Farewell.Channel;
import gatehouse.idp.logout.LogoutFlow.Leg;
import gatehouse.idp.logout.LogoutFlow.State;
import gatehouse.idp.logout.LogoutFlow.Visit;
import gatehouse.idp.logout.LogoutFlows.Kept;
import gatehouse.idp.page.Page;
import gatehouse.idp.page.Pages;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.spi.Deadline;
import java.util.List;
import java.util.Optional;

/**
 * {@code /logout/{id}}: a logout on its way. Shows who has been told; its one form goes on to the next, by itself where
 * scripts run. Whoever comes back without an answer of the party that was visited may try again or leave it out.
 */
final class LogoutPageEndpoint implements Endpoint {

    private final LogoutFlows flows;
    private final Logouts logouts;
    private final Pages pages;

    LogoutPageEndpoint(LogoutFlows flows, Logouts logouts, Pages pages) {
        this.flows = flows;
        this.logouts = logouts;
        this.pages = pages;
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        var kept = flows.findOwn(request.pathParameter("id"), request, deadline)
                .map(found -> logouts.toldServers(found, request, deadline))
                .orElseThrow(() -> new LogoutError(LogoutReason.LOGOUT_UNKNOWN));
        return kept.flow().current()
                .map(at -> request.method().equals("POST") ? act(kept, at, request, deadline)
                        : kept.flow().visit() == Visit.LEAVING ? visit(kept, at, request, deadline)
                        : show(kept, at, request))
                .orElseGet(() -> Reply.seeOther(
                        request.issuer().at(kept.flow().resume()) + "?logout=" + kept.id()));
    }

    private Reply show(Kept kept, int at, Request request) {
        var flow = kept.flow();
        var parties = flow.legs().stream().filter(leg -> leg.farewell().channel() != Channel.NONE)
                .map(leg -> new Page.LogoutProgress.Party(leg.farewell().name(), word(leg, flow, at))).toList();
        return pages.render(new Page.LogoutProgress(Logouts.path(kept.id(), request), Integer.toString(at),
                flow.legs().get(at).farewell().name(), parties, flow.visit() == Visit.AWAY), request, List.of());
    }

    private static String word(Leg leg, LogoutFlow flow, int at) {
        return switch (leg.state()) {
            case DONE -> "done";
            case FAILED -> "failed";
            case OPEN -> leg == flow.legs().get(at) ? flow.visit() == Visit.AWAY ? "unanswered" : "next" : "waiting";
        };
    }

    private Reply act(Kept kept, int at, Request request, Deadline deadline) {
        var form = request.form();
        boolean current = form.optional("step").filter(Integer.toString(at)::equals).isPresent();
        if (!current) {
            return again(kept, request); // a form of a page that is out of date
        }
        if (form.optional("action").filter("skip"::equals).isPresent()) {
            return decide(kept, at, State.FAILED, request, deadline);
        }
        flows.replace(kept, kept.flow().at(Visit.LEAVING), deadline);
        return again(kept, request);
    }

    private Reply decide(Kept kept, int at, State state, Request request, Deadline deadline) {
        flows.replace(kept, kept.flow().with(at, state), deadline);
        return again(kept, request);
    }

    /**
     * Sends the browser away, once, in answer to a GET: whoever presses Back where nobody answers comes to this page,
     * and not to a form that wants to be sent again.
     */
    private Reply visit(Kept kept, int at, Request request, Deadline deadline) {
        Optional<Departure> departure;
        try {
            departure = departure(kept.flow().legs().get(at).farewell(), kept.id(), at, request, deadline);
        } catch (UpstreamRefusal | OutboundRefused unusable) {
            // A party whose metadata or settings are of no use today does not hold up the others.
            return decide(kept, at, State.FAILED, request, deadline);
        }
        if (departure.isEmpty()) {
            return decide(kept, at, State.DONE, request, deadline);
        }
        if (!flows.replace(kept, kept.flow().at(Visit.AWAY), deadline)) {
            return again(kept, request);
        }
        return switch (departure.get()) {
            case Departure.Redirect(var url, var _) -> Reply.seeOther(url);
            case Departure.PostForm(var action, var fields, var _) ->
                    pages.render(new Page.AutoPost(action, fields), request, List.of());
        };
    }

    private Optional<Departure> departure(Farewell farewell, String id, int at, Request request, Deadline deadline) {
        return logouts.kind(farewell)
                .flatMap(kind -> kind.visit(farewell, LogoutFlows.handle(id, at), request, deadline));
    }

    private static Reply again(Kept kept, Request request) {
        return Reply.seeOther(Logouts.path(kept.id(), request));
    }
}
