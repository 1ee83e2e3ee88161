package gatehouse.idp.logout;

import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.http.CookieNames;
import gatehouse.idp.http.Journey;
import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.idp.page.Pages;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.idp.upstream.Connectors;
import gatehouse.idp.upstream.LogoutPaths;
import gatehouse.sessions.FlowStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Single logout, wired: what front doors call, and the routes that browsers come to. */
public final class LogoutRoutes {

    private final Logouts logouts;
    private final List<Route> routes;

    /**
     * What single logout works with.
     *
     * @param kinds      participants to tell before the identity provider, in this order
     * @param background where servers are told, one task each
     * @param voice      how the pages say no
     */
    public record Rooms(
            TenancyCatalog tenancy,
            Connectors connectors,
            FlowStore flows,
            UpstreamSessions sessions,
            List<Farewells> kinds,
            Pages pages,
            AuditTrail audit,
            CookieNames cookies,
            SecureRandom random,
            Executor background,
            Voice voice) {}

    public LogoutRoutes(Rooms rooms) {
        var flows = new LogoutFlows(rooms.flows(), rooms.cookies(), rooms.random());
        var kinds = new ArrayList<>(rooms.kinds());
        kinds.add(new UpstreamFarewells(rooms.tenancy(), rooms.connectors()));
        this.logouts = new Logouts(flows, kinds, rooms.background());
        var page = new LogoutPageEndpoint(flows, logouts, rooms.pages());
        var arrival = new UpstreamArrivalEndpoint(rooms.tenancy(), rooms.connectors(), rooms.sessions(), logouts,
                rooms.pages(), rooms.audit());
        var notices = new NoticeEndpoints(
                rooms.tenancy(), rooms.connectors(), rooms.sessions(), logouts, rooms.audit());
        this.routes = List.of(
                Route.of("POST", LogoutPaths.BACKCHANNEL, Journey.LOGOUT, new NoticeVoice(), notices::posted),
                Route.of("GET", LogoutPaths.FRONTCHANNEL, Journey.LOGOUT, rooms.voice(), notices::framed),
                Route.of("GET", UpstreamArrivalEndpoint.ANSWER, Journey.LOGIN_INTERACTIVE, rooms.voice(),
                        arrival::answer),
                Route.of("GET", LogoutPaths.ARRIVAL, Journey.LOGIN_INTERACTIVE, rooms.voice(), arrival),
                Route.of("POST", LogoutPaths.ARRIVAL, Journey.LOGIN_INTERACTIVE, rooms.voice(), arrival),
                Route.of("GET", "/logout/{id}", Journey.LOGIN_INTERACTIVE, rooms.voice(), page),
                Route.of("POST", "/logout/{id}", Journey.LOGIN_INTERACTIVE, rooms.voice(), page));
    }

    /** What front doors call. */
    public SingleLogout logout() {
        return logouts;
    }

    /** The routes, fixed paths before the one with the flow's id. */
    public List<Route> routes() {
        return routes;
    }
}
