package gatehouse.idp.login;

import gatehouse.idp.directory.User;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.login.check.Missing;
import gatehouse.idp.login.check.Standing;
import gatehouse.idp.login.flow.BrowserCookie;
import gatehouse.idp.login.flow.LoginFlow;
import gatehouse.idp.login.flow.LoginFlows.Found;
import gatehouse.idp.login.flow.LoginFlows;
import gatehouse.idp.login.flow.RestartCookie;
import gatehouse.idp.login.step.Departures;
import gatehouse.idp.login.step.Finisher;
import gatehouse.idp.login.step.LoginPaths;
import gatehouse.idp.login.step.Restarts;
import gatehouse.idp.login.step.SessionCookie;
import gatehouse.idp.tenancy.ConnectionUse;
import gatehouse.sessions.Session;
import gatehouse.spi.Deadline;
import java.util.List;
import java.util.Optional;

/** The login, for front doors. */
final class Logins implements Login {

    private final LoginFlows flows;
    private final LoginDispatcher dispatcher;
    private final Departures departures;
    private final Finisher finisher;
    private final Restarts restarts;
    private final Cookies cookies;
    private final LoginParts parts;

    /** The cookies of a login. */
    record Cookies(SessionCookie session, BrowserCookie browser, RestartCookie restart) {}

    Logins(LoginFlows flows, LoginDispatcher dispatcher, LoginEndpoint.Steps steps, Cookies cookies, LoginParts parts) {
        this.flows = flows;
        this.dispatcher = dispatcher;
        this.departures = steps.departures();
        this.finisher = steps.finisher();
        this.restarts = steps.restarts();
        this.cookies = cookies;
        this.parts = parts;
    }

    @Override
    public LoginAnswer begin(LoginRequest asked, Request request, Deadline deadline) {
        var unbound = LoginFlow.begin(asked, "", parts.clock().instant());
        var standing = new Standing(unbound, cookies.session().session(request, deadline));
        var missing = dispatcher.missing(standing, deadline);
        if (missing.isEmpty()) {
            var session = finisher.join(standing.session().orElseThrow(), asked, deadline);
            return new LoginAnswer.Done(new LoginResult(session, asked.carried(), Finisher.consented(asked)));
        }
        if (asked.prompts().contains("none") && !mayAskSilently(standing, missing.get(), deadline)) {
            return new LoginAnswer.NotSilently(need(missing.get()));
        }
        return new LoginAnswer.Interact(interact(standing, missing.get(), request, deadline));
    }

    /** Whether the one provider that can answer may be asked without the person's noticing. */
    private boolean mayAskSilently(Standing standing, Missing missing, Deadline deadline) {
        if (!(missing instanceof Missing.Authentication)) {
            return false;
        }
        var flow = recognized(standing, missing, deadline);
        return dispatcher.next(new Standing(flow, standing.session()), deadline) instanceof NextStep.GoUpstream(var way)
                && parts.connectors().open(way).asksSilently();
    }

    private static LoginAnswer.Need need(Missing missing) {
        return switch (missing) {
            case Missing.Authentication() -> LoginAnswer.Need.LOGIN_REQUIRED;
            case Missing.AccountChoice() -> LoginAnswer.Need.ACCOUNT_SELECTION_REQUIRED;
            case Missing.Consent _ -> LoginAnswer.Need.CONSENT_REQUIRED;
            case Missing.Permission _ -> LoginAnswer.Need.INTERACTION_REQUIRED;
        };
    }

    private Reply interact(Standing standing, Missing missing, Request request, Deadline deadline) {
        var asked = standing.asked();
        var value = cookies.browser().valueOf(request);
        var flow = recognized(standing, missing, deadline).boundTo(cookies.browser().hash(value));
        var id = flows.newId();
        return go(id, flow, standing, request, deadline)
                .with(cookies.browser().keeping(value, asked.issuer()))
                .with(cookies.restart().remembering(id, asked, request));
    }

