package gatehouse.idp.login.step;

import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.login.LoginError;
import gatehouse.idp.login.account.AcrPolicy;
import gatehouse.idp.login.flow.LoginFlow;
import gatehouse.idp.login.flow.LoginFlows;
import gatehouse.idp.page.Page;
import gatehouse.idp.page.Pages;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.Connectors;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.DepartureCall;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.spi.Deadline;
import java.util.Optional;

/** Sends browsers to identity providers. */
public final class Departures {

    private final Connectors connectors;
    private final LoginFlows flows;
    private final Pages pages;

    public Departures(Connectors connectors, LoginFlows flows, Pages pages) {
        this.connectors = connectors;
        this.flows = flows;
        this.pages = pages;
    }

    /**
     * Leaves for {@code connection}. The flow itself is the caller's to write.
     *
     * @throws LoginError if the connector cannot prepare it
     */
    public Reply depart(String flowId, LoginFlow flow, Connection connection, Request request, Deadline deadline) {
        var handle = flows.newId();
        var departure = prepare(flowId, flow, connection, handle, deadline);
        flows.depart(handle, new LoginFlows.Departed(flowId, connection.id(), departure.pending()), deadline);
        return switch (departure) {
            case Departure.Redirect redirect -> Reply.seeOther(redirect.url());
            case Departure.PostForm form -> pages.render(new Page.AutoPost(form.action(), form.fields()), request,
                    flow.asked().uiLocales());
        };
    }

    private Departure prepare(String flowId, LoginFlow flow, Connection connection, String handle, Deadline deadline) {
        var asked = flow.asked();
        // Whoever wants to choose an account must get the chance where the accounts are.
        var force = asked.prompts().contains("login") || asked.prompts().contains("select_account");
        var call = new DepartureCall(handle, flow.identifier().or(asked::loginHint), force, false, asked.maxAge(),
                AcrPolicy.ofUpstream(asked.acrValues()), asked.uiLocales());
        var wayOn = Optional.of(LoginPaths.otherWay(asked.issuer(), flowId));
        try {
            return connectors.open(connection).depart(call, deadline);
        } catch (UpstreamRefusal refusal) {
            throw LoginError.of(refusal, wayOn);
        } catch (OutboundRefused refusal) {
            throw LoginError.of(refusal, connection.type(), wayOn);
        }
    }
}
