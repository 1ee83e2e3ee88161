package gatehouse.idp.oauth.code;

import static gatehouse.idp.oauth.testkit.OAuthHarness.ADA;
import static gatehouse.idp.oauth.testkit.OAuthHarness.BRANCH;
import static gatehouse.idp.oauth.testkit.OAuthHarness.MAIN;
import static gatehouse.idp.oauth.testkit.OAuthHarness.claims;
import static gatehouse.idp.oauth.testkit.OAuthHarness.exchange;
import static gatehouse.idp.oauth.testkit.OAuthHarness.refresh;
import static gatehouse.idp.oauth.testkit.OAuthHarness.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.keys.SigningAlgorithm;
import gatehouse.idp.oauth.testkit.Call;
import gatehouse.idp.oauth.testkit.OAuthHarness;
import gatehouse.idp.oauth.testkit.TestClients;
import gatehouse.idp.tenancy.Organization;
import gatehouse.sessions.Authentication;
import gatehouse.sessions.SessionLimits;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CodeTest {

    private final OAuthHarness idp = new OAuthHarness();

    @Test
    void codeIsExchangedForTokens() {
        var session = idp.signIn().session();
        var answer = idp.tokens("openid profile email api:read");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("cache-control")).contains("no-store");
        assertThat(answer.json()).containsEntry("token_type", "Bearer").containsEntry("expires_in", 300)
                .containsEntry("scope", "openid profile email api:read").containsKeys("refresh_token", "id_token");
        var access = claims(answer.json("access_token"));
        assertThat(access.getIssuer()).isEqualTo(MAIN.url());
        assertThat(access.getSubject()).isEqualTo(ADA.value());
        assertThat(access.getAudience()).containsExactly("https://api.example");
        assertThat(access.getClaims()).containsEntry("client_id", "web").containsEntry("org_id", "acme")
                .containsEntry("sid", session.id().value()).containsEntry("acr", "urn:gatehouse:password")
                .containsEntry("amr", List.of("pwd")).containsKeys("jti", "iat", "exp", "auth_time");
        assertThat(idp.actions()).containsExactly(AuditAction.TOKEN_ISSUED);
    }

    @Test
    @DisplayName("OpenID Connect Core §2, §3.1.3.6")
    void idTokenIsBoundToRequestClientAndAccessToken() throws Exception {
        var session = idp.signIn().session();
        var answer = idp.tokens("openid profile email");
        var id = claims(answer.json("id_token"));

        assertThat(id.getIssuer()).isEqualTo(MAIN.url());
        assertThat(id.getAudience()).containsExactly("web");
        assertThat(id.getSubject()).isEqualTo(ADA.value());
        var digest = MessageDigest.getInstance("SHA-256")
                .digest(answer.json("access_token").getBytes(StandardCharsets.US_ASCII));
        assertThat(id.getClaims()).containsEntry("nonce", "n-1").containsEntry("azp", "web")
                .containsEntry("org_id", "acme")
                .containsEntry("sid", session.id().value()).containsEntry("email", "ada@acme.example")
                .containsEntry("email_verified", true).containsEntry("name", "Ada \"Countess\" Lovelace")
                .containsEntry("at_hash", Base64.getUrlEncoder().withoutPadding()
                .encodeToString(Arrays.copyOf(digest, 16)));
    }

    @Test
    void profileIsNotReleasedWithoutItsScope() {
        idp.signIn();
        var id = claims(idp.tokens("openid").json("id_token"));
        assertThat(id.getClaims()).doesNotContainKeys("name", "email", "email_verified", "given_name");
    }

    @Test
    void withoutOpenidThereIsNoIdToken() {
        idp.signIn();
        assertThat(idp.tokens("api:read").json()).doesNotContainKey("id_token").containsKey("access_token");
    }

    @Test
    @DisplayName("RFC 9068 §2.1; algorithms per client")
    void tokensAreSignedByPublishedKeysWithTheClientsAlgorithms() throws Exception {
        idp.catalogs.put(TestClients.web().signedWith(SigningAlgorithm.RS256, SigningAlgorithm.ES256).make());
        idp.signIn();
        var answer = idp.tokens("openid");
        var published = JWKSet.parse(idp.send(Call.get("/jwks")).text());

        var access = SignedJWT.parse(answer.json("access_token"));
        assertThat(access.getHeader().getType().getType()).isEqualTo("at+jwt");
        var ecKey = published.getKeyByKeyId(access.getHeader().getKeyID()).toECKey();
        assertThat(access.verify(new ECDSAVerifier(ecKey))).isTrue();
        var id = SignedJWT.parse(answer.json("id_token"));
        assertThat(id.getHeader().getType().getType()).isEqualTo("JWT");
        assertThat(id.verify(new RSASSAVerifier(published.getKeyByKeyId(id.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
    }

    @Test
    @DisplayName("RFC 6749 §4.1.2: a replay revokes what the first use was given")
    void replayedCodeRevokesTheFamily() {
        idp.signIn();
        var code = idp.code("openid api:read");
        var tokens = idp.send(exchange(code));
        assertThat(idp.isActive(tokens.json("access_token"))).isTrue();

        idp.send(exchange(code)).isError(400, "invalid_grant");

        assertThat(idp.actions()).contains(AuditAction.CODE_REPLAYED);
        assertThat(idp.isActive(tokens.json("access_token"))).isFalse();
        idp.send(refresh(tokens.json("refresh_token"))).isError(400, "invalid_grant");
    }

    @Test
    void everyInvalidGrantSoundsTheSame() {
        idp.signIn();
        var code = idp.code("openid");
        var wrongUri = idp.send(exchange(code).without("redirect_uri")
                .with("redirect_uri", "https://app.example/other"));
        var replayed = idp.send(exchange(code));
        var unknown = idp.send(exchange("no-such-code"));
        assertThat(List.of(wrongUri.text(), replayed.text(), unknown.text())).containsOnly(unknown.text());
    }

    @Test
    void missingRedirectUriIsRefused() {
        idp.signIn();
        idp.send(exchange(idp.code("openid")).without("redirect_uri")).isError(400, "invalid_grant");
        assertThat(idp.lastReason()).isEqualTo("code_redirect_uri_mismatch");
    }

    @Test
    void missingCodeIsAnInvalidRequest() {
        idp.send(exchange("x").without("code")).isError(400, "invalid_request");
    }

    @Test
    void anotherClientsCodeIsRefusedAndSpent() {
        idp.signIn();
        var code = idp.code("openid");
        idp.send(exchange(code).without("client_id").basic("service", TestClients.SECRET))
                .isError(400, "invalid_grant");
        assertThat(idp.lastReason()).isEqualTo("code_of_another_client");
        idp.send(exchange(code)).isError(400, "invalid_grant");
    }

    @Test
    @DisplayName("A client of the same name at another issuer is another client")
    void anotherIssuersCodeIsRefused() {
        idp.catalogs.put(TestClients.web().at(BRANCH).make());
        idp.signIn();
        idp.send(exchange(idp.code("openid")).at(BRANCH)).isError(400, "invalid_grant");
    }

    @Test
    void codeExpires() {
        idp.signIn();
        var late = idp.code("openid");
        idp.time.advance(Duration.ofSeconds(61));
        idp.send(exchange(late)).isError(400, "invalid_grant");
        var inTime = idp.code("openid");
        idp.time.advance(Duration.ofSeconds(59));
        assertThat(idp.send(exchange(inTime)).status()).isEqualTo(200);
    }

    @Test
    void codeOfAnEndedSessionIsRefusedAndLeavesNothingBehind() {
        var session = idp.signIn().session();
        var code = idp.code("openid offline_access");
        idp.stores.sessions().end(session.id(), "logout", soon());
        idp.send(exchange(code)).isError(400, "invalid_grant");
        assertThat(idp.lastReason()).isEqualTo("session_ended");
    }

    @Test
    void disabledUserGetsNoTokens() {
        idp.signIn();
        var code = idp.code("openid");
        idp.catalogs.put(OAuthHarness.ada(MAIN, false));
        idp.send(exchange(code)).isError(400, "invalid_grant");
        assertThat(idp.lastReason()).isEqualTo("user_disabled");
    }

    @Test
    void disabledOrganizationGetsNoTokens() {
        idp.signIn();
        var code = idp.code("openid");
        idp.catalogs.put(new Organization(OAuthHarness.ACME, MAIN.name(), "Acme", false, 2));
        idp.send(exchange(code)).isError(400, "invalid_grant");
        assertThat(idp.lastReason()).isEqualTo("organization_disabled");
    }

    @Test
    void disabledClientGetsNoTokens() {
        idp.signIn();
        var code = idp.code("openid");
        idp.catalogs.put(TestClients.web().disabled().make());
        idp.send(exchange(code)).isError(401, "invalid_client");
    }

    @Test
    void disabledIssuerAnswersNothing() {
        idp.signIn();
        var code = idp.code("openid");
        idp.catalogs.put(OAuthHarness.settings(MAIN, false));
        assertThat(idp.send(exchange(code)).status()).isEqualTo(404);
    }

    @Test
    void clientThatWasGivenToAnotherOrganizationMeanwhileGetsNoTokens() {
        idp.signIn();
        var code = idp.code("openid");
        idp.catalogs.put(TestClients.web().of(OAuthHarness.GLOBEX).make());
        idp.send(exchange(code)).isError(400, "invalid_grant");
        assertThat(idp.lastReason()).isEqualTo("organization_mismatch");
    }

    @Test
    void clientWithoutTheGrantIsUnauthorized() {
        idp.signIn();
        var code = idp.code("openid");
        idp.catalogs.put(TestClients.web().grants("refresh_token").make());
        idp.send(exchange(code)).isError(400, "unauthorized_client");
    }

    @Test
    void withoutTheRefreshGrantThereIsNoRefreshToken() {
        idp.catalogs.put(TestClients.web().grants("authorization_code").make());
        idp.signIn();
        assertThat(idp.tokens("openid offline_access").json()).doesNotContainKey("refresh_token")
                .containsKey("id_token");
    }

    @Test
    void ownLifetimeAndAudienceOfTheClientAreUsed() {
        idp.catalogs.put(TestClients.web().accessTokenLifetime(Duration.ofSeconds(30)).audience("a", "b").make());
        idp.signIn();
        var answer = idp.tokens("openid");
        assertThat(answer.json()).containsEntry("expires_in", 30);
        assertThat(claims(answer.json("access_token")).getAudience()).containsExactly("a", "b");
    }

    @Test
    void userWithoutOrganizationHasNoOrgId() {
        idp.signIn(MAIN, Optional.empty());
        var answer = idp.tokens("openid");
        assertThat(claims(answer.json("access_token")).getClaims()).doesNotContainKey("org_id");
        assertThat(claims(answer.json("id_token")).getClaims()).doesNotContainKey("org_id");
    }

    @Test
    void methodsThatTheUpstreamDidNotNameAreNotClaimed() {
        idp.login.signedIn(idp.stores.sessions().open(new Authentication(MAIN.name(), ADA, Optional.empty(),
                Optional.empty(), idp.time.instant(), "urn:gatehouse:federated", List.of()), SessionLimits.DEFAULTS,
                soon()).session());
        var answer = idp.tokens("openid");
        assertThat(claims(answer.json("access_token")).getClaims()).doesNotContainKey("amr").containsKey("acr");
        assertThat(claims(answer.json("id_token")).getClaims()).doesNotContainKey("amr").containsKey("acr");
    }
}
