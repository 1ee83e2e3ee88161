package gatehouse.idp.oauth.introspection;

import static gatehouse.idp.oauth.testkit.OAuthHarness.ACME;
import static gatehouse.idp.oauth.testkit.OAuthHarness.ADA;
import static gatehouse.idp.oauth.testkit.OAuthHarness.BRANCH;
import static gatehouse.idp.oauth.testkit.OAuthHarness.GLOBEX;
import static gatehouse.idp.oauth.testkit.OAuthHarness.MAIN;
import static gatehouse.idp.oauth.testkit.OAuthHarness.refresh;
import static gatehouse.idp.oauth.testkit.OAuthHarness.soon;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.oauth.testkit.Answer;
import gatehouse.idp.oauth.testkit.Call;
import gatehouse.idp.oauth.testkit.OAuthHarness;
import gatehouse.idp.oauth.testkit.TestClients;
import gatehouse.idp.tenancy.Organization;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntrospectionTest {

    private final OAuthHarness idp = new OAuthHarness();

    private static void isInactive(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"active\":false}");
        assertThat(answer.header("cache-control")).contains("no-store");
    }

    @Test
    void liveAccessTokenIsDescribed() {
        var session = idp.signIn().session();
        var answer = idp.introspect(idp.tokens("openid api:read").json("access_token"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("cache-control")).contains("no-store");
        assertThat(answer.json()).containsEntry("active", true).containsEntry("token_type", "Bearer")
                .containsEntry("scope", "openid api:read").containsEntry("client_id", "web")
                .containsEntry("sub", ADA.value())
                .containsEntry("iss", MAIN.url()).containsEntry("aud", "https://api.example")
                .containsEntry("org_id", "acme")
                .containsEntry("sid", session.id().value())
                .containsKeys("exp", "iat", "jti", "acr", "amr", "auth_time");
        assertThat(answer.json().get("exp")).isInstanceOf(Number.class);
    }

    @Test
    void clientCredentialsTokenIsDescribed() {
        var token = idp.send(Call.post("/token").basic("service", TestClients.SECRET)
                .with("grant_type", "client_credentials"))
                .json("access_token");
        assertThat(idp.introspect(token).json()).containsEntry("active", true).containsEntry("sub", "service");
    }

    @Test
    void currentRefreshTokenIsDescribedToItsOwnClientOnly() {
        idp.catalogs.put(TestClients.web().method("client_secret_basic").secrets(
                gatehouse.idp.client.ClientSecret.of("s", java.util.Optional.empty())).make());
        idp.signIn();
        var token = idp.send(OAuthHarness.exchange(idp.code("openid")).without("client_id").basic("web", "s"))
                .json("refresh_token");
        assertThat(idp.send(Call.post("/introspect").basic("web", "s").with("token", token)).json())
                .containsEntry("active", true).containsEntry("client_id", "web").containsEntry("sub", ADA.value());
        isInactive(idp.introspect(token));
    }

    @Test
    void tokenOfAnEndedSessionIsInactiveAtOnce() {
        var session = idp.signIn().session();
        var token = idp.tokens("openid").json("access_token");
        assertThat(idp.isActive(token)).isTrue();
        idp.stores.sessions().end(session.id(), "logout", soon());
        isInactive(idp.introspect(token));
    }

    @Test
    void expiredTokenIsInactive() {
        idp.signIn();
        var token = idp.tokens("openid").json("access_token");
        idp.time.advance(Duration.ofSeconds(299));
        assertThat(idp.isActive(token)).isTrue();
        idp.time.advance(Duration.ofSeconds(2));
        isInactive(idp.introspect(token));
    }

    @Test
    void idTokenIsNoAccessToken() {
        idp.signIn();
        isInactive(idp.introspect(idp.tokens("openid").json("id_token")));
    }

    @Test
    void tokenOfAnotherIssuerIsInactive() {
        idp.catalogs.put(TestClients.web().at(BRANCH).make());
        idp.catalogs.put(TestClients.service().at(BRANCH).make());
        idp.signIn();
        var token = idp.tokens("openid").json("access_token");
        isInactive(idp.send(Call.post("/introspect").basic("service", TestClients.SECRET).with("token", token)
                .at(BRANCH)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "eyJ", "eyJhbGciOiJub25lIn0.e30.", "a.b.c", "eyJ.eyJ.eyJ"})
    void garbageIsInactive(String token) {
        isInactive(idp.introspect(token));
    }

    @Test
    void tamperedTokenIsInactive() {
        idp.signIn();
        var token = idp.tokens("openid").json("access_token");
        int middle = token.indexOf('.') + 20;
        var other = token.charAt(middle) == 'A' ? 'B' : 'A';
        isInactive(idp.introspect(token.substring(0, middle) + other + token.substring(middle + 1)));
        isInactive(idp.introspect(token + "A"));
    }

    @Test
    void tokenOfADisabledClientIsInactive() {
        idp.signIn();
        var token = idp.tokens("openid").json("access_token");
        idp.catalogs.put(TestClients.web().disabled().make());
        isInactive(idp.introspect(token));
    }

    @Test
    void tokenOfADisabledOrganizationIsInactive() {
        idp.signIn();
        var token = idp.tokens("openid").json("access_token");
        idp.catalogs.put(new Organization(ACME, MAIN.name(), "Acme", false, 2));
        isInactive(idp.introspect(token));
    }

    @Test
    void clientOfAnOrganizationIsToldOfItsOwnTokensOnly() {
        idp.signIn();
        var token = idp.tokens("openid").json("access_token");
        idp.catalogs.put(TestClients.service().of(ACME).make());
        assertThat(idp.isActive(token)).isTrue();
        idp.catalogs.put(TestClients.service().of(GLOBEX).make());
        isInactive(idp.introspect(token));
    }

    @Test
    void spentRefreshTokenIsInactive() {
        idp.signIn();
        var token = idp.tokens("openid").json("refresh_token");
        idp.send(refresh(token));
        isInactive(idp.introspect(token));
    }

    @Test
    void callerMustBeConfidentialAndProven() {
        idp.send(Call.post("/introspect").with("client_id", "web").with("token", "x")).isError(401, "invalid_client");
        idp.send(Call.post("/introspect").with("token", "x")).isError(401, "invalid_client");
        idp.send(Call.post("/introspect").basic("service", "wrong").with("token", "x")).isError(401, "invalid_client");
    }

    @Test
    void tokenIsRequiredOnce() {
        var call = Call.post("/introspect").basic("service", TestClients.SECRET);
        idp.send(call).isError(400, "invalid_request");
        idp.send(call.with("token", "x").with("token", "y")).isError(400, "invalid_request");
    }

    @Test
    void hintChangesNothing() {
        idp.signIn();
        var token = idp.tokens("openid").json("access_token");
        var call = Call.post("/introspect").basic("service", TestClients.SECRET).with("token", token);
        assertThat(idp.send(call.with("token_type_hint", "refresh_token")).json()).containsEntry("active", true);
    }

    @Test
    void disabledIssuerAnswersNothing() {
        idp.catalogs.put(OAuthHarness.settings(MAIN, false));
        assertThat(idp.introspect("x").status()).isEqualTo(404);
    }
}
