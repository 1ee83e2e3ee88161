package gatehouse.idp.oauth.failure;

import static gatehouse.idp.oauth.testkit.OAuthHarness.authorize;
import static gatehouse.idp.oauth.testkit.OAuthHarness.exchange;
import static gatehouse.idp.oauth.testkit.OAuthHarness.refresh;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.oauth.testkit.Answer;
import gatehouse.idp.oauth.testkit.Call;
import gatehouse.idp.oauth.testkit.FailingStores;
import gatehouse.idp.oauth.testkit.FailingStores.Failure;
import gatehouse.idp.oauth.testkit.OAuthHarness;
import gatehouse.idp.oauth.testkit.TestClients;
import gatehouse.idp.page.Page;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that fails at any of its calls: 503 in the protocol's form, never a statement about the request. */
class StoreFailureTest {

    private final FailingStores failing = new FailingStores();
    private final OAuthHarness idp = new OAuthHarness(failing::around);

    /**
     * Lets each store call of {@code request} fail once, until a run has no more calls; answers how many there were.
     */
    private int atEachCall(Failure failure, Supplier<Call> request) {
        for (int call = 0; ; call++) {
            failing.heal();
            var prepared = request.get();
            failing.failAt(call, failure);
            var answer = idp.send(prepared);
            failing.heal();
            if (!failing.hasFailed()) {
                assertThat(answer.status()).isEqualTo(200);
                return call;
            }
            isUnavailable(answer);
        }
    }

    private static void isUnavailable(Answer answer) {
        answer.isError(503, "temporarily_unavailable");
        assertThat(answer.header("retry-after")).isPresent();
        assertThat(answer.json()).doesNotContainKeys("access_token", "refresh_token", "active");
    }

    @ParameterizedTest
    @EnumSource
    void codeExchangeIsUnavailable(Failure failure) {
        var calls = atEachCall(failure, () -> {
            idp.signIn();
            return exchange(idp.code("openid"));
        });
        assertThat(calls).as("redeem, open, stands").isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void codeWhoseRedemptionWasLateIsSpent(Failure failure) {
        idp.signIn();
        var code = idp.code("openid");
        failing.failAt(0, failure);
        isUnavailable(idp.send(exchange(code)));
        failing.heal();
        assertThat(idp.send(exchange(code)).status()).isEqualTo(failure == Failure.LATE ? 400 : 200);
    }

    @ParameterizedTest
    @EnumSource
    void refreshIsUnavailableAndCanBeRetried(Failure failure) {
        idp.signIn();
        var token = idp.tokens("openid").json("refresh_token");
        failing.failAt(0, failure);
        isUnavailable(idp.send(refresh(token)));
        failing.heal();
        assertThat(idp.send(refresh(token)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void introspectionIsUnavailableAndNeverInactive(Failure failure) {
        idp.signIn();
        var tokens = idp.tokens("openid");
        for (var name : new String[] {"access_token", "refresh_token"}) {
            var calls = atEachCall(failure, () ->
                    Call.post("/introspect").basic("service", TestClients.SECRET).with("token", tokens.json(name)));
            assertThat(calls).as("one round trip").isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void revocationIsUnavailableAndNeverPretended(Failure failure) {
        idp.signIn();
        atEachCall(failure, () -> Call.post("/revoke").with("client_id", "web")
                .with("token", idp.tokens("openid").json("refresh_token")));
        atEachCall(failure, () -> Call.post("/revoke").with("client_id", "web")
                .with("token", idp.tokens("openid").json("access_token")));
    }

    @ParameterizedTest
    @EnumSource
    void userinfoIsUnavailable(Failure failure) {
        idp.signIn();
        var token = idp.tokens("openid").json("access_token");
        assertThat(atEachCall(failure, () -> Call.get("/userinfo").bearer(token))).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void clientCredentialsNeedNoStore(Failure failure) {
        assertThat(atEachCall(failure, () -> Call.post("/token").basic("service", TestClients.SECRET)
                .with("grant_type", "client_credentials"))).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void authorizationIsAPageAndNoCode(Failure failure) {
        idp.signIn();
        failing.failAt(0, failure);
        var answer = idp.send(authorize());
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.page().orElseThrow()).isInstanceOf(Page.Error.class);
        assertThat(answer.header("location")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void logoutIsAPageAndKeepsTheCookie(Failure failure) {
        var opened = idp.signIn();
        var hint = idp.tokens("openid").json("id_token");
        for (int call = 0; call < 2; call++) {
            failing.failAt(call, failure);
            var answer = idp.send(Call.get("/logout").with("id_token_hint", hint)
                    .cookie(idp.cookies.name("sid", OAuthHarness.MAIN), opened.cookieValue()));
            failing.heal();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("set-cookie")).isEmpty();
        }
    }
}
