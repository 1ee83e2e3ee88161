package gatehouse.idp.oauth;

import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Journey;
import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.idp.oauth.authorize.AuthorizationRules;
import gatehouse.idp.oauth.authorize.AuthorizeEndpoint;
import gatehouse.idp.oauth.authorize.CodeIssuer;
import gatehouse.idp.oauth.authorize.ResumeEndpoint;
import gatehouse.idp.oauth.clientauth.ClientAuthMethod;
import gatehouse.idp.oauth.clientauth.ClientAuthenticator;
import gatehouse.idp.oauth.clientauth.ClientKeys;
import gatehouse.idp.oauth.clientauth.PrivateKeyJwt;
import gatehouse.idp.oauth.clientauth.PublicClient;
import gatehouse.idp.oauth.clientauth.SecretBasic;
import gatehouse.idp.oauth.clientauth.SecretPost;
import gatehouse.idp.oauth.discovery.Capabilities;
import gatehouse.idp.oauth.discovery.DiscoveryEndpoint;
import gatehouse.idp.oauth.discovery.JwksEndpoint;
import gatehouse.idp.oauth.gate.Gate;
import gatehouse.idp.oauth.gate.RandomIds;
import gatehouse.idp.oauth.gate.TokenJudge;
import gatehouse.idp.oauth.introspect.IntrospectionEndpoint;
import gatehouse.idp.oauth.logout.EndSessionEndpoint;
import gatehouse.idp.oauth.revoke.RevocationEndpoint;
import gatehouse.idp.oauth.token.AccessTokens;
import gatehouse.idp.oauth.token.Grant;
import gatehouse.idp.oauth.token.Grants;
import gatehouse.idp.oauth.token.IdTokens;
import gatehouse.idp.oauth.token.TokenEndpoint;
import gatehouse.idp.oauth.token.TokenIssuer;
import gatehouse.idp.oauth.token.grant.AuthorizationCodeGrant;
import gatehouse.idp.oauth.token.grant.ClientCredentialsGrant;
import gatehouse.idp.oauth.token.grant.RefreshTokenGrant;
import gatehouse.idp.oauth.userinfo.UserInfoEndpoint;
import gatehouse.idp.oauth.wire.BearerVoice;
import gatehouse.idp.oauth.wire.OAuthVoice;
import gatehouse.idp.page.PageVoice;
import java.util.List;

/** The routes of the authorization server, and the lists of what it can do. The metadata follows from the lists. */
public final class OAuthRoutes {

    private final OAuthRooms rooms;
    private final Gate gate;
    private final Grants grants;
    private final List<ClientAuthMethod> methods;
    private final ClientAuthenticator clients;
    private final TokenJudge judge;

    public OAuthRoutes(OAuthRooms rooms) {
        this.rooms = rooms;
        this.gate = new Gate(rooms.clients(), rooms.tenancy(), rooms.users());
        this.grants = new Grants(grants());
        this.methods = clientAuthMethods();
        this.clients = new ClientAuthenticator(methods, gate, rooms.trail());
        this.judge = new TokenJudge(rooms.keys().verifier(), rooms.stores().accessTokens(), gate);
    }

    private List<Grant> grants() {
        var stores = rooms.stores();
        return List.of(
                new AuthorizationCodeGrant(
                        stores.codes(), stores.families(), stores.accessTokens(), gate, rooms.clock()),
                new RefreshTokenGrant(stores.families(), gate),
                new ClientCredentialsGrant());
    }

    private List<ClientAuthMethod> clientAuthMethods() {
        return List.of(
                new SecretBasic(rooms.clock()),
                new SecretPost(rooms.clock()),
                new PrivateKeyJwt(
                        new ClientKeys(rooms.outside(), rooms.clock()), rooms.stores().replays(), rooms.clock()),
                new PublicClient());
    }

