package gatehouse.idp.oauth.testkit;

import com.nimbusds.jose.jwk.JWKSet;
import gatehouse.idp.client.Client;
import gatehouse.idp.client.ClientSecret;
import gatehouse.idp.keys.SigningAlgorithm;
import gatehouse.spi.ClientId;
import gatehouse.spi.Issuer;
import gatehouse.spi.OrganizationId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A client in the making: a test sets what it is about and leaves the rest. */
public final class ClientDraft {

    private final String id;
    private String issuer = Issuer.ROOT;
    private Optional<OrganizationId> organization = Optional.empty();
    private List<String> redirectUris = List.of(TestClients.REDIRECT);
    private Set<String> grantTypes = Set.of("authorization_code", "refresh_token", "client_credentials");
    private Set<String> scopes = Set.of("openid", "profile", "email", "offline_access", "api:read", "api:write");
    private String method = "none";
    private List<ClientSecret> secrets = List.of();
    private Optional<JWKSet> jwks = Optional.empty();
    private Optional<URI> jwksUri = Optional.empty();
    private SigningAlgorithm idToken = SigningAlgorithm.ES256;
    private SigningAlgorithm accessToken = SigningAlgorithm.ES256;
    private List<String> audience = List.of("https://api.example");
    private Optional<Duration> accessTokenLifetime = Optional.empty();
    private boolean firstParty = true;
    private boolean enabled = true;

    public ClientDraft(String id) {
        this.id = id;
    }

    public ClientDraft at(Issuer value) {
        issuer = value.name();
        return this;
    }

    public ClientDraft of(OrganizationId value) {
        organization = Optional.of(value);
        return this;
    }

    public ClientDraft redirectingTo(String... uris) {
        redirectUris = List.of(uris);
        return this;
    }

    public ClientDraft grants(String... types) {
        grantTypes = Set.of(types);
        return this;
    }

    public ClientDraft scopes(String... values) {
        scopes = Set.of(values);
        return this;
    }

    public ClientDraft method(String name) {
        method = name;
        return this;
    }

    public ClientDraft secrets(ClientSecret... values) {
        secrets = List.of(values);
        return this;
    }

    public ClientDraft keys(JWKSet value) {
        jwks = Optional.of(value);
        return this;
    }

    public ClientDraft keysAt(String uri) {
        jwksUri = Optional.of(URI.create(uri));
        return this;
    }

    public ClientDraft signedWith(SigningAlgorithm forIdToken, SigningAlgorithm forAccessToken) {
        idToken = forIdToken;
        accessToken = forAccessToken;
        return this;
    }

    public ClientDraft audience(String... values) {
        audience = List.of(values);
        return this;
    }

    public ClientDraft accessTokenLifetime(Duration value) {
        accessTokenLifetime = Optional.of(value);
        return this;
    }

    public ClientDraft thirdParty() {
        firstParty = false;
        return this;
    }

    public ClientDraft disabled() {
        enabled = false;
        return this;
    }

    public Client make() {
        return new Client(new ClientId(id), issuer, organization, "The " + id,
                Optional.of(URI.create("https://app.example/")),
                redirectUris, List.of(TestClients.AFTER_LOGOUT), grantTypes, scopes, method, secrets, jwks, jwksUri,
                        idToken,
                accessToken, audience, accessTokenLifetime, firstParty, enabled, 1);
    }
}
