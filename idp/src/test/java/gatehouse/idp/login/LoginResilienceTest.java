package gatehouse.idp.login;

import static gatehouse.idp.login.TestIdp.asking;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.login.LoginOutcome.Finished;
import gatehouse.idp.login.LoginOutcome.Gone;
import gatehouse.idp.login.flow.RestartCookie;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.xray.Diagnosis;
import gatehouse.spi.UserId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Back, reload, second tab, waiting, forging: never a dead end, and never a step that was not its turn. */
final class LoginResilienceTest {

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

    @Test
    void aMistypedAddressCanBeChangedFromThePasswordPage() {
        begin();
        browser.submit("identifier", "roto@gatehouse.example");
        assertThat(browser.page()).contains("href=\"" + browser.at() + "?change=identifier\"");
        browser.go(browser.at() + "?change=identifier");
        assertThat(browser.page()).contains("value=\"roto@gatehouse.example\"", "name=\"identifier\"");
        browser.submit("identifier", "root@gatehouse.example").submit("password", "demo-password");
        assertThat(browser.resume()).isInstanceOf(Finished.class);
    }

    @Test
    void thePageThatTheBrowserKeptBehindBackStillTakesAnAddress() {
        begin();
        var kept = browser.tab();
        browser.submit("identifier", "roto@gatehouse.example").submit("password", "wrong");
        kept.submit("identifier", "ada@acme-ads.example");
        assertThat(kept.location()).startsWith("https://idp.example/acme-oidc");
    }

    @Test
    void backFromTheIdentityProviderAsksAgainInsteadOfSendingThereOnceMore() {
        begin();
        var at = browser.at();
        browser.submit("identifier", "ada@acme-ads.example");
        browser.go(at);
        assertThat(browser.page()).contains("name=\"identifier\"", "value=\"ada@acme-ads.example\"");
        assertThat(idp.upstream.departures).hasSize(1);
        browser.submit("identifier", "root@gatehouse.example");
        assertThat(browser.page()).contains("name=\"password\"");
    }

    @Test
    void backFromTheIdentityProviderOfANamedOrganizationOffersToGoOn() {
        var asked = asking();
        asked.organization = Optional.of(TestWorld.ACME);
        browser.ask(asked.request());
        var pattern = Pattern.compile("state=([\\w-]+)").matcher(browser.location());
        assertThat(pattern.find()).isTrue();
        idp.upstream.refusal = Optional.of(new UpstreamRefusal(TestUpstream.Reason.ACCESS_DENIED,
                Diagnosis.OIDC_DENIED_01, UpstreamRefusal.Fault.USER, "You cancelled."));
        browser.go("/login/arrive/acme-oidc?state=" + pattern.group(1));
        var wayOn = Pattern.compile("class=\"button\" href=\"([^\"]+)\"").matcher(browser.page());
        assertThat(wayOn.find()).isTrue();
        browser.go(wayOn.group(1));
        assertThat(browser.page()).contains("acme-oidc name").doesNotContain("name=\"identifier\"");
        idp.upstream.refusal = Optional.empty();
        browser.submit("choice", "acme-oidc");
        browser.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        assertThat(browser.resume()).isInstanceOf(Finished.class);
    }

    @Test
    void reloadingAPageSendsNothingTwice() {
        begin();
        browser.submit("identifier", "root@gatehouse.example").submit("password", "wrong");
        var problem = browser.page();
        var audited = idp.world.audited.size();
        browser.reload();
        assertThat(browser.page()).isEqualTo(problem);
        assertThat(idp.world.audited).hasSize(audited);
    }

    @Test
    void aButtonPressedTwiceEndsInOneLoginAndAWorkingCookie() {
        begin();
        browser.submit("identifier", "root@gatehouse.example");
        var lost = browser.tab();
        lost.submit("password", "demo-password");
        browser.submit("password", "demo-password");
        assertThat(browser.location()).startsWith("/authorize/resume?flow=");
        assertThat(browser.resume()).isInstanceOf(Finished.class);
        assertThat(browser.ask(asking().request())).isInstanceOf(LoginAnswer.Done.class);
        assertThat(idp.stores.sessions().ofUser("main", new UserId("root"), TestBrowser.soon())).hasSize(1);
    }

