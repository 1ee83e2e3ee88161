package gatehouse.idp.login;

import static gatehouse.idp.login.TestIdp.asking;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.login.LoginAnswer.Done;
import gatehouse.idp.login.LoginAnswer.Need;
import gatehouse.idp.login.LoginAnswer.NotSilently;
import gatehouse.idp.login.LoginOutcome.Denied;
import gatehouse.idp.login.LoginOutcome.Finished;
import gatehouse.idp.login.LoginOutcome.Gone;
import gatehouse.idp.login.account.AcrPolicy;
import gatehouse.sessions.Session;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signing in, as people and applications see it. */
final class LoginTest {

    private final TestIdp idp = new TestIdp();
    private final TestBrowser browser = idp.browser();

    @AfterEach
    void stop() {
        idp.close();
    }

    private static Session session(LoginOutcome outcome) {
        assertThat(outcome).isInstanceOf(Finished.class);
        return ((Finished) outcome).result().session();
    }

    private Session signInAda() {
        browser.ask(asking().request());
        browser.submit("identifier", "ada@acme-ads.example");
        browser.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        return session(browser.resume());
    }

    private Session signInRoot() {
        browser.ask(asking().request());
        browser.submit("identifier", "root@gatehouse.example").submit("password", "demo-password");
        return session(browser.resume());
    }

    @Test
    void aPersonOfAnOrganizationGoesToItsIdentityProviderAndComesBackWithASession() {
        browser.ask(asking().request());
        assertThat(browser.page()).contains("name=\"identifier\"", "Demo app");
        browser.submit("identifier", "Ada@ACME-ads.example");
        assertThat(browser.location()).startsWith("https://idp.example/acme-oidc?state=");
        assertThat(idp.upstream.last().loginHint()).contains("ada@acme-ads.example");

        browser.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        assertThat(browser.location()).startsWith("/authorize/resume?flow=");
        var outcome = browser.resume();
        var session = session(outcome);
        assertThat(session.authentication().organization()).contains(TestWorld.ACME);
        assertThat(session.authentication().acr()).isEqualTo(AcrPolicy.FEDERATED);
        assertThat(session.authentication().amr()).containsExactly("mfa");
        assertThat(session.hasParticipant("oidc", "demo-app")).isTrue();
        assertThat(((Finished) outcome).result().carried()).containsEntry("state", "xyz");
        assertThat(idp.world.audited).extracting(event -> event.action())
                .contains(AuditAction.USER_PROVISIONED, AuditAction.LOGIN_SUCCEEDED);
        assertThat(browser.resume()).isInstanceOf(Gone.class);
    }

    @Test
    void theSessionAnswersTheNextRequestWithoutAPage() {
        var session = signInAda();
        var answer = browser.ask(asking().request());
        assertThat(answer).isInstanceOf(Done.class);
        assertThat(((Done) answer).result().session().id()).isEqualTo(session.id());
    }

    @Test
    void aSecondApplicationJoinsTheSession() {
        signInAda();
        idp.world.client("second", Optional.empty(), true);
        var asked = asking();
        asked.client = "second";
        var answer = (Done) browser.ask(asked.request());
        assertThat(answer.result().session().hasParticipant("oidc", "second")).isTrue();
        assertThat(idp.stores.sessions().findById(answer.result().session().id(), TestBrowser.soon()).orElseThrow()
                .hasParticipant("oidc", "second")).isTrue();
    }

    @Test
    void aSamlProviderIsReachedByASelfPostingFormAndAnswersByACrossSitePost() {
        idp.upstream.email = Optional.of("grace@globex-media.example");
        browser.ask(asking().request());
        browser.submit("identifier", "grace@globex-media.example");
        assertThat(browser.page()).contains("action=\"https://idp.example/sso\"", "RelayState");
        browser.postFromElsewhere("/login/arrive/globex-saml",
                Map.of("SAMLResponse", "x", "RelayState", idp.upstream.last().handle()));
        assertThat(session(browser.resume()).authentication().organization()).contains(TestWorld.GLOBEX);
    }

    @Test
    void aLocalUserSignsInByPassword() {
        var session = signInRoot();
        assertThat(session.authentication().organization()).isEmpty();
        assertThat(session.authentication().acr()).isEqualTo(AcrPolicy.PASSWORD);
        assertThat(session.authentication().amr()).containsExactly("pwd");
    }

    @Test
    void anUnknownAddressGetsTheSamePageAndTheSameAnswerAsAKnownOne() {
        var pages = List.of("root@gatehouse.example", "nobody@gatehouse.example").stream().map(email -> {
            var mine = idp.browser();
            mine.ask(asking().request());
            var asked = mine.submit("identifier", email).page();
            var answered = mine.submit("password", "wrong").page();
            return (asked + answered).replace(email, "E").replace(mine.flow(), "F")
                    .replaceAll("value=\"password[^\"]*\"", "");
        }).toList();
        assertThat(pages.get(0)).isEqualTo(pages.get(1)).contains("do not match");
    }

    @Test
    void aLockedAccountIsAnsweredLikeAWrongPassword() {
        browser.ask(asking().request());
        browser.submit("identifier", "root@gatehouse.example");
        var wrong = browser.submit("password", "wrong").page();
        for (int i = 0; i < 12; i++) {
            browser.submit("password", "wrong");
        }
        browser.submit("password", "demo-password");
        assertThat(browser.page().replaceAll("value=\"password[^\"]*\"", ""))
                .isEqualTo(wrong.replaceAll("value=\"password[^\"]*\"", ""));
        assertThat(idp.world.audited.getLast().reason()).contains("password_locked");
    }

