package gatehouse.idp.login;

import static gatehouse.idp.login.TestIdp.asking;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.login.LoginAnswer.Done;
import gatehouse.idp.login.LoginAnswer.Need;
import gatehouse.idp.login.LoginAnswer.NotSilently;
import gatehouse.idp.login.LoginOutcome.Denied;
import gatehouse.idp.login.LoginOutcome.Finished;
import gatehouse.idp.login.account.AcrPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an application may ask of a login: silence, freshness, classes, an organization, a user, consent. */
final class LoginWishesTest {

    private final TestIdp idp = new TestIdp();
    private final TestBrowser browser = idp.browser();

    @AfterEach
    void stop() {
        idp.close();
    }

    @Test
    void aHintThatDecidesIsLeftForAtOnceAndOneThatDoesNotIsFilledIn() {
        var asked = asking();
        asked.loginHint = Optional.of("ada@acme-ads.example");
        browser.ask(asked.request());
        assertThat(browser.location()).startsWith("https://idp.example/acme-oidc");
        asked.loginHint = Optional.of("root@gatehouse.example");
        var other = idp.browser();
        other.ask(asked.request());
        assertThat(other.page()).contains("value=\"root@gatehouse.example\"", "name=\"identifier\"");
    }

    @Test
    void selectAccountIsRespectedEvenIfTheHintDecides() {
        var asked = asking();
        asked.loginHint = Optional.of("ada@acme-ads.example");
        asked.prompts = Set.of("select_account");
        browser.ask(asked.request());
        assertThat(browser.page()).contains("name=\"identifier\"", "value=\"ada@acme-ads.example\"");
        browser.submit("identifier", "ada@acme-ads.example");
        assertThat(idp.upstream.last().forceAuthn()).isTrue();
        browser.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        browser.session();
    }

    @Test
    void silenceIsKept() {
        var asked = asking();
        asked.prompts = Set.of("none");
        assertThat(browser.ask(asked.request())).isEqualTo(new NotSilently(Need.LOGIN_REQUIRED));
        browser.signInAda();
        assertThat(browser.ask(asked.request())).isInstanceOf(Done.class);
        asked.consentScopes = List.of("email");
        assertThat(browser.ask(asked.request())).isEqualTo(new NotSilently(Need.CONSENT_REQUIRED));
        asked.consentScopes = List.of();
        asked.maxAge = Optional.of(Duration.ofSeconds(5));
        idp.wait(Duration.ofSeconds(6));
        assertThat(browser.ask(asked.request())).isEqualTo(new NotSilently(Need.LOGIN_REQUIRED));
        asked.maxAge = Optional.empty();
        asked.acrValues = List.of("urn:wanted");
        assertThat(browser.ask(asked.request())).isInstanceOf(Done.class);
    }

