package gatehouse.idp.oauth.userinfo;

import static gatehouse.idp.oauth.testkit.OAuthHarness.ACME;
import static gatehouse.idp.oauth.testkit.OAuthHarness.ADA;
import static gatehouse.idp.oauth.testkit.OAuthHarness.MAIN;
import static gatehouse.idp.oauth.testkit.OAuthHarness.soon;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.oauth.testkit.Answer;
import gatehouse.idp.oauth.testkit.Call;
import gatehouse.idp.oauth.testkit.OAuthHarness;
import gatehouse.idp.oauth.testkit.TestClients;
import gatehouse.idp.tenancy.Organization;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UserInfoTest {

    private final OAuthHarness idp = new OAuthHarness();

    private String token(String scope) {
        idp.signIn();
        return idp.tokens(scope).json("access_token");
    }

    private void invalid(Answer answer) {
        answer.isError(401, "invalid_token");
        assertThat(answer.header("www-authenticate").orElseThrow())
                .startsWith("Bearer realm=\"https://id.example\", error=\"invalid_token\"");
    }

    @Test
    void scopesReleaseTheirClaims() {
        assertThat(idp.send(Call.get("/userinfo").bearer(token("openid"))).json())
                .containsOnlyKeys("sub", "org_id").containsEntry("sub", ADA.value());
        assertThat(idp.send(Call.get("/userinfo").bearer(token("openid profile email"))).json())
                .containsEntry("email", "ada@acme.example").containsEntry("email_verified", true)
                .containsEntry("given_name", "Ada").containsEntry("name", "Ada \"Countess\" Lovelace")
                .containsEntry("locale", "en-GB");
    }

    @Test
    @DisplayName("RFC 6750 §2.2: the token in the body")
    void tokenMayComeInTheBody() {
        assertThat(idp.send(Call.post("/userinfo").with("access_token", token("openid"))).status()).isEqualTo(200);
        assertThat(idp.send(Call.post("/userinfo").bearer(token("openid"))).status()).isEqualTo(200);
    }

    @Test
    void tokenInTwoPlacesIsRefused() {
        var token = token("openid");
        var answer = idp.send(Call.post("/userinfo").bearer(token).with("access_token", token))
                .isError(400, "invalid_request");
        assertThat(answer.header("www-authenticate").orElseThrow()).contains("error=\"invalid_request\"");
    }

    @Test
    @DisplayName("RFC 6750 §3.1: who brings no token is told of no error")
    void noTokenIsAChallengeWithoutError() {
        var answer = idp.send(Call.get("/userinfo"));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("www-authenticate")).contains("Bearer realm=\"https://id.example\"");
    }

    @Test
    void tokenInTheAddressIsNotTaken() {
        assertThat(idp.send(Call.get("/userinfo").with("access_token", token("openid"))).status()).isEqualTo(401);
    }

    @Test
    void tokenWithoutOpenidIsInsufficient() {
        var answer = idp.send(Call.get("/userinfo").bearer(token("api:read"))).isError(403, "insufficient_scope");
        assertThat(answer.header("www-authenticate").orElseThrow()).contains("insufficient_scope");
        var machine = idp.send(Call.post("/token").basic("service", TestClients.SECRET)
                .with("grant_type", "client_credentials"));
        idp.send(Call.get("/userinfo").bearer(machine.json("access_token"))).isError(403, "insufficient_scope");
    }

    @Test
    void idTokenGarbageAndExpiredTokensAreInvalid() {
        var token = token("openid");
        invalid(idp.send(Call.get("/userinfo").bearer(idp.tokens("openid").json("id_token"))));
        invalid(idp.send(Call.get("/userinfo").bearer("garbage")));
        invalid(idp.send(Call.get("/userinfo").bearer("")));
        idp.time.advance(Duration.ofMinutes(5));
        invalid(idp.send(Call.get("/userinfo").bearer(token)));
    }

    @Test
    void tokenOfAnEndedSessionIsInvalid() {
        var token = token("openid");
        idp.stores.sessions().ofUser("main", ADA, soon())
                .forEach(each -> idp.stores.sessions().end(each.id(), "logout", soon()));
        invalid(idp.send(Call.get("/userinfo").bearer(token)));
    }

    @Test
    void disabledUserClientAndOrganizationAreInvalid() {
        var token = token("openid");
        idp.catalogs.put(OAuthHarness.ada(MAIN, false));
        invalid(idp.send(Call.get("/userinfo").bearer(token)));
        idp.catalogs.put(OAuthHarness.ada(MAIN, true));
        idp.catalogs.put(TestClients.web().disabled().make());
        invalid(idp.send(Call.get("/userinfo").bearer(token)));
        idp.catalogs.put(TestClients.web().make());
        idp.catalogs.put(new Organization(ACME, MAIN.name(), "Acme", false, 2));
        invalid(idp.send(Call.get("/userinfo").bearer(token)));
    }

    @Test
    void tokenOfAnotherIssuerIsInvalid() {
        assertThat(idp.send(Call.get("/userinfo").bearer(token("openid")).at(OAuthHarness.BRANCH)).status())
                .isEqualTo(401);
    }
}
