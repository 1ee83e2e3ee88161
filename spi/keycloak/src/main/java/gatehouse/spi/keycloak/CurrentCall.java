package gatehouse.spi.keycloak;

import java.net.URI;
import java.util.Locale;
import org.keycloak.Token;
import org.keycloak.common.ClientConnection;
import org.keycloak.http.HttpRequest;
import org.keycloak.http.HttpResponse;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakUriInfo;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.Permissions;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.urls.UrlType;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Where a call stands: its realm, client and connection. Providers run after the request, not in it, so there are no
 * request, response or headers; asking for them is refused by name.
 */
final class CurrentCall implements KeycloakContext {

    private final URI publicUrl;
    private RealmModel realm;
    private ClientModel client;
    private OrganizationModel organization;
    private ClientConnection connection;
    private UserSessionModel userSession;
    private AuthenticationSessionModel authenticationSession;
    private Token bearerToken;

    CurrentCall(URI publicUrl) {
        this.publicUrl = publicUrl;
    }

    @Override
    public URI getAuthServerUrl() {
        return publicUrl;
    }

    @Override
    public String getContextPath() {
        return "";
    }

    @Override
    public HttpHeaders getRequestHeaders() {
        throw new UnsupportedByHost("KeycloakContext.getRequestHeaders");
    }

    @Override
    public KeycloakUriInfo getUri() {
        throw new UnsupportedByHost("KeycloakContext.getUri");
    }

    @Override
    public KeycloakUriInfo getUri(UrlType type) {
        throw new UnsupportedByHost("KeycloakContext.getUri");
    }

    @Override
    public RealmModel getRealm() {
        return realm;
    }

    @Override
    public void setRealm(RealmModel realm) {
        this.realm = realm;
    }

    @Override
    public ClientModel getClient() {
        return client;
    }

    @Override
    public void setClient(ClientModel client) {
        this.client = client;
    }

    @Override
    public OrganizationModel getOrganization() {
        return organization;
    }

    @Override
    public void setOrganization(OrganizationModel organization) {
        this.organization = organization;
    }

    @Override
    public ClientConnection getConnection() {
        return connection;
    }

    @Override
    public void setConnection(ClientConnection connection) {
        this.connection = connection;
    }

    @Override
    public Locale resolveLocale(UserModel user) {
        return Locale.ENGLISH;
    }

    @Override
    public AuthenticationSessionModel getAuthenticationSession() {
        return authenticationSession;
    }

    @Override
    public void setAuthenticationSession(AuthenticationSessionModel session) {
        this.authenticationSession = session;
    }

    @Override
    public HttpRequest getHttpRequest() {
        throw new UnsupportedByHost("KeycloakContext.getHttpRequest");
    }

    @Override
    public HttpResponse getHttpResponse() {
        throw new UnsupportedByHost("KeycloakContext.getHttpResponse");
    }

    @Override
    public void setHttpRequest(HttpRequest request) {
        throw new UnsupportedByHost("KeycloakContext.setHttpRequest");
    }

    @Override
    public void setHttpResponse(HttpResponse response) {
        throw new UnsupportedByHost("KeycloakContext.setHttpResponse");
    }

    @Override
    public UserSessionModel getUserSession() {
        return userSession;
    }

    @Override
    public void setUserSession(UserSessionModel session) {
        this.userSession = session;
    }

    @Override
    public Token getBearerToken() {
        return bearerToken;
    }

    @Override
    public void setBearerToken(Token token) {
        this.bearerToken = token;
    }

    @Override
    public UserModel getUser() {
        return userSession == null ? null : userSession.getUser();
    }

    @Override
    public Permissions getPermissions() {
        throw new UnsupportedByHost("KeycloakContext.getPermissions");
    }
}