    @Test
    void anOrganizationThatIsNamedIsLeftForAtOnce() {
        var asked = asking();
        asked.organization = Optional.of(TestWorld.ACME);
        browser.ask(asked.request());
        assertThat(browser.location()).startsWith("https://idp.example/acme-oidc");
        browser.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        session(browser.resume());
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
        session(browser.resume());
    }

    @Test
    void severalConnectionsAreAChoice() {
        idp.world.connection("acme-second", TestWorld.ACME, "oidc", true);
        browser.ask(asking().request());
        browser.submit("identifier", "ada@acme-ads.example");
        assertThat(browser.page()).contains("acme-oidc name", "acme-second name");
        browser.submit("choice", "globex-saml");
        assertThat(browser.page()).contains("acme-oidc name");
        browser.submit("choice", "acme-second");
        assertThat(browser.location()).startsWith("https://idp.example/acme-second");
        browser.go("/login/arrive/acme-second?state=" + idp.upstream.last().handle());
        session(browser.resume());
    }

    @Test
    void aSubdomainOrLookAlikeIsNotTheOrganizationsDomain() {
        for (var email : List.of("ada@sub.acme-ads.example", "ada@notacme-ads.example",
                "ada@acme-ads.example.evil.example",
                "ada@acme-ads.exampl")) {
            var mine = idp.browser();
            mine.ask(asking().request());
            assertThat(mine.submit("identifier", email).page()).contains("name=\"password\"");
        }
    }

    @Test
    void silenceIsKept() {
        var asked = asking();
        asked.prompts = Set.of("none");
        assertThat(browser.ask(asked.request())).isEqualTo(new NotSilently(Need.LOGIN_REQUIRED));
        signInAda();
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
        var before = signInAda();
        var cookie = browser.cookies.get("__Host-gh-sid-main");
        idp.wait(Duration.ofMinutes(5));
        var asked = asking();
        asked.prompts = Set.of("login");
        browser.ask(asked.request());
        assertThat(idp.upstream.last().forceAuthn()).isTrue();
        browser.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        var after = session(browser.resume());
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.authentication().authTime()).isEqualTo(idp.now);
        assertThat(browser.cookies.get("__Host-gh-sid-main")).isNotEqualTo(cookie);
        assertThat(idp.stores.sessions().find(cookie, TestBrowser.soon())).isEmpty();
    }

    @Test
    void aProviderThatDidNotAskAgainIsRefused() {
        signInAda();
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
        signInRoot();
        idp.wait(Duration.ofMinutes(2));
        var asked = asking();
        asked.maxAge = Optional.of(Duration.ofMinutes(3));
        assertThat(browser.ask(asked.request())).isInstanceOf(Done.class);
        asked.maxAge = Optional.of(Duration.ofMinutes(1));
        browser.ask(asked.request());
        assertThat(browser.page()).contains("name=\"password\"", "root@gatehouse.example", "change=identifier");
        browser.submit("password", "demo-password");
        assertThat(session(browser.resume()).authentication().authTime()).isEqualTo(idp.now);
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
        assertThat(session(browser.resume()).authentication().acr()).isEqualTo("urn:wanted");

        var other = idp.browser();
        idp.upstream.acr = Optional.of(AcrPolicy.PASSWORD);
        asked.acrValues = List.of(AcrPolicy.PASSWORD);
        other.ask(asked.request());
        other.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        assertThat(session(other.resume()).authentication().acr()).isEqualTo(AcrPolicy.FEDERATED);
    }

    @Test
    void aSessionOfAnotherOrganizationIsNotTheOneThatWasAskedFor() {
        signInAda();
        var asked = asking();
        asked.organization = Optional.of(TestWorld.GLOBEX);
        browser.ask(asked.request());
        idp.upstream.subject = "sub-grace";
        idp.upstream.email = Optional.of("grace@globex-media.example");
        browser.postFromElsewhere("/login/arrive/globex-saml", Map.of("RelayState", idp.upstream.last().handle()));
        assertThat(session(browser.resume()).authentication().organization()).contains(TestWorld.GLOBEX);
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

    @Test
    void cancellingTellsTheApplication() {
        browser.ask(asking().request());
        browser.submit("action", "cancel");
        assertThat(browser.location()).startsWith("/authorize/resume?flow=");
        var outcome = browser.resume();
        assertThat(outcome).isInstanceOf(Denied.class);
        assertThat(((Denied) outcome).carried()).containsEntry("state", "xyz");
        assertThat(((Denied) outcome).reason()).isEqualTo("cancelled");
    }

    @Test
    void theSessionEndsNoLaterThanTheOneAtTheProvider() {
        idp.upstream.notOnOrAfter = Optional.of(idp.now.plus(Duration.ofMinutes(10)));
        var session = signInAda();
        assertThat(session.expiresAt()).isEqualTo(idp.now.plus(Duration.ofMinutes(10)));
        idp.upstream.notOnOrAfter = Optional.of(idp.now);
        var other = idp.browser();
        other.ask(asking().request());
        other.submit("identifier", "ada@acme-ads.example");
        other.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        assertThat(other.page()).contains("LOGIN-SESSION-01");
    }
}