    @Test
    void promptLoginAsksTheProviderToAskAgainAndRenewsTheSessionUnderANewCookie() {
        var before = browser.signInAda();
        var cookie = browser.cookies.get("__Host-gh-sid-main");
        idp.wait(Duration.ofMinutes(5));
        var asked = asking();
        asked.prompts = Set.of("login");
        browser.ask(asked.request());
        assertThat(idp.upstream.last().forceAuthn()).isTrue();
        browser.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        var after = browser.session();
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.authentication().authTime()).isEqualTo(idp.now);
        assertThat(browser.cookies.get("__Host-gh-sid-main")).isNotEqualTo(cookie);
        assertThat(idp.stores.sessions().find(cookie, TestBrowser.soon())).isEmpty();
    }

    @Test
    void aProviderThatDidNotAskAgainIsRefused() {
        browser.signInAda();
        idp.wait(Duration.ofMinutes(5));
        var asked = asking();
        asked.prompts = Set.of("login");
        browser.ask(asked.request());
        idp.upstream.authTime = Optional.of(idp.now.minus(Duration.ofMinutes(3)));
        browser.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        assertThat(browser.page()).contains("LOGIN-AGE-01");
    }

    @Test
    void maxAgeReauthenticatesALocalUserByPassword() {
        browser.signInRoot();
        idp.wait(Duration.ofMinutes(2));
        var asked = asking();
        asked.maxAge = Optional.of(Duration.ofMinutes(3));
        assertThat(browser.ask(asked.request())).isInstanceOf(Done.class);
        asked.maxAge = Optional.of(Duration.ofMinutes(1));
        browser.ask(asked.request());
        assertThat(browser.page()).contains("name=\"password\"", "root@gatehouse.example", "change=identifier");
        browser.submit("password", "demo-password");
        assertThat(browser.session().authentication().authTime()).isEqualTo(idp.now);
    }

    @Test
    void aWantedClassIsPassedOnAndTakenOverOnlyIfItWasWanted() {
        var asked = asking();
        asked.acrValues = List.of("urn:wanted", AcrPolicy.FEDERATED);
        idp.upstream.acr = Optional.of("urn:wanted");
        asked.loginHint = Optional.of("ada@acme-ads.example");
        browser.ask(asked.request());
        assertThat(idp.upstream.last().acrValues()).containsExactly("urn:wanted");
        browser.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        assertThat(browser.session().authentication().acr()).isEqualTo("urn:wanted");

        var other = idp.browser();
        idp.upstream.acr = Optional.of(AcrPolicy.PASSWORD);
        asked.acrValues = List.of(AcrPolicy.PASSWORD);
        other.ask(asked.request());
        other.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        assertThat(other.session().authentication().acr()).isEqualTo(AcrPolicy.FEDERATED);
    }

    @Test
    void aSessionOfAnotherOrganizationIsNotTheOneThatWasAskedFor() {
        browser.signInAda();
        var asked = asking();
        asked.organization = Optional.of(TestWorld.GLOBEX);
        browser.ask(asked.request());
        idp.upstream.subject = "sub-grace";
        idp.upstream.email = Optional.of("grace@globex-media.example");
        browser.postFromElsewhere("/login/arrive/globex-saml", Map.of("RelayState", idp.upstream.last().handle()));
        assertThat(browser.session().authentication().organization()).contains(TestWorld.GLOBEX);
    }

    @Test
    void theOrganizationAndAHintOfAnotherAreRefused() {
        var asked = asking();
        asked.organization = Optional.of(TestWorld.GLOBEX);
        asked.loginHint = Optional.of("ada@acme-ads.example");
        browser.ask(asked.request());
        assertThat(browser.page()).contains("LOGIN-ORG-02");
        assertThat(idp.upstream.departures).isEmpty();
    }

    @Test
    void anotherUserThanTheExpectedIsRefused() {
        var asked = asking();
        asked.user = Optional.of("somebody-else");
        asked.loginHint = Optional.of("ada@acme-ads.example");
        browser.ask(asked.request());
        browser.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        assertThat(browser.page()).contains("LOGIN-ACCOUNT-02");
    }

    @Test
    void consentIsAskedOnceInASessionAndAgainWhenTheApplicationInsistsOrWantsMore() {
        var asked = asking();
        asked.consentScopes = List.of("email");
        browser.ask(asked.request());
        browser.submit("identifier", "root@gatehouse.example").submit("password", "demo-password");
        assertThat(browser.page()).contains("asks for access", "See your e-mail address", "root@gatehouse.example");
        browser.submit("action", "allow");
        assertThat(((Finished) browser.resume()).result().consented()).containsExactly("email");

        assertThat(browser.ask(asked.request())).isInstanceOf(Done.class);
        asked.consentScopes = List.of("email", "profile");
        assertThat(browser.ask(asked.request())).isInstanceOf(LoginAnswer.Interact.class);
        asked.consentScopes = List.of("email");
        asked.prompts = Set.of("consent");
        browser.ask(asked.request());
        assertThat(browser.page()).contains("asks for access");
        browser.submit();
        assertThat(browser.page()).contains("asks for access");
        browser.submit("action", "cancel");
        assertThat(browser.resume()).isInstanceOf(Denied.class);
    }
}
