package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one issuer or organization gives is worth nothing at another, and takes nothing from it. */
class TenantAndIssuerIsolationTest {

    private static final String ADA = "ada@acme-ads.example";
    private static final String GRACE = "grace@globex-media.example";
    private static final String ROOT = "root@gatehouse.example";
    private static RunningServer server;
    private static String main;
    private static String other;
    private static String callback;
    private static String[] admin;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
        main = server.url();
        other = main + "/realms/demo-idp";
        callback = main + "/demo/callback";
        var browser = new Browser(main);
        admin = new String[] {"Authorization", "Bearer " + browser.adminToken()};
        make("/clients?issuer=demo-idp", publicClient("other-app", ""));
        make("/clients?issuer=demo-idp", """
                {"client_id":"other-service","client_name":"Other","client_secret":"other-service-secret-0123456789",
                 "token_endpoint_auth_method":"client_secret_basic","grant_types":["client_credentials"]}""");
        make("/clients", publicClient("acme-app", "\"organization\":\"acme-ads\","));
    }

    private static String publicClient(String id, String more) {
        return """
                {"client_id":"%s","client_name":"%s",%s"token_endpoint_auth_method":"none","redirect_uris":["%s"],
                 "grant_types":["authorization_code","refresh_token"],"first_party":true,
                 "scopes":["openid","profile","email","offline_access","api:read"]}""".formatted(id, id, more, callback);
    }

    private static void make(String path, String document) {
        var answer = new Browser(main).json("POST", main + "/admin/v1" + path, document, admin);
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer tokensAtOther(Browser browser) {
        var asked = browser.ask(other, "other-app", callback, Map.of());
        var tokens = browser.redeem(other, "other-app", asked,
                Browser.code(browser.signIn(asked, ADA, Browser.PASSWORD)));
        assertThat(tokens.status()).as("%s", tokens).isEqualTo(200);
        return tokens;
    }

    private static Answer introspectAtOther(Browser browser, String token) {
        return browser.post(other + "/introspect", Map.of("token", token),
                browser.basic("other-service", "other-service-secret-0123456789"));
    }

    private static Answer refreshAt(String issuer, String client, String token) {
        return new Browser(main).post(issuer + "/token",
                Map.of("grant_type", "refresh_token", "client_id", client, "refresh_token", token));
    }

    @Test
    void tokensOfTheOtherIssuerAreWorthNothingHereAndLiveOnThere() {
        var browser = new Browser(main);
        var tokens = tokensAtOther(browser);
        var access = tokens.text("access_token");
        var refresh = tokens.text("refresh_token");

        assertThat(browser.userInfo(access).status()).isEqualTo(401);
        assertThat(browser.introspect(access).body()).isEqualTo("{\"active\":false}");
        assertThat(browser.introspect(refresh).body()).isEqualTo("{\"active\":false}");
        assertThat(browser.get(main + "/demo/api/hello", "Authorization", "Bearer " + access).status()).isEqualTo(401);
        assertThat(browser.get(main + "/admin/v1/clients", "Authorization", "Bearer " + access).status())
                .isEqualTo(401);
        assertThat(refreshAt(main, "demo-app", refresh).text("error")).isEqualTo("invalid_grant");
        assertThat(refreshAt(main, "other-app", refresh).text("error")).isEqualTo("invalid_client");
        assertThat(browser.post(main + "/revoke", Map.of("token", refresh, "client_id", "demo-app")).status())
                .isEqualTo(200);
        assertThat(browser.get(main + "/logout?id_token_hint=" + tokens.text("id_token")).location()).isEmpty();

        assertThat(introspectAtOther(browser, access).json().path("active").asBoolean()).isTrue();
        assertThat(refreshAt(other, "other-app", refresh).status()).isEqualTo(200);
    }

    @Test
    void tokensOfThisIssuerAreWorthNothingThereAndLiveOnHere() {
        var browser = new Browser(main);
        var tokens = browser.tokensOf(ROOT);
        var access = tokens.text("access_token");
        var refresh = tokens.text("refresh_token");

        assertThat(browser.get(other + "/userinfo", "Authorization", "Bearer " + access).status()).isEqualTo(401);
        assertThat(introspectAtOther(browser, access).body()).isEqualTo("{\"active\":false}");
        assertThat(introspectAtOther(browser, refresh).body()).isEqualTo("{\"active\":false}");
        assertThat(refreshAt(other, "other-app", refresh).text("error")).isEqualTo("invalid_grant");
        assertThat(browser.post(other + "/revoke", Map.of("token", refresh, "client_id", "other-app")).status())
                .isEqualTo(200);

        assertThat(browser.introspect(access).json().path("active").asBoolean()).isTrue();
        assertThat(refreshAt(main, "demo-app", refresh).status()).isEqualTo(200);
    }

    @Test
    void aCodeIsRedeemedAtItsOwnIssuerOnly() {
        var browser = new Browser(main);
        browser.tokensOf(ROOT);
        tokensAtOther(browser);
        var here = browser.askDemoApp();
        var there = browser.ask(other, "other-app", callback, Map.of());

        assertThat(browser.redeem(other, "other-app", here, Browser.code(browser.get(here.url()))).text("error"))
                .isEqualTo("invalid_grant");
        assertThat(browser.redeem(main, "demo-app", there, Browser.code(browser.get(there.url()))).text("error"))
                .isEqualTo("invalid_grant");
    }

    @Test
    void aSessionCookieUnderTheOtherIssuersNameIsNoSession() {
        var there = new Browser(main);
        tokensAtOther(there);
        var here = new Browser(main);
        here.tokensOf(ROOT);
        assertThat(there.cookies().keySet()).anyMatch(name -> name.contains("-demo-idp"));

        assertThat(silentAt(main, "demo-app", renamed(there, "-demo-idp", "-main"))).isEqualTo("login_required");
        assertThat(silentAt(other, "other-app", renamed(here, "-main", "-demo-idp"))).isEqualTo("login_required");
        assertThat(silentAt(main, "demo-app", here)).isNull();
        assertThat(silentAt(other, "other-app", there)).isNull();
    }

    private static Browser renamed(Browser from, String was, String is) {
        var thief = new Browser(main);
        from.cookies().forEach((name, value) -> thief.cookies().put(name.replace(was, is), value));
        return thief;
    }

    private static String silentAt(String issuer, String client, Browser browser) {
        return browser.get(browser.ask(issuer, client, callback, Map.of("prompt", "none")).url())
                .redirectParameters().get("error");
    }

    @Test
    void clientsAreKnownAtTheirOwnIssuerOnly() {
        var browser = new Browser(main);

        assertThat(browser.get(browser.ask(other, "demo-app", callback, Map.of()).url()).status()).isEqualTo(400);
        assertThat(browser.get(browser.ask(main, "other-app", callback, Map.of()).url()).status()).isEqualTo(400);
        var service = browser.post(other + "/token", Map.of("grant_type", "client_credentials"),
                browser.basic("demo-service", "demo-service-secret"));
        assertThat(service.text("error")).isEqualTo("invalid_client");
        assertThat(browser.clientTokenAnswer("other-service", "other-service-secret-0123456789").text("error"))
                .isEqualTo("invalid_client");
    }

    @Test
    void anAdministratorEndsSessionsOfTheIssuerThatIsNamed() {
        var browser = new Browser(main);
        var access = browser.tokensOf(ROOT).text("access_token");
        var introspected = browser.introspect(access);
        var session = introspected.text("sid");
        assertThat(session).as("%s", introspected).isNotEmpty();

        browser.json("DELETE", main + "/admin/v1/sessions/" + session + "?issuer=demo-idp", "", admin);
        assertThat(browser.introspect(access).json().path("active").asBoolean()).isTrue();
        var ended = browser.json("DELETE", main + "/admin/v1/sessions/" + session, "", admin);
        assertThat(ended.status()).as("%s", ended).isEqualTo(204);
        assertThat(browser.introspect(access).json().path("active").asBoolean()).isFalse();
    }

    @Test
    void anOrganizationsClientTakesItsOwnPeopleAndNobodyElse() {
        var own = new Browser(main);
        var asked = own.ask(main, "acme-app", callback, Map.of());
        var code = Browser.code(own.signIn(asked, ADA, Browser.PASSWORD));
        assertThat(own.redeem(main, "acme-app", asked, code).status()).isEqualTo(200);

        // The organization's provider lets Grace in, but her address is not in the organization's domains.
        var fresh = new Browser(main);
        var refused = fresh.signIn(fresh.ask(main, "acme-app", callback, Map.of()), GRACE, Browser.PASSWORD);
        assertThat(refused.location().map(Answer::parameters).orElse(Map.of())).as("%s", refused)
                .doesNotContainKey("code");
        assertThat(refused.body()).contains("Error");
        for (var stranger : new String[] {ROOT, GRACE}) {
            var signedIn = new Browser(main);
            assertThat(signedIn.tokensOf(stranger).status()).isEqualTo(200);
            assertThat(silentAt(main, "acme-app", signedIn)).as("silently, for %s", stranger).isNotNull();
        }
    }
}
