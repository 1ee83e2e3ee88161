package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A customer's administrator gets from the setup link to an enforced connection with nobody's help. */
class PortalToEnforcementTest {

    private static final Pattern CODE = Pattern.compile("\\b[a-z2-7]{5}(-[a-z2-7]{5}){4}\\b");
    private static final Pattern USER = Pattern.compile("name=\"user\" value=\"([^\"]+)\"");
    private static final Pattern LINK = Pattern.compile("\"url\":\"([^\"]+)\"");
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
    private static final int WRONG_MAX = 10;

    private static RunningServer server;
    private static String main;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
        main = server.url();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The administrator's browser, let in by a link. */
    private static final class Portal {

        private final Browser browser = new Browser(main);
        private final Tenant tenant;
        private final String csrf;

        Portal(Tenant tenant) {
            this.tenant = tenant;
            var issued = tenant.admin("POST", "/organizations/" + tenant.id() + "/setup-links",
                    "{\"contacts\":[\"it@customer.example\"],\"inviter\":\"Nina\",\"intent\":\"sso\"}");
            assertThat(issued.status()).as("%s", issued).isEqualTo(201);
            var link = LINK.matcher(issued.body());
            assertThat(link.find()).as(issued.body()).isTrue();
            assertThat(browser.post(link.group(1), Map.of()).status()).isEqualTo(303);
            var proof = CSRF.matcher(browser.open(main + "/portal", "nowhere:").body());
            assertThat(proof.find()).isTrue();
            csrf = proof.group(1);
        }

        String page(String name) {
            return main + "/portal/connections/" + tenant.connection() + "/" + name;
        }

        Answer show(String name) {
            return browser.get(page(name));
        }

        Answer send(String name, Map<String, String> fields) {
            var all = new LinkedHashMap<>(fields);
            all.put("csrf", csrf);
            return browser.post(page(name), all);
        }

        Answer name(String email) {
            return send("break-glass", Map.of("action", "name", "email", email));
        }

        Answer confirm(String user, String code) {
            return send("break-glass", Map.of("action", "confirm", "user", user, "code", code));
        }

        Answer enforce() {
            return send("enforce", Map.of("action", "enforce", "sure", "yes", "share", "100"));
        }

        void tryOut() {
            var begin = page("test/begin") + "?csrf=" + csrf;
            browser.signIn(new Browser.Asked(begin, page("test/"), ""), tenant.email(), Browser.PASSWORD);
        }

        /** Names {@code email}: its code, and the user it is of. */
        String[] named(String email) {
            var code = code(name(email));
            var user = USER.matcher(show("break-glass").body());
            assertThat(user.find()).isTrue();
            return new String[] {user.group(1), code};
        }
    }

    private static String code(Answer shown) {
        assertThat(shown.status()).as("%s", shown).isEqualTo(200);
        var code = CODE.matcher(shown.body());
        assertThat(code.find()).as(shown.body()).isTrue();
        return code.group();
    }

    private static boolean isLetIn(String email, String password) {
        var browser = new Browser(main);
        var back = browser.signIn(browser.askDemoApp(), email, password);
        return back.location().map(Answer::parameters).filter(to -> to.containsKey("code")).isPresent();
    }

    @Test
    void anAdministratorNamesAWayInTriesItEnforcesAndItOpensOnlyForTheTimeItIsActivated() throws Exception {
        var tenant = Tenant.make(main, "alone", "active");
        var portal = new Portal(tenant);
        portal.tryOut();
        assertThat(portal.show("enforce").body()).contains("href=\"/portal/connections/conn-alone/break-glass\"");
        assertThat(portal.enforce().status()).as("no way in is ready").isEqualTo(409);

        var email = "glass@alone.example";
        var shown = portal.name(email);
        var code = code(shown);
        assertThat(shown.header("cache-control")).contains("no-store");
        var listed = portal.show("break-glass").body();
        assertThat(listed).contains(email).doesNotContain(code);
        assertThat(portal.enforce().status()).as("named, not tried out").isEqualTo(409);

        var user = USER.matcher(listed);
        assertThat(user.find()).isTrue();
        assertThat(portal.confirm(user.group(1), code.substring(1)).status()).isEqualTo(422);
        var confirmed = portal.confirm(user.group(1), code);
        assertThat(confirmed.status()).as("%s", confirmed).isEqualTo(303);
        assertThat(confirmed.location().orElseThrow().toString()).endsWith("/break-glass?done=tried");
        assertThat(portal.confirm(user.group(1), code).status()).as("a second time").isEqualTo(409);

        var enforced = portal.enforce();
        assertThat(enforced.status()).as("%s", enforced).isEqualTo(303);
        assertThat(tenant.admin("GET", "/connections/" + tenant.connection(), "").text("state")).isEqualTo("enforced");
        var audited = tenant.admin("GET", "/audit-events?limit=50", "").body();
        assertThat(audited).contains("breakglass.named", "breakglass.confirmed").doesNotContain(code);

        assertThat(isLetIn(email, code)).as("not activated").isFalse();
        var activated = tenant.admin("POST", "/organizations/alone/break-glass/" + user.group(1)
                + "/activate?seconds=6", "");
        assertThat(activated.status()).as("%s", activated).isEqualTo(200);
        var browser = new Browser(main);
        var asked = browser.askDemoApp();
        var tokens = browser.redeem(main, "demo-app", asked, Browser.code(browser.signIn(asked, email, code)));
        assertThat(tokens.status()).as("%s", tokens).isEqualTo(200);
        assertThat(isLetIn(email, Browser.PASSWORD)).as("another password").isFalse();
        Thread.sleep(Duration.ofMillis(6_200));
        assertThat(isLetIn(email, code)).as("its time is over").isFalse();
        assertThat(browser.refresh(tokens.text("refresh_token")).status()).as("and its session's").isEqualTo(400);
    }

