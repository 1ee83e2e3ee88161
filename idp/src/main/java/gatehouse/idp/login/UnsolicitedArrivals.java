package gatehouse.idp.login;

import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.login.LoginRequest.RelyingParty;
import gatehouse.idp.login.flow.LoginFlow;
import gatehouse.idp.login.flow.LoginFlows;
import gatehouse.idp.login.step.LoginPaths;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Logins that began at an identity provider (saml-profiles §4.1.5). Nobody left from here, so that no browser is known
 * to have wanted it: such a flow belongs to the first browser that comes to its page, and goes on only when the person
 * there says so. Otherwise anybody could sign somebody else in as themselves by a form on a page of theirs.
 */
final class UnsolicitedArrivals {

    private final LoginFlows flows;
    private final InstantSource clock;

    UnsolicitedArrivals(LoginFlows flows, InstantSource clock) {
        this.flows = flows;
        this.clock = clock;
    }

    /** Who came, and where it leads. */
    record Landing(UpstreamIdentity identity, String target) {}

    /** Keeps {@code landing} as flow {@code id}, and leads the browser to the page that asks. */
    Reply keep(String id, Connection connection, Landing landing, Request request, Deadline deadline) {
        var asked = asked(connection, landing.target(), request.issuer());
        flows.begin(id, LoginFlow.begin(asked, LoginFlow.NO_BROWSER, clock.instant()).departedTo(connection.id())
                .arrivedAs(landing.identity()), deadline);
        return Reply.seeOther(LoginPaths.flow(request.issuer(), id));
    }

    private static LoginRequest asked(Connection connection, String target, Issuer issuer) {
        var party = new RelyingParty(RelyingParty.TARGET, target, URI.create(target).getHost(), Optional.of(target));
        return new LoginRequest(issuer, party, LandingEndpoint.PATH, Optional.empty(),
                Map.of(LandingEndpoint.TARGET, target), Set.of(),
                Optional.empty(), List.of(), Optional.empty(), Optional.of(connection.organization()), Optional.empty(),
                List.of(), List.of());
    }
}
