package gatehouse.idp.login.step;

import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.login.LoginError;
import gatehouse.idp.login.LoginRequest;
import gatehouse.idp.login.account.AcrPolicy;
import gatehouse.idp.login.account.EmailAddress;
import gatehouse.idp.login.flow.LoginFlow;
import gatehouse.idp.login.flow.LoginFlows;
import gatehouse.idp.page.Page;
import gatehouse.idp.page.Pages;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.Organization;
import gatehouse.idp.tenancy.OrganizationPolicy;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.idp.tenancy.VerifiedDomain;
import gatehouse.idp.upstream.Connectors;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.DepartureCall;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.xray.AttemptRecorder;
import gatehouse.idp.upstream.xray.Trace.Kind;
import gatehouse.spi.Deadline;
import java.util.List;
import java.util.Optional;

/** Sends browsers to identity providers. */
public final class Departures {

    private final Connectors connectors;
    private final TenancyCatalog tenancy;
    private final LoginFlows flows;
    private final Pages pages;
    private final AttemptRecorder attempts;

    public Departures(Connectors connectors, TenancyCatalog tenancy, LoginFlows flows, Pages pages,
            AttemptRecorder attempts) {
        this.connectors = connectors;
        this.tenancy = tenancy;
        this.flows = flows;
        this.pages = pages;
        this.attempts = attempts;
    }

    /**
     * Leaves for {@code connection}. The flow itself is the caller's to write.
     *
     * @throws LoginError if the connector cannot prepare it
     */
    public Reply depart(String flowId, LoginFlow flow, Connection connection, Request request, Deadline deadline) {
        var handle = flows.newId();
        var departure = prepare(new Leaving(flowId, flow, connection, request), handle, deadline);
        flows.depart(handle, new LoginFlows.Departed(flowId, connection.id(), departure.pending()), deadline);
        return switch (departure) {
            case Departure.Redirect redirect -> Reply.seeOther(redirect.url());
            case Departure.PostForm form -> pages.render(new Page.AutoPost(form.action(), form.fields()), request,
                    flow.asked().uiLocales());
        };
    }

    /** What is asked of the provider: the application's wishes, and what the organization they come to requires. */
    private List<String> acrs(LoginRequest asked, LoginFlow flow, Connection connection, Deadline deadline) {
        var issuer = connection.issuer();
        var home = asked.organization().or(() -> flow.identifier().or(asked::loginHint).flatMap(EmailAddress::parse)
                        .flatMap(email -> tenancy.domainOf(issuer, email.domain(), deadline))
                        .map(VerifiedDomain::organization))
                .orElse(connection.organization());
        var policy = tenancy.organization(issuer, home, deadline).map(Organization::policy)
                .orElse(OrganizationPolicy.NONE);
        return AcrPolicy.ofUpstream(AcrPolicy.wanted(asked.acrValues(), policy));
    }

    /** Who leaves, and how. */
    private record Leaving(String flowId, LoginFlow flow, Connection connection, Request request) {}

    private AttemptRecorder.Watch watch(Leaving leaving) {
        return attempts.watch(leaving.connection(), Kind.REAL, leaving.request(), Optional.empty());
    }

    private Departure prepare(Leaving leaving, String handle, Deadline deadline) {
        var flow = leaving.flow();
        var connection = leaving.connection();
        var asked = flow.asked();
        // Whoever wants to choose an account must get the chance where the accounts are.
        var force = asked.prompts().contains("login") || asked.prompts().contains("select_account");
        var call = new DepartureCall(handle, flow.identifier().or(asked::loginHint), force, flow.isSilent(),
                asked.maxAge(), acrs(asked, flow, connection, deadline), asked.uiLocales());
        var wayOn = Optional.of(LoginPaths.otherWay(asked.issuer(), leaving.flowId()));
        try {
            return connectors.open(connection).depart(call, deadline);
        } catch (UpstreamRefusal refusal) {
            watch(leaving).refused(refusal.diagnosis(), refusal);
            throw LoginError.of(refusal, wayOn);
        } catch (OutboundRefused refusal) {
            watch(leaving).refused(LoginError.unreachable(connection.type()), refusal);
            throw LoginError.of(refusal, connection.type(), wayOn);
        }
    }
}
