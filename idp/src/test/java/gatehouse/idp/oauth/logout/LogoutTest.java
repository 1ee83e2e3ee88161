package gatehouse.idp.oauth.logout;

import static gatehouse.idp.oauth.testkit.OAuthHarness.MAIN;
import static gatehouse.idp.oauth.testkit.OAuthHarness.soon;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.oauth.testkit.Answer;
import gatehouse.idp.oauth.testkit.Call;
import gatehouse.idp.oauth.testkit.OAuthHarness;
import gatehouse.idp.oauth.testkit.TestClients;
import gatehouse.idp.page.Page;
import gatehouse.sessions.OpenedSession;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LogoutTest {

    private final OAuthHarness idp = new OAuthHarness();
    private OpenedSession opened;

    @BeforeEach
    void signIn() {
        opened = idp.signIn();
    }

    private Call here(Call call) {
        return call.cookie(idp.cookies.name("sid", MAIN), opened.cookieValue());
    }

    private boolean isSignedIn() {
        return idp.stores.sessions().findById(opened.session().id(), soon()).isPresent();
    }

    private String hint() {
        return idp.tokens("openid").json("id_token");
    }

    private Page.LogoutConfirm confirmation(Answer answer) {
        assertThat(answer.page().orElseThrow()).isInstanceOf(Page.LogoutConfirm.class);
        return (Page.LogoutConfirm) answer.page().orElseThrow();
    }

    private void isSignedOut(Answer answer) {
        assertThat(isSignedIn()).isFalse();
        assertThat(answer.header("set-cookie").orElseThrow())
                .startsWith(idp.cookies.name("sid", MAIN) + "=;").contains("Max-Age=0");
    }

    @Test
    void idTokenOfTheSessionSignsOutWithoutAQuestion() {
        var answer = idp.send(here(Call.get("/logout")).with("id_token_hint", hint())
                .with("post_logout_redirect_uri", TestClients.AFTER_LOGOUT).with("state", "x y"));
        answer.isRedirectTo(TestClients.AFTER_LOGOUT + "?state=x+y");
        isSignedOut(answer);
        assertThat(idp.actions()).endsWith(AuditAction.LOGOUT_FINISHED);
    }

    @Test
    void oldIdTokenStillVouches() {
        var hint = hint();
        idp.time.advance(Duration.ofMinutes(20));
        isSignedOut(idp.send(here(Call.get("/logout")).with("id_token_hint", hint)));
    }

    @Test
    void logoutEndsTheTokensOfTheSession() {
        var tokens = idp.tokens("openid");
        idp.send(here(Call.get("/logout")).with("id_token_hint", tokens.json("id_token")));
        assertThat(idp.isActive(tokens.json("access_token"))).isFalse();
        idp.send(OAuthHarness.refresh(tokens.json("refresh_token"))).isError(400, "invalid_grant");
    }

    @Test
    void withoutHintThePersonIsAsked() {
        var page = confirmation(idp.send(here(Call.get("/logout")).with("client_id", "web")
                .with("post_logout_redirect_uri", TestClients.AFTER_LOGOUT).with("state", "s")));
        assertThat(isSignedIn()).isTrue();
        assertThat(page.client()).contains("The web");
        var yes = here(Call.post("/logout")).with("step", page.step()).with("action", "logout");
        page.fields().forEach(yes::with);
        var answer = idp.send(yes);
        answer.isRedirectTo(TestClients.AFTER_LOGOUT + "?state=s");
        isSignedOut(answer);
    }

    @Test
    void personMayStay() {
        var page = confirmation(idp.send(here(Call.get("/logout")).with("client_id", "web")));
        var no = here(Call.post("/logout")).with("step", page.step()).with("client_id", "web").with("action", "cancel");
        idp.send(no).isRedirectTo("https://app.example/");
        assertThat(isSignedIn()).isTrue();
    }

    @Test
    @DisplayName("Logout CSRF: a form of another site has not the step")
    void forgedConfirmationAsksAgain() {
        confirmation(idp.send(here(Call.post("/logout")).with("action", "logout")));
        confirmation(idp.send(here(Call.post("/logout")).with("step", "guess").with("action", "logout")));
        var page = confirmation(idp.send(here(Call.get("/logout"))));
        confirmation(idp.send(here(Call.get("/logout")).with("step", page.step()).with("action", "logout")));
        assertThat(isSignedIn()).isTrue();
    }

    @Test
    void stepOfAnotherSessionAsksAgain() {
        var step = confirmation(idp.send(here(Call.get("/logout")))).step();
        opened = idp.signIn();
        confirmation(idp.send(here(Call.post("/logout")).with("step", step).with("action", "logout")));
        assertThat(isSignedIn()).isTrue();
    }

    @Test
    void idTokenOfAnotherSessionAsks() {
        var hint = hint();
        opened = idp.signIn();
        confirmation(idp.send(here(Call.get("/logout")).with("id_token_hint", hint)));
        assertThat(isSignedIn()).isTrue();
    }

    @Test
    void accessTokenAndGarbageAreNoHint() {
        confirmation(idp.send(here(Call.get("/logout"))
                .with("id_token_hint", idp.tokens("openid").json("access_token"))));
        confirmation(idp.send(here(Call.get("/logout")).with("id_token_hint", "garbage")));
        assertThat(isSignedIn()).isTrue();
    }

    @Test
    void unregisteredAddressIsAPageAndNeverARedirect() {
        for (var uri : new String[] {"https://evil.example/", TestClients.AFTER_LOGOUT + "/", TestClients.REDIRECT}) {
            idp.send(here(Call.get("/logout")).with("id_token_hint", hint()).with("post_logout_redirect_uri", uri))
                    .isErrorPage("OAUTH-LOGOUT-01");
        }
        idp.send(here(Call.get("/logout")).with("post_logout_redirect_uri", TestClients.AFTER_LOGOUT))
                .isErrorPage("OAUTH-LOGOUT-01");
        assertThat(isSignedIn()).isTrue();
    }

    @Test
    void disabledClientsAddressIsNotUsed() {
        var hint = hint();
        idp.catalogs.put(TestClients.web().disabled().make());
        idp.send(here(Call.get("/logout")).with("id_token_hint", hint)
                .with("post_logout_redirect_uri", TestClients.AFTER_LOGOUT))
                .isErrorPage("OAUTH-LOGOUT-01");
    }

    @Test
    void hintOfOneClientDoesNotVouchForAnother() {
        idp.send(here(Call.get("/logout")).with("id_token_hint", hint()).with("client_id", "service"))
                .isErrorPage("OAUTH-LOGOUT-02");
    }

    @Test
    void repeatedParameterIsAPage() {
        idp.send(here(Call.get("/logout")).with("state", "a").with("state", "b")).isErrorPage("OAUTH-REQUEST-01");
    }

    @Test
    void whoIsNotSignedInIsSignedOut() {
        var answer = idp.send(Call.get("/logout"));
        assertThat(answer.page().orElseThrow()).isInstanceOf(Page.LoggedOut.class);
        idp.send(Call.get("/logout").with("client_id", "web")
                .with("post_logout_redirect_uri", TestClients.AFTER_LOGOUT))
                .isRedirectTo(TestClients.AFTER_LOGOUT);
    }

    @Test
    @DisplayName("A cross-site POST comes without the SameSite=Lax cookie")
    void postWithoutCookieIsRepeatedAsGet() {
        var hint = hint();
        var answer = idp.send(Call.post("/logout").with("id_token_hint", hint).with("state", "a&b"));
        answer.isRedirectTo("https://id.example/logout?");
        assertThat(answer.redirected().optional("id_token_hint")).contains(hint);
        assertThat(answer.redirected().optional("state")).contains("a&b");
        assertThat(answer.header("set-cookie")).isEmpty();
    }

    @Test
    void sessionOfAnotherIssuerIsNotThisOnes() {
        var answer = idp.send(Call.get("/logout").at(OAuthHarness.BRANCH)
                .cookie(idp.cookies.name("sid", OAuthHarness.BRANCH), opened.cookieValue()));
        assertThat(answer.page().orElseThrow()).isInstanceOf(Page.LoggedOut.class);
        assertThat(isSignedIn()).isTrue();
    }
}
