package gatehouse.idp.portal;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.e2e.RunningServer;
import gatehouse.idp.tenancy.SetupIntent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every route of the portal, by the list that serves them, with URL, cookie, form and link in disagreement: nothing is
 * shown, and nothing changes.
 */
class PortalIsolationTest {

    private static final List<PortalRoutes.Portal> ROUTES = new PortalRoutes(new PortalParts(null, null, null, null, null, null, null,
            null, null, null, null, null, null, null, null, null, null, null, null, null), null).all();

    private static RunningServer server;
    private static final Map<SetupIntent, Customer> ACME = new LinkedHashMap<>();
    private static Customer globex;
    private static String globexTrial;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
        for (var intent : SetupIntent.values()) {
            ACME.put(intent, new Customer(server.url()).enter("acme-ads", "\"intent\":\"" + intent.wireName() + "\""
                    + (intent == SetupIntent.CERTIFICATE_RENEWAL ? ",\"connection\":\"acme-oidc\"" : "")));
        }
        globex = new Customer(server.url()).enter("globex-media", "\"intent\":\"sso\"");
        globex.get("/portal/connections/globex-saml/test/begin?csrf=" + globex.csrf());
        var page = globex.get("/portal/connections/globex-saml/test").body();
        globexTrial = page.replaceFirst("(?s)^.*/globex-saml/test/([A-Za-z0-9_-]{22})\".*$", "$1");
        assertThat(globexTrial).matches("[A-Za-z0-9_-]{22}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String at(PortalRoutes.Portal route, String connection) {
        return route.path().replace("{connection}", connection).replace("{trial}", globexTrial)
                .replace("{attempt}", globexTrial);
    }

    /** What there is of both organizations, as their operator sees it. */
    private static String state() {
        var all = new StringBuilder();
        for (var path : List.of("/connections", "/domains", "/users", "/organizations")) {
            var answer = globex.admin("GET", path, "");
            assertThat(answer.status()).isEqualTo(200);
            all.append(answer.body());
        }
        return all.toString();
    }

    private static Customer.Answer call(Customer by, PortalRoutes.Portal route, String path, String csrf) {
        var form = new LinkedHashMap<>(Map.of("action", "suspend", "how", "values", "name", "globex-media.example",
                "provider", "okta saml", "step", "test", "contact", "x", "language", "de", "sure", "yes", "fix", "0"));
        form.put("csrf", csrf);
        return route.method().equals("POST") ? by.post(path, form) : by.get(path + "?csrf=" + csrf);
    }

    @TestFactory
    Stream<DynamicTest> noRouteOpensAnotherOrganizationsConnection() {
        var tests = new ArrayList<DynamicTest>();
        for (var route : ROUTES) {
            if (!route.path().contains("{connection}")) {
                continue;
            }
            ACME.forEach((intent, acme) -> tests.add(DynamicTest.dynamicTest(
                    route.method() + " " + route.path() + " by a link for " + intent.wireName(), () -> {
                        var before = state();
                        var answer = call(acme, route, at(route, "globex-saml"), acme.csrf());
                        assertThat(answer.status()).isEqualTo(route.intents().contains(intent) ? 404 : 403);
                        assertThat(answer.body()).doesNotContain("Globex", "globex-saml", "globex-media");
                        assertThat(state()).isEqualTo(before);
                    })));
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> noRouteTakesAFormThatWasMadeForAnotherSession() {
        return ROUTES.stream().filter(route -> route.method().equals("POST") || route.path().endsWith("/begin"))
                .map(route -> DynamicTest.dynamicTest(route.method() + " " + route.path(), () -> {
                    var before = state();
                    var acme = ACME.get(SetupIntent.SSO);
                    for (var csrf : List.of("", globex.csrf(), acme.csrf() + "A")) {
                        var answer = call(acme, route, at(route, "acme-oidc"), csrf);
                        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
                    }
                    assertThat(state()).isEqualTo(before);
                }));
    }

    @TestFactory
    Stream<DynamicTest> noRouteOpensWithoutASessionOrWithOneOfAnotherIssuer() {
        return ROUTES.stream().map(route -> DynamicTest.dynamicTest(route.method() + " " + route.path(), () -> {
            var before = state();
            var acme = ACME.get(SetupIntent.SSO);
            var csrf = acme.csrf();
            assertThat(call(new Customer(server.url()), route, at(route, "acme-oidc"), csrf).status()).isEqualTo(401);
            var elsewhere = new Customer(server.url());
            acme.cookies.forEach((name, value) -> elsewhere.cookies.put(name.replace("-main", "-demo-idp"), value));
            assertThat(call(elsewhere, route, "/realms/demo-idp" + at(route, "acme-oidc"), csrf).status())
                    .isEqualTo(401);
            assertThat(state()).isEqualTo(before);
        }));
    }

    @Test
    void aTrialOfAnotherOrganizationIsNotFoundUnderTheOwnConnectionEither() {
        var acme = ACME.get(SetupIntent.SSO);
        assertThat(globex.get("/portal/connections/globex-saml/test/" + globexTrial).status()).isEqualTo(200);
        assertThat(acme.get("/portal/connections/acme-oidc/test/" + globexTrial).status()).isEqualTo(404);
        assertThat(acme.get("/portal/connections/acme-oidc/attempts/" + globexTrial).status()).isEqualTo(404);
    }

    @Test
    void aDomainOfAnotherOrganizationCannotBeReleasedOrTaken() {
        var acme = ACME.get(SetupIntent.DOMAIN);
        var before = state();
        assertThat(acme.submit("/portal/domains", Map.of("action", "release", "name", "globex-media.example", "sure",
                "yes")).status()).isEqualTo(404);
        assertThat(acme.submit("/portal/domains", Map.of("action", "check", "name", "globex-media.example")).status())
                .isEqualTo(404);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void theListHasEveryStepAndNoRouteIsForNobody() {
        assertThat(ROUTES).allSatisfy(route -> assertThat(route.intents()).isNotEmpty());
        for (var step : Step.values()) {
            assertThat(ROUTES).anySatisfy(route ->
                    assertThat(route.path()).isEqualTo("/portal/connections/{connection}/" + step.slug()));
        }
    }
}
