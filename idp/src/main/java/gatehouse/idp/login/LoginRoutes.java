package gatehouse.idp.login;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Journey;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.idp.login.account.AccountLinker;
import gatehouse.idp.login.account.BreakGlass;
import gatehouse.idp.login.account.Consents;
import gatehouse.idp.login.account.HomeRealmDiscovery;
import gatehouse.idp.login.check.Checks;
import gatehouse.idp.login.flow.BrowserCookie;
import gatehouse.idp.login.flow.LoginFlows;
import gatehouse.idp.login.flow.RestartCookie;
import gatehouse.idp.login.flow.StepTokens;
import gatehouse.idp.login.step.AttemptNotes;
import gatehouse.idp.login.step.Departures;
import gatehouse.idp.login.step.Finisher;
import gatehouse.idp.login.step.Restarts;
import gatehouse.idp.login.step.SessionCookie;
import gatehouse.idp.login.step.SessionOpener;
import gatehouse.idp.login.step.StepAnswers;
import gatehouse.idp.login.step.StepPages;
import java.util.List;

/** The login, wired: what front doors call, and the routes that browsers come to. */
public final class LoginRoutes {

    private final Login login;
    private final Endpoint steps;
    private final Endpoint arrivals;
    private final Endpoint landing;
    private final Voice voice;

    /** @param voice how the pages say no */
    public LoginRoutes(LoginParts parts, Voice voice) {
        var browser = new BrowserCookie(parts.cookies(), parts.random());
        var sessionCookie = new SessionCookie(parts.cookies(), parts.sessions());
        var flows = new LoginFlows(parts.flows(), browser, parts.random(), parts.clock());
        var realms = new HomeRealmDiscovery(parts.tenancy());
        var consents = new Consents(parts.flows());
        var checks = Checks.inOrder(parts.clients(), parts.tenancy(), parts.users(), consents, parts.clock());
        var breakGlass = new BreakGlass(parts.tenancy(), parts.users(), parts.clock());
        var dispatcher = new LoginDispatcher(checks, new WayIn(realms, parts.tenancy(), breakGlass));
        var tokens = new StepTokens(parts.keys());
        var restart = new RestartCookie(parts.cookies(), parts.keys(), parts.random());
        var opener = new SessionOpener(parts.sessions(), parts.tenancy(), breakGlass, parts.clock());
        var linker = new AccountLinker(parts.tenancy(), parts.users(), parts.audit(), parts.random(), parts.clock());
        var made = new LoginEndpoint.Steps(
                tokens,
                new StepPages(parts.pages(), tokens, parts.tenancy(), parts.clients(), parts.users()),
                new StepAnswers(parts.passwords(), realms, parts.audit(), parts.clock()),
                new Departures(parts.connectors(), parts.tenancy(), flows, parts.pages(), parts.attempts()),
                new Finisher(parts.sessions(), opener, sessionCookie, flows, consents, breakGlass,
                        parts.audit(), parts.clock()),
                new Restarts(restart),
                new AttemptNotes(parts.attempts(), parts.tenancy()));
        this.login = new Logins(flows, dispatcher, made, new Logins.Cookies(sessionCookie, browser, restart), parts);
        this.steps = audited(parts.audit(), new LoginEndpoint(flows, sessionCookie, browser, dispatcher, linker, made));
        this.arrivals = audited(parts.audit(), new ArrivalEndpoint(flows,
                new UnsolicitedArrivals(flows, parts.clock()), parts.tenancy(), parts.connectors(), parts.attempts(),
                parts.trials()));
        this.landing = audited(parts.audit(), new LandingEndpoint(login));
        this.voice = voice;
    }

    /** What front doors call. */
    public Login login() {
        return login;
    }

    /** The routes, the fixed path before the one with the flow's id. */
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/login/arrive/{connection}", Journey.OIDC_CALLBACK, voice, arrivals),
                Route.of("POST", "/login/arrive/{connection}", Journey.SAML_ACS, voice, arrivals),
                Route.of("GET", LandingEndpoint.PATH, Journey.LOGIN_INTERACTIVE, voice, landing),
                Route.of("GET", "/login/{flow}", Journey.LOGIN_INTERACTIVE, voice, steps),
                Route.of("POST", "/login/{flow}", Journey.LOGIN_INTERACTIVE, voice, steps));
    }

    private static Endpoint audited(AuditTrail trail, Endpoint endpoint) {
        return (request, deadline) -> {
            try {
                return endpoint.handle(request, deadline);
            } catch (LoginError refusal) {
                audit(trail, refusal, request);
                throw refusal;
            }
        };
    }

    static void audit(AuditTrail trail, LoginError refusal, Request request) {
        trail.record(AuditEvent.of(AuditAction.LOGIN_REFUSED, request.issuer().name(), request.traceId())
                .address(request.clientAddress()).reason(refusal.reason()));
    }
}
