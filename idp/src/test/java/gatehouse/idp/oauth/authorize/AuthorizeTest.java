package gatehouse.idp.oauth.authorize;

import static gatehouse.idp.oauth.testkit.OAuthHarness.ACME;
import static gatehouse.idp.oauth.testkit.OAuthHarness.GLOBEX;
import static gatehouse.idp.oauth.testkit.OAuthHarness.MAIN;
import static gatehouse.idp.oauth.testkit.OAuthHarness.authorize;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.oauth.testkit.Call;
import gatehouse.idp.oauth.testkit.OAuthHarness;
import gatehouse.idp.oauth.testkit.TestClients;
import gatehouse.idp.page.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizeTest {

    private final OAuthHarness idp = new OAuthHarness();

    @Test
    @DisplayName("RFC 6749 §4.1.2, RFC 9207: code, the very state, iss")
    void liveSessionGetsACodeAtOnce() {
        idp.signIn();
        var answer = idp.send(authorize());
        answer.isRedirectTo(TestClients.REDIRECT + "?");
        assertThat(answer.redirected().names()).containsExactlyInAnyOrder("code", "state", "iss");
        assertThat(answer.redirected().optional("state")).contains("s/t&ä");
        assertThat(answer.redirected().optional("iss")).contains(MAIN.url());
        assertThat(answer.header("cache-control")).contains("no-store");
    }

    @Test
    void postIsTheSameAsGet() {
        var opened = idp.signIn();
        var call = authorize(Call.post("/authorize")).cookie(idp.cookies.name("sid", MAIN), opened.cookieValue());
        assertThat(idp.send(call).redirected().optional("code")).isPresent();
        idp.send(authorize(Call.post("/authorize")).with("prompt", "wrong")).isRedirectedError("invalid_request");
        idp.send(authorize(Call.post("/authorize")).without("redirect_uri")).isErrorPage("OAUTH-REDIRECT-02");
    }

    @Test
    @DisplayName("A cross-site POST comes without the SameSite=Lax cookie")
    void postWithoutCookieIsRepeatedAsGet() {
        idp.signIn();
        var answer = idp.send(authorize(Call.post("/authorize")));
        answer.isRedirectTo("https://id.example/authorize?client_id=web&");
        assertThat(answer.redirected().optional("state")).contains("s/t&ä");
        assertThat(idp.login.wasAsked()).isFalse();
    }

    @Test
    void formPostNeedsAWebAddress() {
        idp.catalogs.put(TestClients.web().redirectingTo("com.example.app:/cb").make());
        idp.signIn();
        var call = authorize().without("redirect_uri").with("redirect_uri", "com.example.app:/cb");
        idp.send(call).isRedirectTo("com.example.app:/cb?code=");
        idp.send(call.with("response_mode", "form_post")).isRedirectTo("com.example.app:/cb?error=invalid_request");
    }

    @Test
    void fragmentAndFormPostAreHonoured() {
        idp.signIn();
        var fragment = idp.send(authorize().with("response_mode", "fragment"));
        assertThat(fragment.header("location").orElseThrow()).startsWith(TestClients.REDIRECT + "#")
                .contains("code=", "iss=");
        var form = idp.send(authorize().with("response_mode", "form_post"));
        assertThat(form.page().orElseThrow()).isInstanceOfSatisfying(Page.AutoPost.class, page -> {
            assertThat(page.action()).isEqualTo(TestClients.REDIRECT);
            assertThat(page.fields()).containsKeys("code").containsEntry("state", "s/t&ä")
                    .containsEntry("iss", MAIN.url());
        });
    }

    @Test
    void errorsTravelInTheAskedMode() {
        idp.signIn();
        var fragment = idp.send(authorize().with("response_mode", "fragment").with("prompt", "wrong"));
        assertThat(fragment.header("location").orElseThrow())
                .startsWith(TestClients.REDIRECT + "#error=invalid_request");
        var form = idp.send(authorize().with("response_mode", "form_post").with("prompt", "wrong"));
        assertThat(form.page().orElseThrow()).isInstanceOfSatisfying(Page.AutoPost.class, page ->
                assertThat(page.fields()).containsEntry("error", "invalid_request").containsEntry("iss", MAIN.url()));
    }

    @Test
    void redirectUriKeepsItsOwnQuery() {
        idp.catalogs.put(TestClients.web().redirectingTo("https://app.example/cb?tenant=1").make());
        idp.signIn();
        var answer = idp.send(authorize().without("redirect_uri")
                .with("redirect_uri", "https://app.example/cb?tenant=1"));
        answer.isRedirectTo("https://app.example/cb?tenant=1&code=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "", "web "})
    void unknownClientIsAPage(String id) {
        idp.send(authorize().without("client_id").with("client_id", id)).isErrorPage("OAUTH-CLIENT-01");
        idp.send(authorize().without("client_id").with("client_id", "x".repeat(600))).isErrorPage("OAUTH-CLIENT-01");
        assertThat(idp.login.wasAsked()).isFalse();
    }

    @Test
    void nulCharacterIsAPage() {
        idp.send(authorize().without("client_id").with("client_id", "NUL\u0000")).isErrorPage("HTTP-400-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/callback", "https://app.example/callback/",
            "https://app.example/callback#x",
            "https://app.example.evil.example/callback", "javascript:alert(1)", "/callback"})
    void unregisteredRedirectUriIsAPageAndNeverARedirect(String uri) {
        idp.signIn();
        idp.send(authorize().without("redirect_uri").with("redirect_uri", uri)).isErrorPage("OAUTH-REDIRECT-01");
    }

    @Test
    void absentRedirectUriIsAPage() {
        idp.send(authorize().without("redirect_uri")).isErrorPage("OAUTH-REDIRECT-02");
    }

    @Test
    void repeatedClientOrRedirectUriIsAPage() {
        idp.send(authorize().with("client_id", "web")).isErrorPage("OAUTH-REQUEST-01");
        idp.send(authorize().with("redirect_uri", TestClients.REDIRECT)).isErrorPage("OAUTH-REQUEST-01");
    }

    @Test
    void disabledClientIsAPage() {
        idp.catalogs.put(TestClients.web().disabled().make());
        idp.signIn();
        idp.send(authorize()).isErrorPage("OAUTH-CLIENT-02");
    }

    @Test
    void disabledIssuerIsNotFound() {
        idp.catalogs.put(OAuthHarness.settings(MAIN, false));
        assertThat(idp.send(authorize()).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "response_type,, invalid_request", "response_type, token, unsupported_response_type",
        "response_type, code id_token, unsupported_response_type", "response_mode, jwt, invalid_request",
        "scope,, invalid_scope", "scope, openid admin, invalid_scope", "scope, 'open\"id', invalid_scope",
        "prompt, none login, invalid_request", "prompt, create, invalid_request", "max_age, -1, invalid_request",
        "max_age, 1.5, invalid_request", "max_age, 9999999999, invalid_request",
        "id_token_hint, garbage, invalid_request",
        "organization, nowhere, invalid_request", "request, eyJ, request_not_supported",
        "request_uri, https://x, request_uri_not_supported", "registration, {}, registration_not_supported"})
    void wrongParameterIsRedirectedAsItsError(String name, String value, String error) {
        idp.signIn();
        var call = authorize().without(name);
        var answer = idp.send(value == null ? call : call.with(name, value)).isRedirectedError(error);
        assertThat(answer.redirected().optional("state")).contains("s/t&ä");
        assertThat(idp.login.wasAsked()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "scope", "nonce", "response_type", "code_challenge", "prompt"})
    void repeatedParameterIsRefused(String name) {
        idp.signIn();
        var answer = idp.send(authorize().with(name, "a").with(name, "b")).isRedirectedError("invalid_request");
        assertThat(answer.redirected().optional("state").isPresent()).isEqualTo(!name.equals("state"));
    }

    @Test
    void unknownParametersAreIgnored() {
        idp.signIn();
        assertThat(idp.send(authorize().with("claims", "{}").with("whatever", "x")).redirected().optional("code"))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"state, 4096", "nonce, 1024", "login_hint, 320", "ui_locales, 256", "acr_values, 1024"})
    void lengthsAreBounded(String name, int most) {
        idp.signIn();
        var accepted = idp.send(authorize().without(name).with(name, "x".repeat(most)));
        assertThat(accepted.redirected().optional("code")).isPresent();
        idp.send(authorize().without(name).with(name, "x".repeat(most + 1))).isRedirectedError("invalid_request");
    }

    @Test
    void unregisteredOpenidScopesAreLeftOut() {
        idp.catalogs.put(TestClients.web().scopes("openid").make());
        idp.signIn();
        assertThat(idp.tokens("openid email offline_access phone").json()).containsEntry("scope", "openid");
    }

    @Test
    void clientWithoutTheCodeGrantIsUnauthorized() {
        idp.catalogs.put(TestClients.web().grants("refresh_token").make());
        idp.signIn();
        idp.send(authorize()).isRedirectedError("unauthorized_client");
    }

    @Test
    @DisplayName("OpenID Connect Core §3.1.2.1: prompt, max_age, login_hint, ui_locales, acr_values reach the login")
    void wishesReachTheLogin() {
        idp.signIn();
        idp.send(authorize().with("prompt", "login consent").with("max_age", "60")
                .with("login_hint", "ada@acme.example")
                .with("ui_locales", "de en").with("acr_values", "a b").with("organization", "acme"));
        var asked = idp.login.asked();
        assertThat(asked.prompts()).containsExactlyInAnyOrder("login", "consent");
        assertThat(asked.maxAge()).contains(Duration.ofSeconds(60));
        assertThat(asked.loginHint()).contains("ada@acme.example");
        assertThat(asked.uiLocales()).containsExactly("de", "en");
        assertThat(asked.acrValues()).containsExactly("a", "b");
        assertThat(asked.organization()).contains(ACME);
        assertThat(asked.relyingParty().kind()).isEqualTo("oidc");
        assertThat(asked.resumePath()).isEqualTo("/authorize/resume");
        assertThat(asked.restartPath().orElseThrow()).startsWith("/authorize?client_id=web&");
    }

    @Test
    void postedRequestIsRestartedByGetIfItFits() {
        idp.send(authorize(Call.post("/authorize")).cookie(idp.cookies.name("sid", MAIN), "stale"));
        assertThat(idp.login.asked().restartPath().orElseThrow())
                .startsWith("/authorize?client_id=web&").contains("state=s%2Ft%26");
        idp.send(authorize(Call.post("/authorize")).without("state").with("state", "ä".repeat(2000)));
        assertThat(idp.login.asked().restartPath()).isEmpty();
    }

    @Test
    void silenceThatCannotBeKeptIsSaid() {
        idp.send(authorize().with("prompt", "none")).isRedirectedError("login_required");
    }

    @Test
    void hintNamesTheOnlyUser() {
        idp.signIn();
        var hint = idp.tokens("openid").json("id_token");
        idp.time.advance(Duration.ofHours(1));
        idp.send(authorize().with("id_token_hint", hint));
        assertThat(idp.login.asked().user()).contains(OAuthHarness.ADA.value());
    }

    @Test
    void accessTokenIsNoHint() {
        idp.signIn();
        var accessToken = idp.tokens("openid").json("access_token");
        idp.send(authorize().with("id_token_hint", accessToken)).isRedirectedError("invalid_request");
    }

    @Test
    void clientOfAnOrganizationDecidesTheOrganization() {
        idp.catalogs.put(TestClients.web().of(ACME).make());
        idp.signIn();
        assertThat(idp.send(authorize()).redirected().optional("code")).isPresent();
        assertThat(idp.login.asked().organization()).contains(ACME);
        idp.send(authorize().with("organization", "globex")).isRedirectedError("invalid_request");
    }

    @Test
    void sessionOfAnotherOrganizationGetsNoCode() {
        idp.catalogs.put(TestClients.web().of(ACME).make());
        idp.signIn(MAIN, Optional.of(GLOBEX));
        idp.send(authorize()).isRedirectedError("access_denied");
        idp.signIn(MAIN, Optional.empty());
        idp.send(authorize()).isRedirectedError("access_denied");
    }

    @Test
    void sessionOfAnotherOrganizationThanAskedGetsNoCode() {
        idp.signIn(MAIN, Optional.of(GLOBEX));
        idp.send(authorize().with("organization", "acme")).isRedirectedError("access_denied");
    }

    @Test
    void sessionOfAnotherIssuerGetsNoCode() {
        idp.signIn(OAuthHarness.BRANCH, Optional.of(ACME));
        idp.send(authorize()).isRedirectedError("access_denied");
    }

    @Test
    void disabledUserGetsNoCode() {
        idp.signIn();
        idp.catalogs.put(OAuthHarness.ada(MAIN, false));
        idp.send(authorize()).isRedirectedError("access_denied");
    }

    @Test
    void firstPartyAsksNoConsentAndThirdPartyDoes() {
        idp.signIn();
        idp.send(authorize());
        assertThat(idp.login.asked().consentScopes()).isEmpty();
        idp.catalogs.put(TestClients.web().thirdParty().make());
        idp.send(authorize());
        assertThat(idp.login.asked().consentScopes()).containsExactly("profile", "email", "api:read");
    }

    @Test
    void onlyConsentedScopesAreGranted() {
        idp.catalogs.put(TestClients.web().thirdParty().make());
        idp.signIn();
        idp.login.consentsTo(List.of("email"));
        assertThat(idp.tokens("openid email api:read").json()).containsEntry("scope", "openid email");
        idp.login.consentsTo(List.of());
        idp.send(authorize().without("scope").with("scope", "api:read")).isRedirectedError("access_denied");
    }

    @Test
    void carriedRequestIsReadBackAsItWas() {
        var full = new Carried("c", "https://r", ResponseMode.FORM_POST, Optional.of("s"), List.of("openid", "email"),
                true,
                Optional.of("n"), Optional.of("p"), Optional.of("u"), Optional.of(ACME));
        var bare = new Carried("c", "https://r", ResponseMode.QUERY, Optional.empty(), List.of("openid"), false,
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(Carried.of(full.toMap())).isEqualTo(full);
        assertThat(Carried.of(bare.toMap())).isEqualTo(bare);
        assertThat(bare.toMap()).isEqualTo(Map.of("c", "c", "r", "https://r", "m", "query", "o", "openid"));
    }
}
