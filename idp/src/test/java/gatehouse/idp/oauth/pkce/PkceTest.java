package gatehouse.idp.oauth.pkce;

import static gatehouse.idp.oauth.testkit.OAuthHarness.VERIFIER;
import static gatehouse.idp.oauth.testkit.OAuthHarness.authorize;
import static gatehouse.idp.oauth.testkit.OAuthHarness.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.oauth.testkit.Call;
import gatehouse.idp.oauth.testkit.OAuthHarness;
import gatehouse.idp.oauth.testkit.TestClients;
import gatehouse.idp.oauth.token.Pkce;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PkceTest {

    private final OAuthHarness idp = new OAuthHarness();

    @Test
    @DisplayName("RFC 7636 appendix B")
    void challengeIsTheHashOfTheVerifier() {
        assertThat(Pkce.challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
                .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    @Test
    void verifierOfTheChallengeGetsTokens() {
        idp.signIn();
        assertThat(idp.tokens("openid").status()).isEqualTo(200);
    }

    @Test
    void publicClientWithoutChallengeIsRefused() {
        idp.signIn();
        var answer = idp.send(authorize().without("code_challenge").without("code_challenge_method"));
        answer.isRedirectedError("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "s256", "S512", "none"})
    void onlyS256IsAccepted(String method) {
        idp.signIn();
        idp.send(authorize().without("code_challenge_method").with("code_challenge_method", method))
                .isRedirectedError("invalid_request");
    }

    @Test
    @DisplayName("RFC 7636 §4.3: no method means plain")
    void absentMethodIsRefused() {
        idp.signIn();
        idp.send(authorize().without("code_challenge_method")).isRedirectedError("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c.",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMa"})
    void challengeThatIsNoHashIsRefused(String challenge) {
        idp.signIn();
        idp.send(authorize().without("code_challenge").with("code_challenge", challenge))
                .isRedirectedError("invalid_request");
    }

    @Test
    void methodWithoutChallengeIsRefused() {
        idp.catalogs.put(TestClients.web().method("client_secret_basic").make());
        idp.signIn();
        idp.send(authorize().without("code_challenge")).isRedirectedError("invalid_request");
    }

    @Test
    void missingVerifierIsRefused() {
        idp.signIn();
        idp.send(exchange(idp.code("openid")).without("code_verifier")).isError(400, "invalid_grant");
        assertThat(idp.lastReason()).isEqualTo("pkce_missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong-wrong-wrong-wrong-wrong-wrong-wrong-wrong-wrong", "x", ""})
    void wrongVerifierIsRefusedAndSpendsTheCode(String verifier) {
        idp.signIn();
        var code = idp.code("openid");
        idp.send(exchange(code).without("code_verifier").with("code_verifier", verifier)).isError(400, "invalid_grant");
        idp.send(exchange(code)).isError(400, "invalid_grant");
        assertThat(idp.lastReason()).isEqualTo("code_replayed");
    }

    @Test
    @DisplayName("RFC 7636 §4.1: 43 to 128 characters")
    void verifierLengthIsBounded() {
        idp.signIn();
        assertThat(exchangeWith("v".repeat(43)).status()).isEqualTo(200);
        assertThat(exchangeWith("v".repeat(128)).status()).isEqualTo(200);
        exchangeWith("v".repeat(42)).isError(400, "invalid_grant");
        exchangeWith("v".repeat(129)).isError(400, "invalid_grant");
    }

    private gatehouse.idp.oauth.testkit.Answer exchangeWith(String verifier) {
        var code = idp.send(authorize().without("code_challenge").with("code_challenge", Pkce.challengeOf(verifier)))
                .redirected().optional("code").orElseThrow();
        return idp.send(exchange(code).without("code_verifier").with("code_verifier", verifier));
    }

    @Test
    @DisplayName("RFC 9700 §4.8.2: a verifier without a challenge is a downgrade")
    void verifierForACodeWithoutChallengeIsRefused() {
        idp.signIn();
        idp.send(confidentialExchange(codeWithoutChallenge()).with("code_verifier", VERIFIER))
                .isError(400, "invalid_grant");
        assertThat(idp.lastReason()).isEqualTo("pkce_downgrade");
    }

    @Test
    void confidentialClientMayGoWithoutPkce() {
        idp.signIn();
        assertThat(idp.send(confidentialExchange(codeWithoutChallenge())).status()).isEqualTo(200);
    }

    private String codeWithoutChallenge() {
        return idp.send(authorize().without("client_id").with("client_id", "service")
                        .without("code_challenge").without("code_challenge_method"))
                .redirected().optional("code").orElseThrow();
    }

    private static Call confidentialExchange(String code) {
        return Call.post("/token").basic("service", TestClients.SECRET)
                .with("grant_type", "authorization_code").with("code", code).with("redirect_uri", TestClients.REDIRECT);
    }
}