    private Reply go(String id, LoginFlow flow, Standing standing, Request request, Deadline deadline) {
        var next = dispatcher.next(new Standing(flow, standing.session()), deadline);
        if (!(next instanceof NextStep.GoUpstream(var connection))) {
            flows.begin(id, flow, deadline);
            return Reply.seeOther(LoginPaths.flow(request.issuer(), id));
        }
        flows.begin(id, flow.departedTo(connection.id()), deadline);
        try {
            return departures.depart(id, flow, connection, request, deadline);
        } catch (LoginError refusal) {
            // Worded here: the front door's voice may be a protocol's, and the browser needs its cookies for the way
            // on.
            return worded(refusal, flow.asked().uiLocales(), request);
        }
    }

    /**
     * A flow that knows whom it is about: somebody who has a session and must prove it again is not asked for the
     * address, and goes back to where they came from.
     */
    private LoginFlow recognized(Standing standing, Missing missing, Deadline deadline) {
        var flow = standing.flow();
        var asked = standing.asked();
        var again = asked.prompts().contains("login") || asked.maxAge().isPresent() || !asked.acrValues().isEmpty();
        if (!(missing instanceof Missing.Authentication) || !again || standing.session().isEmpty()
                || asked.organization().isPresent() || asked.loginHint().isPresent()) {
            return flow;
        }
        var who = standing.session().get().authentication();
        var email = parts.users().findCached(who.issuer(), who.user(), deadline).map(User::email);
        var connection = who.upstream()
                .flatMap(came -> parts.tenancy().connection(who.issuer(), came.connection(), deadline))
                .filter(found -> parts.tenancy().isUsable(found, new ConnectionUse.SignIn(email), deadline));
        var identified = email.map(address -> flow.identifiedAs(address, Optional.empty())).orElse(flow);
        return connection.map(found -> identified.through(found.id())).orElse(identified);
    }

    @Override
    public LoginOutcome resume(String flowId, Request request, Deadline deadline) {
        if (!(flows.find(flowId, request, deadline) instanceof Found.Mine(var kept)) || !kept.flow().isFinished()) {
            return new LoginOutcome.Gone();
        }
        return flows.take(kept, deadline).map(flow -> outcome(flow, deadline)).orElseGet(LoginOutcome.Gone::new);
    }

    private LoginOutcome outcome(LoginFlow flow, Deadline deadline) {
        var asked = flow.asked();
        if (flow.denied().isPresent()) {
            return new LoginOutcome.Denied(asked.carried(), flow.denied().get(), flow.isSilent()
                    ? "The person cannot be signed in without being asked." : "The sign-in was cancelled.");
        }
        return flow.session().flatMap(id -> parts.sessions().findById(id, deadline))
                .map(session -> outcome(flow, session, deadline))
                .orElseGet(LoginOutcome.Gone::new);
    }

    /** What was true when the login ended may not be any more when the front door hears of it. */
    private LoginOutcome outcome(LoginFlow flow, Session session, Deadline deadline) {
        var asked = flow.asked();
        return dispatcher.missing(new Standing(flow, Optional.of(session)), deadline)
                .<LoginOutcome>map(missing -> new LoginOutcome.Denied(asked.carried(), reason(missing),
                        "The sign-in is not allowed any more."))
                .orElseGet(() -> new LoginOutcome.Finished(
                        new LoginResult(session, asked.carried(), Finisher.consented(asked))));
    }

    private static String reason(Missing missing) {
        return missing instanceof Missing.Permission(var reason) ? reason.word() : "not_allowed_any_more";
    }

    @Override
    public Reply restart(Request request, Deadline deadline) {
        var id = request.query().optional("flow").orElse("");
        if (flows.find(id, request, deadline) instanceof Found.Mine) {
            return Reply.seeOther(LoginPaths.flow(request.issuer(), id));
        }
        try {
            return restarts.restart(id, request);
        } catch (LoginError refusal) {
            return worded(refusal, List.of(), request);
        }
    }

    private Reply worded(LoginError refusal, List<String> uiLocales, Request request) {
        LoginRoutes.audit(parts.audit(), refusal, request);
        return parts.pages().render(refusal.page(), request, uiLocales);
    }
}
