package gatehouse.idp.samlidp;

import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.http.Journey;
import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.idp.keys.SamlKeys;
import gatehouse.idp.login.Login;
import gatehouse.idp.page.Pages;
import gatehouse.idp.samlwire.SamlWire;
import java.time.InstantSource;
import java.util.List;
import javax.crypto.SecretKey;

/** The routes of every issuer as a SAML identity provider. */
public final class SamlIdpRoutes {

    /** Path of the metadata, and of the entityID. */
    public static final String ENTITY = "/saml/idp";
    /** Path of the single sign-on service. */
    public static final String SSO = "/saml/idp/sso";

    static final String RESUME = "/saml/idp/resume";

    private final List<Route> routes;

    /**
     * What the routes need of other rooms.
     *
     * @param pairwiseKey secret of the deployment for persistent NameIDs; never changes, or everybody becomes a
     *                    stranger
     * @param voice       says no where SAML has no word for it
     */
    public record Rooms(
            SamlWire wire,
            SamlKeys keys,
            ClientCatalog clients,
            UserStore users,
            Login login,
            Pages pages,
            AuditTrail audit,
            SecretKey pairwiseKey,
            InstantSource time,
            Voice voice) {}

    public SamlIdpRoutes(Rooms rooms) {
        var responses = new ResponseWriter(rooms.wire(), rooms.keys(), rooms.pages(), rooms.time());
        var names = new SubjectNames(rooms.pairwiseKey(), rooms.wire());
        var signOn = new SignOn(rooms.clients(), rooms.users(), names, rooms.wire(), responses, rooms.audit());
        var validator = new AuthnRequestValidator(rooms.wire(), rooms.clients(), rooms.time());
        var sso = new SsoEndpoint(validator, rooms.login(), signOn, responses, rooms.pages());
        var resume = new ResumeEndpoint(rooms.login(), signOn, responses);
        var voice = new SamlVoice(rooms.pages(), rooms.audit(), rooms.voice());
        this.routes = List.of(
                // Written and signed when asked for, seldom: the budget of prebuilt documents is not for it.
                Route.of("GET", ENTITY, Journey.LOGIN_INTERACTIVE, voice, new IdpMetadataEndpoint(rooms.keys()))
                        .anyOrigin(),
                Route.of("GET", SSO, Journey.LOGIN_INTERACTIVE, voice, sso),
                Route.of("POST", SSO, Journey.LOGIN_INTERACTIVE, voice, sso),
                Route.of("GET", RESUME, Journey.LOGIN_INTERACTIVE, voice, resume));
    }

    /** Metadata, requests, and the way back from the login. */
    public List<Route> routes() {
        return routes;
    }
}