    @Test
    void twoTabsDoNotDisturbEachOther() {
        begin();
        var second = browser.tab();
        second.ask(asking().request());
        assertThat(second.flow()).isNotEqualTo(browser.flow());
        browser.submit("identifier", "root@gatehouse.example").submit("password", "demo-password");
        assertThat(browser.resume()).isInstanceOf(Finished.class);
        second.cookies.putAll(browser.cookies);
        second.reload();
        assertThat(second.location()).startsWith("/authorize/resume?flow=");
        assertThat(second.resume()).isInstanceOf(Finished.class);
    }

    @Test
    void aTabOfTheSameFlowThatIsBehindIsShownTheCurrentStep() {
        begin();
        var tab = browser.tab();
        browser.submit("identifier", "root@gatehouse.example");
        tab.page();
        var behind = browser.tab();
        browser.submit("password", "wrong");
        behind.submit("password", "demo-password");
        assertThat(behind.page()).contains("name=\"password\"");
        behind.submit("password", "demo-password");
        assertThat(behind.resume()).isInstanceOf(Finished.class);
    }

    @Test
    void afterTenMinutesOfWaitingTheLoginBeginsAnewByItself() {
        begin();
        idp.wait(Duration.ofMinutes(9));
        assertThat(browser.reload().page()).contains("name=\"identifier\"");
        idp.wait(Duration.ofMinutes(11));
        browser.submit("identifier", "ada@acme-ads.example");
        assertThat(browser.status()).isEqualTo(303);
        assertThat(browser.location()).isEqualTo("/authorize?client_id=demo-app&state=xyz");
        assertThat(browser.resume()).isInstanceOf(Gone.class);
    }

    @Test
    void theResumePathOfAGoneFlowBeginsAnew() {
        begin();
        var flow = browser.flow();
        browser.submit("identifier", "root@gatehouse.example").submit("password", "demo-password");
        browser.resume();
        var request = Requests.get("/authorize/resume", "flow=" + flow, Map.of(), browser.headers());
        assertThat(idp.login.resume(flow, request, TestBrowser.soon())).isInstanceOf(Gone.class);
        var restarted = idp.login.restart(request, TestBrowser.soon());
        assertThat(restarted.status()).isEqualTo(303);
        assertThat(restarted.headers()).anyMatch(header -> header.value().startsWith("/authorize?client_id=demo-app"));
    }

    @Test
    void theResumePathOfAnUnfinishedFlowLeadsBackToIt() {
        begin();
        var request = Requests.get("/authorize/resume", "flow=" + browser.flow(), Map.of(), browser.headers());
        assertThat(idp.login.resume(browser.flow(), request, TestBrowser.soon())).isInstanceOf(Gone.class);
        assertThat(idp.login.restart(request, TestBrowser.soon()).headers())
                .anyMatch(header -> header.value().equals("/login/" + browser.flow()));
    }

    @Test
    void withoutTheRestartCookieAPageSaysWhatHappened() {
        begin();
        idp.wait(Duration.ofMinutes(11));
        browser.cookies.remove(RESTART);
        browser.reload();
        assertThat(browser.status()).isEqualTo(410);
        assertThat(browser.page()).contains("LOGIN-EXPIRED-01", "trace-0123456789abcdef");
    }

    @Test
    void anUnknownFlowOffersTheLastLoginThatTheBrowserKnows() {
        begin();
        browser.go("/login/AAAAAAAAAAAAAAAAAAAAAA");
        assertThat(browser.page()).contains("LOGIN-EXPIRED-01", "href=\"/login/again\"");
        browser.go("/login/again");
        assertThat(browser.location()).isEqualTo("/authorize?client_id=demo-app&state=xyz");
    }

    @Test
    void theRestartCookieStaysWithinItsBoundAndSaysNothingInClear() {
        var asked = asking();
        for (int i = 0; i < 8; i++) {
            asked.restartPath = Optional.of("/authorize?state=" + "s".repeat(900));
            browser.ask(asked.request());
            assertThat(browser.cookies.get(RESTART)).hasSizeLessThanOrEqualTo(RestartCookie.LENGTH_MAX)
                    .doesNotContain("authorize");
        }
        asked.restartPath = Optional.of("/authorize?state=" + "s".repeat(5000));
        browser.ask(asked.request());
        assertThat(browser.cookies.get(RESTART)).hasSizeLessThanOrEqualTo(RestartCookie.LENGTH_MAX);
        idp.wait(Duration.ofMinutes(11));
        assertThat(browser.reload().page()).contains("LOGIN-EXPIRED-01", "https://app.example");
    }
}
