package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.Deflater;

/**
 * An organization of its own in a running server, made through the admin API: a domain, a connection to the demo
 * identity provider, somebody there, applications here.
 */
final class Tenant {

    static final String SECRET = "a-secret-of-a-test-0123456789";

    private final String main;
    private final String id;

    private Tenant(String main, String id) {
        this.main = main;
        this.id = id;
    }

    /** Makes it. @param state of its connection */
    static Tenant make(String main, String id, String state) {
        var tenant = new Tenant(main, id);
        tenant.atProvider("/clients", """
                {"client_id":"up-%1$s","client_name":"Up","client_secret":"%2$s",
                 "token_endpoint_auth_method":"client_secret_basic","grant_types":["authorization_code"],
                 "redirect_uris":["%3$s/login/arrive/conn-%1$s"],"scopes":["openid","profile","email"],
                 "first_party":true}""");
        tenant.atProvider("/users", "{\"email\":\"ann@%1$s.example\",\"email_verified\":true,\"password\":\""
                + Browser.PASSWORD + "\"}");
        tenant.here("/organizations", "{\"id\":\"%1$s\",\"display_name\":\"%1$s\"}");
        tenant.here("/domains", "{\"name\":\"%1$s.example\",\"organization\":\"%1$s\",\"verified\":true}");
        tenant.here("/connections", """
                {"id":"conn-%1$s","organization":"%1$s","type":"oidc","display_name":"%1$s","state":"STATE",
                 "settings":{"issuer":"%3$s/realms/demo-idp","client_id":"up-%1$s","client_secret":"%2$s",
                 "token_endpoint_auth_method":"client_secret_basic","scopes":["openid","profile","email"]}}"""
                .replace("STATE", state));
        tenant.here("/clients", """
                {"client_id":"app-%1$s","client_name":"App","client_secret":"%2$s",
                 "token_endpoint_auth_method":"client_secret_post","redirect_uris":["%3$s/demo/callback"],
                 "post_logout_redirect_uris":["%3$s/demo"],
                 "grant_types":["authorization_code","refresh_token"],"first_party":true,
                 "scopes":["openid","email","offline_access"]}""");
        tenant.here("/clients", """
                {"client_id":"service-%1$s","client_name":"Service","client_secret":"%2$s","organization":"%1$s",
                 "token_endpoint_auth_method":"client_secret_post","grant_types":["client_credentials"],
                 "scopes":["api:read"]}""");
        tenant.here("/service-providers", """
                {"entity_id":"https://sp-%1$s.example","display_name":"SP",
                 "assertion_consumer_services":["https://sp-%1$s.example/acs"],"attributes":{"email":"email"}}""");
        return tenant;
    }

    String id() {
        return id;
    }

    String email() {
        return "ann@" + id + ".example";
    }

    String connection() {
        return "conn-" + id;
    }

    String client() {
        return "app-" + id;
    }

    private void atProvider(String path, String document) {
        here(path + "?issuer=demo-idp", document);
    }

    private void here(String path, String document) {
        var made = admin("POST", path, document.formatted(id, SECRET, main));
        assertThat(made.status()).as("%s", made).isEqualTo(201);
    }

    /** A call of the admin API by an operator, whatever the version of what it is about. */
    Answer admin(String method, String path, String body) {
        var browser = new Browser(main);
        return browser.json(method, main + "/admin/v1" + path, body, "Authorization",
                "Bearer " + browser.adminToken(), "If-Match", "*");
    }

    /** The user that came of the person's first sign-in. */
    String userId() {
        for (var user : admin("GET", "/users?email=" + email().replace("@", "%40"), "").json().path("items")) {
            return user.path("id").asText();
        }
        throw new AssertionError(email() + " has not signed in");
    }

    Browser.Asked asked(Browser browser, String scope, Map<String, String> more) {
        var parameters = new LinkedHashMap<>(more);
        parameters.put("scope", scope);
        return browser.ask(main, client(), main + "/demo/callback", parameters);
    }

    /** Signs the person in, up to the first redirect to an address that begins with {@code until}. */
    Answer signIn(Browser browser, Browser.Asked asked, String until) {
        return browser.signIn(new Browser.Asked(asked.url(), until, asked.verifier()), email(), Browser.PASSWORD);
    }

    Answer token(Map<String, String> form) {
        var all = new LinkedHashMap<>(form);
        all.putIfAbsent("client_id", client());
        all.put("client_secret", SECRET);
        return new Browser(main).post(main + "/token", all);
    }

    Answer redeem(Browser.Asked asked, String code) {
        return token(Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", asked.redirectUri(),
                "code_verifier", asked.verifier()));
    }

    /** Where a service provider of SAML sends a browser for a sign-in. */
    String samlRequest() {
        var xml = """
                <samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_%s" Version="2.0" \
                IssueInstant="%s"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">\
                https://sp-%s.example</saml:Issuer></samlp:AuthnRequest>"""
                .formatted(UUID.randomUUID(), Instant.now(), id);
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(xml.getBytes(StandardCharsets.UTF_8));
        deflater.finish();
        var buffer = new byte[4096];
        int length = deflater.deflate(buffer);
        deflater.end();
        var base64 = Base64.getEncoder().encodeToString(Arrays.copyOf(buffer, length));
        return main + "/saml/idp/sso?SAMLRequest="
                + URLEncoder.encode(base64, StandardCharsets.UTF_8);
    }
}
