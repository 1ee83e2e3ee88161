package gatehouse.idp.oauth.refresh;

import static gatehouse.idp.oauth.testkit.OAuthHarness.BRANCH;
import static gatehouse.idp.oauth.testkit.OAuthHarness.MAIN;
import static gatehouse.idp.oauth.testkit.OAuthHarness.claims;
import static gatehouse.idp.oauth.testkit.OAuthHarness.refresh;
import static gatehouse.idp.oauth.testkit.OAuthHarness.soon;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.oauth.testkit.OAuthHarness;
import gatehouse.idp.oauth.testkit.TestClients;
import gatehouse.idp.tenancy.Organization;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefreshTest {

    private final OAuthHarness idp = new OAuthHarness();

    private String token(String scope) {
        return idp.tokens(scope).json("refresh_token");
    }

    @Test
    void refreshGivesASuccessorAndNewTokens() {
        var session = idp.signIn().session();
        var first = token("openid email");
        var answer = idp.send(refresh(first));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json("refresh_token")).isNotEqualTo(first);
        assertThat(claims(answer.json("access_token")).getClaims()).containsEntry("sid", session.id().value());
        assertThat(claims(answer.json("id_token")).getClaims()).containsEntry("email", "ada@acme.example")
                .doesNotContainKey("nonce");
        assertThat(idp.actions()).endsWith(AuditAction.TOKEN_REFRESHED);
        assertThat(idp.send(refresh(answer.json("refresh_token"))).status()).isEqualTo(200);
    }

    @Test
    void retryAfterALostAnswerGetsTheSameSuccessor() {
        idp.signIn();
        var first = token("openid");
        var one = idp.send(refresh(first)).json("refresh_token");
        var two = idp.send(refresh(first));
        assertThat(two.status()).isEqualTo(200);
        assertThat(two.json("refresh_token")).isEqualTo(one);
    }

    @Test
    void replayRevokesTheFamilyAndEndsTheSession() {
        idp.signIn();
        var stolen = token("openid api:read");
        var tokens = idp.send(refresh(stolen));
        idp.time.advance(Duration.ofMinutes(2));

        idp.send(refresh(stolen)).isError(400, "invalid_grant");

        assertThat(idp.actions()).endsWith(AuditAction.REFRESH_REPLAYED);
        idp.send(refresh(tokens.json("refresh_token"))).isError(400, "invalid_grant");
        assertThat(idp.isActive(tokens.json("access_token"))).isFalse();
    }

    @Test
    void scopeMayBeNarrowedForOneAnswer() {
        idp.signIn();
        var narrow = idp.send(refresh(token("openid email api:read")).with("scope", "api:read"));
        assertThat(narrow.json()).containsEntry("scope", "api:read").doesNotContainKey("id_token");
        var whole = idp.send(refresh(narrow.json("refresh_token")));
        assertThat(whole.json()).containsEntry("scope", "openid email api:read");
    }

    @Test
    void widerScopeIsRefusedAndSpendsNothing() {
        idp.signIn();
        var first = token("openid api:read");
        idp.send(refresh(first).with("scope", "api:read api:write")).isError(400, "invalid_scope");
        idp.time.advance(Duration.ofMinutes(2));
        assertThat(idp.send(refresh(first)).status()).isEqualTo(200);
    }

    @Test
    void scopeThatTheClientLostIsNoLongerGiven() {
        idp.signIn();
        var first = token("openid api:read api:write");
        idp.catalogs.put(TestClients.web().scopes("openid", "api:read").make());
        assertThat(idp.send(refresh(first)).json()).containsEntry("scope", "openid api:read");
    }

    @Test
    void refreshTokenEndsWithTheSession() {
        var session = idp.signIn().session();
        var first = token("openid");
        idp.stores.sessions().end(session.id(), "logout", soon());
        idp.send(refresh(first)).isError(400, "invalid_grant");
    }

    @Test
    void offlineTokenOutlivesTheSession() {
        var session = idp.signIn().session();
        var tokens = idp.tokens("openid offline_access");
        idp.stores.sessions().end(session.id(), "logout", soon());
        idp.time.advance(Duration.ofDays(3));

        var answer = idp.send(refresh(tokens.json("refresh_token")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(claims(answer.json("access_token")).getClaims()).doesNotContainKey("sid")
                .containsEntry("org_id", "acme");
        assertThat(idp.isActive(answer.json("access_token"))).isTrue();
    }

    @Test
    void offlineTokenHasAnAbsoluteEnd() {
        idp.signIn();
        var token = token("openid offline_access");
        idp.time.advance(Duration.ofDays(31));
        idp.send(refresh(token)).isError(400, "invalid_grant");
    }

    @Test
    void anotherClientsTokenIsRefusedAndStaysGood() {
        idp.signIn();
        var token = token("openid");
        idp.send(refresh(token).without("client_id").basic("service", TestClients.SECRET))
                .isError(400, "invalid_grant");
        assertThat(idp.send(refresh(token)).status()).isEqualTo(200);
    }

    @Test
    void anotherIssuersTokenIsRefused() {
        idp.catalogs.put(TestClients.web().at(BRANCH).make());
        idp.signIn();
        idp.send(refresh(token("openid")).at(BRANCH)).isError(400, "invalid_grant");
    }

    @Test
    void disabledUserIsRefused() {
        idp.signIn();
        var token = token("openid offline_access");
        idp.catalogs.put(OAuthHarness.ada(MAIN, false));
        idp.send(refresh(token)).isError(400, "invalid_grant");
    }

    @Test
    void disabledOrganizationIsRefused() {
        idp.signIn();
        var token = token("openid offline_access");
        idp.catalogs.put(new Organization(OAuthHarness.ACME, MAIN.name(), "Acme", false, 2));
        idp.send(refresh(token)).isError(400, "invalid_grant");
    }

    @Test
    void disabledClientIsRefused() {
        idp.signIn();
        var token = token("openid");
        idp.catalogs.put(TestClients.web().disabled().make());
        idp.send(refresh(token)).isError(401, "invalid_client");
    }

    @Test
    void garbageIsRefused() {
        idp.send(refresh("garbage")).isError(400, "invalid_grant");
        idp.send(refresh("x").without("refresh_token")).isError(400, "invalid_request");
        idp.send(refresh("x").with("refresh_token", "y")).isError(400, "invalid_request");
    }
}
