package gatehouse.idp.oauth.revocation;

import static gatehouse.idp.oauth.testkit.OAuthHarness.BRANCH;
import static gatehouse.idp.oauth.testkit.OAuthHarness.refresh;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.oauth.testkit.Answer;
import gatehouse.idp.oauth.testkit.Call;
import gatehouse.idp.oauth.testkit.OAuthHarness;
import gatehouse.idp.oauth.testkit.TestClients;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationTest {

    private final OAuthHarness idp = new OAuthHarness();
    private Answer tokens;

    @BeforeEach
    void tokens() {
        idp.signIn();
        tokens = idp.tokens("openid api:read");
        idp.trail.clear();
    }

    private static Call revoke(String token) {
        return Call.post("/revoke").with("client_id", "web").with("token", token);
    }

    @Test
    @DisplayName("RFC 7009 §2.1: with the refresh token go the access tokens")
    void refreshTokenTakesItsFamilyAlong() {
        assertThat(idp.send(revoke(tokens.json("refresh_token"))).status()).isEqualTo(200);
        idp.send(refresh(tokens.json("refresh_token"))).isError(400, "invalid_grant");
        assertThat(idp.isActive(tokens.json("access_token"))).isFalse();
        assertThat(idp.actions()).contains(AuditAction.TOKEN_REVOKED);
    }

    @Test
    void accessTokenGoesAlone() {
        assertThat(idp.send(revoke(tokens.json("access_token"))).status()).isEqualTo(200);
        assertThat(idp.isActive(tokens.json("access_token"))).isFalse();
        var next = idp.send(refresh(tokens.json("refresh_token")));
        assertThat(idp.isActive(next.json("access_token"))).isTrue();
    }

    @Test
    void anotherClientsTokensAreLeftAlone() {
        for (var name : new String[] {"refresh_token", "access_token"}) {
            var call = Call.post("/revoke").basic("service", TestClients.SECRET).with("token", tokens.json(name));
            assertThat(idp.send(call).status()).isEqualTo(200);
        }
        assertThat(idp.trail).isEmpty();
        assertThat(idp.isActive(tokens.json("access_token"))).isTrue();
        assertThat(idp.send(refresh(tokens.json("refresh_token"))).status()).isEqualTo(200);
    }

    @Test
    void anotherIssuersTokensAreLeftAlone() {
        idp.catalogs.put(TestClients.web().at(BRANCH).make());
        idp.send(revoke(tokens.json("refresh_token")).at(BRANCH));
        idp.send(revoke(tokens.json("access_token")).at(BRANCH));
        assertThat(idp.isActive(tokens.json("access_token"))).isTrue();
        assertThat(idp.send(refresh(tokens.json("refresh_token"))).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "eyJ.eyJ.eyJ", "r1.x"})
    void unknownTokenIsAnsweredAlike(String token) {
        var answer = idp.send(revoke(token));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEmpty();
    }

    @Test
    void revokingTwiceIsTheSame() {
        idp.send(revoke(tokens.json("refresh_token")));
        assertThat(idp.send(revoke(tokens.json("refresh_token"))).status()).isEqualTo(200);
    }

    @Test
    void wrongHintIsNoHindrance() {
        idp.send(revoke(tokens.json("refresh_token")).with("token_type_hint", "access_token"));
        idp.send(refresh(tokens.json("refresh_token"))).isError(400, "invalid_grant");
    }

    @Test
    void callerMustBeAClient() {
        idp.send(revoke("x").without("client_id")).isError(401, "invalid_client");
        idp.send(revoke("x").without("client_id").basic("service", "wrong")).isError(401, "invalid_client");
        idp.send(revoke("x").without("token")).isError(400, "invalid_request");
    }
}
