package gatehouse.idp.login;

import static gatehouse.idp.login.TestIdp.asking;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.tenancy.ConnectionState;
import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.login.LoginAnswer.Done;
import gatehouse.idp.login.LoginOutcome.Denied;
import gatehouse.idp.login.LoginOutcome.Finished;
import gatehouse.idp.login.LoginOutcome.Gone;
import gatehouse.idp.login.account.AcrPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        var session = ((Finished) outcome).result().session();
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
        var session = browser.signInAda();
        var answer = browser.ask(asking().request());
        assertThat(answer).isInstanceOf(Done.class);
        assertThat(((Done) answer).result().session().id()).isEqualTo(session.id());
    }

    @Test
    void aSecondApplicationJoinsTheSession() {
        browser.signInAda();
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
        assertThat(browser.session().authentication().organization()).contains(TestWorld.GLOBEX);
    }

    @Test
    void aLocalUserSignsInByPassword() {
        var session = browser.signInRoot();
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
        browser.session();
    }

    @Test
    void severalConnectionsAreAChoice() {
        idp.world.connection("acme-second", TestWorld.ACME, "oidc", ConnectionState.ACTIVE);
        browser.ask(asking().request());
        browser.submit("identifier", "ada@acme-ads.example");
        assertThat(browser.page()).contains("acme-oidc name", "acme-second name");
        browser.submit("choice", "globex-saml");
        assertThat(browser.page()).contains("acme-oidc name");
        browser.submit("choice", "acme-second");
        assertThat(browser.location()).startsWith("https://idp.example/acme-second");
        browser.go("/login/arrive/acme-second?state=" + idp.upstream.last().handle());
        browser.session();
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
        var session = browser.signInAda();
        assertThat(session.expiresAt()).isEqualTo(idp.now.plus(Duration.ofMinutes(10)));
        idp.upstream.notOnOrAfter = Optional.of(idp.now);
        var other = idp.browser();
        other.ask(asking().request());
        other.submit("identifier", "ada@acme-ads.example");
        other.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        assertThat(other.page()).contains("LOGIN-SESSION-01");
    }
}