    @Test
    void nobodyIsNamedOutsideTheProvedDomainsOrOfAnotherOrganization() {
        var tenant = Tenant.make(main, "narrow", "active");
        var other = Tenant.make(main, "victim", "active");
        var foreign = other.admin("POST", "/users",
                "{\"email\":\"contractor@narrow.example\",\"organization\":\"victim\",\"password\":\""
                        + Browser.PASSWORD + "\"}");
        assertThat(foreign.status()).isEqualTo(201);
        var portal = new Portal(tenant);
        for (var email : new String[] {"x@elsewhere.example", "x@victim.example", "x@sub.narrow.example",
                "contractor@narrow.example", "x@narrow.example@victim.example", "no address", "",
                "x@" + "a".repeat(240) + ".example"}) {
            var refused = portal.name(email);
            assertThat(refused.status()).as(email).isIn(400, 422);
            assertThat(CODE.matcher(refused.body()).find()).as(email).isFalse();
        }
        assertThat(tenant.admin("GET", "/organizations/narrow", "").json().path("break_glass")).isEmpty();
        assertThat(tenant.admin("GET", "/users?email=x%40narrow.example", "").json().path("items")).isEmpty();
        assertThat(isLetIn("contractor@narrow.example", Browser.PASSWORD)).as("untouched").isTrue();

        assertThat(portal.confirm(foreign.text("id"), Browser.PASSWORD).status()).isEqualTo(404);
    }

    @Test
    void aPasswordIsReplacedOnlyOnDemandAndAtMostTwoAreNamed() {
        var tenant = Tenant.make(main, "asking", "active");
        var email = "there@asking.example";
        assertThat(tenant.admin("POST", "/users", "{\"email\":\"" + email + "\",\"organization\":\"asking\","
                + "\"password\":\"" + Browser.PASSWORD + "\"}").status()).isEqualTo(201);
        var portal = new Portal(tenant);
        var asks = portal.name(email);
        assertThat(asks.status()).isEqualTo(422);
        assertThat(asks.body()).contains("name=\"replace\"");
        assertThat(isLetIn(email, Browser.PASSWORD)).isTrue();
        var code = code(portal.send("break-glass", Map.of("action", "name", "email", email, "replace", "yes")));
        assertThat(isLetIn(email, Browser.PASSWORD)).isFalse();
        assertThat(isLetIn(email, code)).as("not enforced: a password like others").isTrue();

        code(portal.name("Second@ASKING.example"));
        assertThat(portal.name("third@asking.example").status()).isEqualTo(422);
        assertThat(tenant.admin("GET", "/organizations/asking", "").json().path("break_glass")).hasSize(2);
    }

    @Test
    void aNewCodeHasToBeTypedBackAnewAndTheOldOneIsWrong() {
        var tenant = Tenant.make(main, "renewing", "active");
        var portal = new Portal(tenant);
        var first = portal.named("glass@renewing.example");
        assertThat(portal.confirm(first[0], first[1]).status()).isEqualTo(303);
        portal.tryOut();
        var code = code(portal.send("break-glass",
                Map.of("action", "name", "email", "glass@renewing.example", "replace", "yes")));
        assertThat(portal.enforce().status()).as("the new one was not typed back").isEqualTo(409);
        assertThat(portal.confirm(first[0], first[1]).status()).isEqualTo(422);
        assertThat(portal.confirm(first[0], code).status()).isEqualTo(303);
        assertThat(portal.enforce().status()).isEqualTo(303);
    }

    @Test
    void guessingACodeIsLimited() {
        var tenant = Tenant.make(main, "guessing", "active");
        var portal = new Portal(tenant);
        var named = portal.named("glass@guessing.example");
        for (int i = 0; i < WRONG_MAX; i++) {
            assertThat(portal.confirm(named[0], "aaaaa-aaaaa-aaaaa-aaaaa-aaaa" + (char) ('a' + i)).body())
                    .contains("This is not the recovery code");
        }
        var locked = portal.confirm(named[0], named[1]);
        assertThat(locked.status()).as("the right one, too late").isEqualTo(422);
        assertThat(locked.body()).contains("Too many wrong codes").doesNotContain(named[1]);
    }
}