    /** All routes. */
    public List<Route> routes() {
        var page = new PageVoice(rooms.pages());
        var json = new OAuthVoice();
        var bearer = new BearerVoice();
        var authorize = authorize();
        var userInfo = new UserInfoEndpoint(gate, judge, rooms.users());
        var logout = logout();
        var discovery = new DiscoveryEndpoint(capabilities(), gate);
        return List.of(
                Route.of("GET", "/authorize", Journey.LOGIN_INTERACTIVE, page, authorize),
                Route.of("POST", "/authorize", Journey.LOGIN_INTERACTIVE, page, authorize),
                Route.of("GET", AuthorizeEndpoint.RESUME_PATH, Journey.LOGIN_INTERACTIVE, page, resume()),
                Route.of("POST", "/token", Journey.TOKEN, json, token()).anyOrigin(),
                Route.of("GET", "/userinfo", Journey.TOKEN, bearer, userInfo).anyOrigin(),
                Route.of("POST", "/userinfo", Journey.TOKEN, bearer, userInfo).anyOrigin(),
                Route.of("POST", "/introspect", Journey.INTROSPECT, json, introspection()),
                Route.of("POST", "/revoke", Journey.TOKEN, json, revocation()).anyOrigin(),
                Route.of("GET", "/logout", Journey.LOGOUT, page, logout),
                Route.of("POST", "/logout", Journey.LOGOUT, page, logout),
                Route.of("GET", EndSessionEndpoint.DONE, Journey.LOGOUT, page, logout::resume),
                document("/jwks", json, new JwksEndpoint(rooms.keys().documents())).answeredInline(),
                document("/.well-known/openid-configuration", json, discovery::handle).answeredInline(),
                document("/.well-known/oauth-authorization-server", json, discovery::handle).answeredInline(),
                document("/.well-known/oauth-authorization-server/realms/{issuer}", json, discovery::handleAppended)
                        .deploymentWide(),
                document("/.well-known/openid-configuration/realms/{issuer}", json, discovery::handleAppended)
                        .deploymentWide());
    }

    private static Route document(String path, Voice voice, Endpoint endpoint) {
        return Route.of("GET", path, Journey.JWKS, voice, endpoint).anyOrigin();
    }

    private Capabilities capabilities() {
        return new Capabilities(
                grants.types(), methods, rooms.published().acrValues(), rooms.published().uiLocales());
    }

    private CodeIssuer codes() {
        return new CodeIssuer(rooms.stores().codes(), gate, rooms.clock());
    }

    private Endpoint authorize() {
        var verifier = rooms.keys().verifier();
        return new AuthorizeEndpoint(new AuthorizeEndpoint.Parts(gate, AuthorizationRules.of(gate, verifier), verifier,
                rooms.login(), codes(), rooms.pages(), rooms.cookies(), rooms.trail()));
    }

    private Endpoint resume() {
        return new ResumeEndpoint(gate, rooms.login(), codes(), rooms.pages(), rooms.trail());
    }

    private Endpoint token() {
        var signer = rooms.keys().signer();
        var accessTokens = new AccessTokens(signer, new RandomIds(rooms.random()), rooms.clock());
        var issuer = new TokenIssuer(accessTokens, new IdTokens(signer, rooms.clock()));
        return new TokenEndpoint(gate, grants, clients, issuer, rooms.trail());
    }

    private Endpoint introspection() {
        return new IntrospectionEndpoint(gate, clients, judge, rooms.stores().families());
    }

    private Endpoint revocation() {
        var stores = rooms.stores();
        return new RevocationEndpoint(gate, clients, judge,
                new RevocationEndpoint.Stores(stores.families(), stores.accessTokens()), rooms.trail());
    }

    private EndSessionEndpoint logout() {
        return new EndSessionEndpoint(new EndSessionEndpoint.Parts(gate, rooms.keys().verifier(),
                rooms.stores().sessions(), rooms.cookies(), rooms.pages(), rooms.trail(), rooms.logout()));
    }
}
