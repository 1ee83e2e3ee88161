package gatehouse.idp.login;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.xray.Diagnosis;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code prompt=none} at a connection whose provider may be asked silently: an answer or an error, never a page. */
final class SilentLoginTest {

    private final TestIdp idp = new TestIdp();
    private final TestBrowser browser = idp.browser();

    @AfterEach
    void stop() {
        idp.close();
    }

    @BeforeEach
    void allow() {
        idp.upstream.asksSilently = true;
    }

    private LoginAnswer ask(String email) {
        var asked = TestIdp.asking();
        asked.prompts = Set.of("none");
        asked.loginHint = Optional.of(email);
        return browser.ask(asked.request());
    }

    private void arrive() {
        browser.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
    }

    @Test
    void theProviderIsAskedPassivelyAndItsAnswerSignsIn() {
        assertThat(ask("ada@acme-ads.example")).isInstanceOf(LoginAnswer.Interact.class);
        assertThat(idp.upstream.last().passive()).isTrue();
        assertThat(idp.upstream.last().forceAuthn()).isFalse();

        arrive();

        assertThat(browser.location()).startsWith("/authorize/resume");
        assertThat(browser.resume()).isInstanceOf(LoginOutcome.Finished.class);
    }

    @Test
    void aProviderThatWouldHaveToAskIsAnErrorForTheApplicationAndNoPage() {
        ask("ada@acme-ads.example");
        idp.upstream.refusal = Optional.of(new UpstreamRefusal(TestUpstream.Reason.ACCESS_DENIED,
                Diagnosis.SAML_STATUS_03, UpstreamRefusal.Fault.UPSTREAM, "no passive"));
        arrive();

        assertThat(browser.location()).startsWith("/authorize/resume");
        assertThat(browser.resume()).isInstanceOfSatisfying(LoginOutcome.Denied.class,
                denied -> assertThat(denied.reason()).isEqualTo("login_required"));
        assertThat(browser.cookies).doesNotContainKey("__Host-gh-sid-main");
    }

    @Test
    void aPersonWhoMayNotComeInIsAnErrorForTheApplicationAndNoPage() {
        ask("ada@acme-ads.example");
        idp.upstream.email = Optional.of("grace@globex-media.example");
        arrive();

        assertThat(browser.resume()).isInstanceOfSatisfying(LoginOutcome.Denied.class,
                denied -> assertThat(denied.reason()).isEqualTo("interaction_required"));
        assertThat(idp.users.links).isEmpty();
    }

    @Test
    void consentThatIsMissingAfterwardsIsAnErrorForTheApplicationAndNoPage() {
        var asked = TestIdp.asking();
        asked.prompts = Set.of("none");
        asked.loginHint = Optional.of("ada@acme-ads.example");
        asked.consentScopes = List.of("email");
        browser.ask(asked.request());
        arrive();

        assertThat(browser.resume()).isInstanceOfSatisfying(LoginOutcome.Denied.class,
                denied -> assertThat(denied.reason()).isEqualTo("consent_required"));
    }

    @Test
    void nobodyIsAskedWhereTheConnectionDoesNotSaySoOrTheWayIsNotClear() {
        assertThat(ask("ada@nowhere.example")).isEqualTo(
                new LoginAnswer.NotSilently(LoginAnswer.Need.LOGIN_REQUIRED));
        idp.upstream.asksSilently = false;
        assertThat(ask("ada@acme-ads.example")).isEqualTo(
                new LoginAnswer.NotSilently(LoginAnswer.Need.LOGIN_REQUIRED));
        assertThat(idp.upstream.departures).isEmpty();
    }
}
