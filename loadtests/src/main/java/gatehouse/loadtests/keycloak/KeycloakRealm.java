package gatehouse.loadtests.keycloak;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.loadtests.upstream.Upstream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The realm that the journeys run in, as an import file: one pair of clients per signature algorithm, people with
 * passwords at the realm's default hash, and the driver's upstream by SAML and by OpenID Connect.
 */
final class KeycloakRealm {

    static final String NAME = "loadtest";
    static final List<String> ALGORITHMS = List.of("ES256", "RS256");

    private static final int PEOPLE = 64;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Upstream upstream;

    KeycloakRealm(Upstream upstream) {
        this.upstream = upstream;
    }

    String importFile() {
        var realm = JSON.createObjectNode().put("realm", NAME).put("enabled", true).put("sslRequired", "none");
        keys(realm.putObject("components").putArray("org.keycloak.keys.KeyProvider"));
        var clients = realm.putArray("clients");
        for (var algorithm : ALGORITHMS) {
            service(clients.addObject(), algorithm);
            app(clients.addObject(), algorithm);
        }
        var users = realm.putArray("users");
        for (var number = 0; number < PEOPLE; number++) {
            user(users.addObject(), number);
        }
        brokers(realm);
        return realm.toPrettyString();
    }

    private void brokers(ObjectNode realm) {
        var identityProviders = realm.putArray("identityProviders");
        saml(identityProviders.addObject());
        openId(identityProviders.addObject());
        var mappers = realm.putArray("identityProviderMappers");
        for (var attribute : List.of("email", "firstName", "lastName")) {
            var mapper = mappers.addObject().put("name", attribute).put("identityProviderAlias", "driver-saml")
                .put("identityProviderMapper", "saml-user-attribute-idp-mapper");
            config(mapper, Map.of("attribute.name", attribute, "user.attribute", attribute, "syncMode", "INHERIT"));
        }
    }

    /** The kinds of key that a new realm gets by itself, and one for ES256. */
    private static void keys(ArrayNode providers) {
        key(providers.addObject(), "rsa-generated", Map.of("priority", "100"));
        key(providers.addObject(), "rsa-enc-generated", Map.of("priority", "100", "algorithm", "RSA-OAEP"));
        key(providers.addObject(), "ecdsa-generated", Map.of("priority", "100", "ecdsaEllipticCurveKey", "P-256"));
        key(providers.addObject(), "hmac-generated", Map.of("priority", "100", "algorithm", "HS512"));
        key(providers.addObject(), "aes-generated", Map.of("priority", "100"));
    }

    private static void key(ObjectNode component, String providerId, Map<String, String> settings) {
        component.put("name", providerId).put("providerId", providerId);
        var config = component.putObject("config");
        settings.forEach((name, value) -> config.putArray(name).add(value));
    }

    private static void service(ObjectNode client, String algorithm) {
        client.put("clientId", "service-" + algorithm.toLowerCase(Locale.ROOT)).put("secret", "service-secret")
            .put("enabled", true).put("publicClient", false).put("clientAuthenticatorType", "client-secret")
            .put("serviceAccountsEnabled", true).put("standardFlowEnabled", false)
            .putObject("attributes").put("access.token.signed.response.alg", algorithm);
    }

    private static void app(ObjectNode client, String algorithm) {
        client.put("clientId", "app-" + algorithm.toLowerCase(Locale.ROOT)).put("enabled", true)
            .put("publicClient", true).put("standardFlowEnabled", true)
            .putArray("redirectUris").add("http://localhost/callback");
        client.putObject("attributes").put("pkce.code.challenge.method", "S256")
            .put("access.token.signed.response.alg", algorithm).put("id.token.signed.response.alg", algorithm);
        // Who introspects a token must be in its audience.
        var audience = client.putArray("protocolMappers").addObject().put("name", "service")
            .put("protocol", "openid-connect").put("protocolMapper", "oidc-audience-mapper");
        config(audience, Map.of("included.client.audience", "service-" + algorithm.toLowerCase(Locale.ROOT),
            "access.token.claim", "true", "introspection.token.claim", "true"));
    }

    private static void user(ObjectNode user, int number) {
        user.put("username", "user-" + number).put("enabled", true).put("email", "user-" + number + "@load.example")
            .put("emailVerified", true).put("firstName", "Load").put("lastName", "Tester");
        user.putArray("credentials").addObject().put("type", "password").put("value", "demo-password")
            .put("temporary", false);
    }

    private void saml(ObjectNode provider) {
        provider.put("alias", "driver-saml").put("providerId", "saml").put("enabled", true).put("trustEmail", true)
            .put("firstBrokerLoginFlowAlias", "first broker login");
        config(provider, Map.ofEntries(
            Map.entry("idpEntityId", upstream.samlEntityId()),
            Map.entry("singleSignOnServiceUrl", upstream.samlSingleSignOn()),
            Map.entry("signingCertificate", upstream.samlCertificate()),
            Map.entry("validateSignature", "true"),
            Map.entry("wantAssertionsSigned", "true"),
            Map.entry("wantAuthnRequestsSigned", "true"),
            Map.entry("signatureAlgorithm", "RSA_SHA256"),
            Map.entry("postBindingResponse", "true"),
            Map.entry("postBindingAuthnRequest", "false"),
            Map.entry("nameIDPolicyFormat", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"),
            Map.entry("principalType", "SUBJECT"),
            Map.entry("syncMode", "IMPORT")));
    }

    private void openId(ObjectNode provider) {
        var issuer = upstream.openIdIssuer();
        provider.put("alias", "driver-oidc").put("providerId", "oidc").put("enabled", true).put("trustEmail", true)
            .put("firstBrokerLoginFlowAlias", "first broker login");
        config(provider, Map.ofEntries(
            Map.entry("issuer", issuer),
            Map.entry("authorizationUrl", issuer + "/authorize"),
            Map.entry("tokenUrl", issuer + "/token"),
            Map.entry("jwksUrl", issuer + "/jwks"),
            Map.entry("useJwksUrl", "true"),
            Map.entry("validateSignature", "true"),
            Map.entry("clientId", "keycloak"),
            Map.entry("clientSecret", "keycloak-secret"),
            Map.entry("clientAuthMethod", "client_secret_basic"),
            Map.entry("pkceEnabled", "true"),
            Map.entry("pkceMethod", "S256"),
            Map.entry("defaultScope", "openid email profile"),
            Map.entry("disableUserInfo", "true"),
            Map.entry("syncMode", "IMPORT")));
    }

    private static void config(ObjectNode owner, Map<String, String> settings) {
        var config = owner.putObject("config");
        settings.forEach(config::put);
    }
}
