package gatehouse.idp.login;

import static gatehouse.idp.login.TestIdp.asking;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.login.LoginOutcome.Finished;
import gatehouse.idp.login.LoginOutcome.Gone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Forged, foreign and misplaced input: nothing is changed by it, and no step is reached by it. */
final class LoginForgeryTest {

    private static final String RESTART = "__Host-gh-restart-main";
    private static final String BROWSER = "__Host-gh-browser-main";

    private final TestIdp idp = new TestIdp();
    private final TestBrowser browser = idp.browser();

    @AfterEach
    void stop() {
        idp.close();
    }

    private void begin() {
        browser.ask(asking().request());
    }

    private static String stepOf(TestBrowser at) {
        var matcher = Pattern.compile("name=\"step\" value=\"([^\"]+)\"").matcher(at.page());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    /** Another value: the last character of base64url may hold bits that mean nothing, the tenth does not. */
    private static String swapped(String cookie) {
        return cookie.substring(0, 10) + (cookie.charAt(10) == 'A' ? 'B' : 'A') + cookie.substring(11);
    }

    @Test
    void aRestartCookieThatIsNotOursIsNotBelieved() {
        begin();
        idp.wait(Duration.ofMinutes(11));
        for (var forged : new String[] {"", "x", "eyJlbnRyaWVzIjpbXX0", "%%%", "A".repeat(4000),
            swapped(browser.cookies.get(RESTART))}) {
            browser.cookies.put(RESTART, forged);
            assertThat(browser.reload().status()).isEqualTo(410);
        }
    }

    @Test
    void aFlowIsRefusedInAnotherBrowser() {
        begin();
        var other = idp.browser();
        other.go(browser.at());
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.page()).contains("LOGIN-BROWSER-01", "https://app.example").doesNotContain("state=xyz");
        other.ask(asking().request());
        other.go(browser.at());
        assertThat(other.page()).contains("LOGIN-BROWSER-01");
        assertThat(idp.login.resume(browser.flow(), Requests.get("/r", other.headers()), TestBrowser.soon()))
                .isInstanceOf(Gone.class);
        browser.submit("identifier", "root@gatehouse.example");
        assertThat(browser.page()).contains("name=\"password\"");
    }

    @Test
    void aFinishedFlowIsNotHandedToAnotherBrowser() {
        begin();
        browser.submit("identifier", "root@gatehouse.example").submit("password", "demo-password");
        var thief = idp.browser();
        thief.ask(asking().request());
        assertThat(idp.login.resume(browser.flow(), Requests.get("/r", thief.headers()), TestBrowser.soon()))
                .isInstanceOf(Gone.class);
        assertThat(browser.resume()).isInstanceOf(Finished.class);
    }

    @Test
    void anEmptyOrTamperedPostChangesNothing() {
        begin();
        var path = browser.at();
        for (var form : List.<Map<String, String>>of(Map.of(), Map.of("identifier", "root@gatehouse.example"),
            Map.of("step", "", "identifier", "root@gatehouse.example"),
            Map.of("step", "identifier.0.AAAAAAAAAAAAAAAAAAAAAA", "identifier", "root@gatehouse.example"),
            Map.of("step", stepOf(browser).replace("identifier", "consent"), "action", "allow"),
            Map.of("step", stepOf(browser).replace(".0.", ".1."), "action", "continue"),
            Map.of("step", "......", "action", "cancel"), Map.of("step", "x.99999999999.y", "action", "cancel"))) {
            var tab = browser.tab();
            tab.post(path, browser.headers(), form);
            assertThat(tab.status()).as(form.toString()).isEqualTo(400);
            assertThat(tab.page()).contains("LOGIN-STEP-01", "href=\"" + path + "\"");
        }
        browser.reload();
        assertThat(browser.page()).contains("name=\"identifier\"", "value=\"\"");
    }

    @Test
    void aTokenOfOneFlowIsWorthNothingInAnother() {
        begin();
        var token = stepOf(browser);
        var second = browser.tab();
        second.ask(asking().request());
        second.post(second.at(), second.headers(), Map.of("step", token, "identifier", "root@gatehouse.example"));
        assertThat(second.page()).contains("LOGIN-STEP-01");
    }

    @Test
    void noStepIsReachedWithoutTheOneBeforeIt() {
        var asked = asking();
        asked.consentScopes = List.of("email");
        browser.ask(asked.request());
        var token = stepOf(browser);
        browser.post(browser.at(), browser.headers(),
                Map.of("step", token, "password", "demo-password", "action", "allow"));
        assertThat(browser.page()).contains("name=\"identifier\"", "Error:");
        browser.submit("identifier", "root@gatehouse.example", "action", "allow", "password", "demo-password");
        assertThat(browser.page()).contains("name=\"password\"").doesNotContain("asks for access");
        assertThat(browser.resume()).isInstanceOf(Gone.class);
    }

    @Test
    void whatIsNoAddressIsSaidSo() {
        begin();
        for (var wrong : new String[] {"", "   ", "ada", "ada@", "@acme-ads.example", "a b@acme-ads.example",
            "ada@acme_ads!.example", "x".repeat(250) + "@a.example", "ada@-a.example", "ada\r\nx@acme-ads.example"}) {
            browser.submit("identifier", wrong);
            assertThat(browser.page()).as(wrong).contains("Error:", "role=\"alert\"", "name=\"identifier\"");
        }
    }

    @Test
    void someoneElsesBrowserCookieIsNotAccepted() {
        browser.cookies.put(BROWSER, "short");
        begin();
        assertThat(browser.cookies.get(BROWSER)).hasSize(43);
    }
}
