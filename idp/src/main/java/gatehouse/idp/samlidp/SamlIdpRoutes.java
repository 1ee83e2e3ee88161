package gatehouse.idp.samlidp;

import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.http.Journey;
import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.idp.keys.SamlKeys;
import gatehouse.idp.login.Login;
import gatehouse.idp.logout.SingleLogout;
import gatehouse.idp.page.Pages;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.sessions.ReplayCache;
import gatehouse.sessions.SessionStore;
import java.time.InstantSource;
import java.util.List;

/** The routes of every issuer as a SAML identity provider. */
public final class SamlIdpRoutes {

    /** Path of the metadata, and of the entityID. */
    public static final String ENTITY = "/saml/idp";
    /** Path of the single sign-on service. */
    public static final String SSO = "/saml/idp/sso";

    /** Path of the single logout service; servers use {@code /soap} below it. */
    public static final String LOGOUT = "/saml/idp/slo";

    static final String RESUME = "/saml/idp/resume";

    static final String LOGOUT_SOAP = LOGOUT + "/soap";
    static final String LOGOUT_DONE = LOGOUT + "/done";
    static final String INITIATED = "/saml/idp/init";

    private final List<Route> routes;

    /**
     * What the routes need of other rooms.
     *
     * @param voice says no where SAML has no word for it
     */
    public record Rooms(
            SamlWire wire,
            SamlKeys keys,
            ClientCatalog clients,
            UserStore users,
            Login login,
            SingleLogout logout,
            SamlNames names,
            SessionStore sessions,
            ReplayCache replays,
            Pages pages,
            AuditTrail audit,
            InstantSource time,
            Voice voice) {}

    public SamlIdpRoutes(Rooms rooms) {
        var responses = new ResponseWriter(rooms.wire(), rooms.keys(), rooms.pages(), rooms.time());
        var signOn = new SignOn(rooms.clients(), rooms.users(), rooms.names().subjects(), rooms.names().given(),
                rooms.wire(), responses, rooms.audit());
        var start = new SignInStart(rooms.login(), signOn, responses);
        var validator = new AuthnRequestValidator(rooms.wire(), rooms.clients(), rooms.time());
        var sso = new SsoEndpoint(validator, start, responses, rooms.pages());
        var resume = new ResumeEndpoint(rooms.login(), signOn, responses);
        var logout = new LogoutEndpoint(new LogoutEndpoint.Rooms(rooms.wire(), rooms.clients(), rooms.names().given(),
                rooms.names().farewells(), rooms.sessions(), rooms.replays(), rooms.logout(), rooms.pages(),
                rooms.audit()));
        var voice = new SamlVoice(rooms.pages(), rooms.audit(), rooms.voice());
        this.routes = List.of(
                // Written and signed when asked for, seldom: the budget of prebuilt documents is not for it.
                Route.of("GET", ENTITY, Journey.LOGIN_INTERACTIVE, voice, new IdpMetadataEndpoint(rooms.keys()))
                        .anyOrigin(),
                Route.of("GET", SSO, Journey.LOGIN_INTERACTIVE, voice, sso),
                Route.of("POST", SSO, Journey.LOGIN_INTERACTIVE, voice, sso),
                Route.of("GET", INITIATED, Journey.LOGIN_INTERACTIVE, voice,
                        new IdpInitiatedEndpoint(rooms.clients(), start)),
                Route.of("GET", RESUME, Journey.LOGIN_INTERACTIVE, voice, resume),
                Route.of("GET", LOGOUT, Journey.LOGIN_INTERACTIVE, voice, logout),
                Route.of("POST", LOGOUT, Journey.LOGIN_INTERACTIVE, voice, logout),
                Route.of("POST", LOGOUT_SOAP, Journey.LOGIN_INTERACTIVE, voice, logout::soap),
                Route.of("GET", LOGOUT_DONE, Journey.LOGIN_INTERACTIVE, voice, logout::resume));
    }

    /** Metadata, requests, and the ways back from login and logout. */
    public List<Route> routes() {
        return routes;
    }
}
