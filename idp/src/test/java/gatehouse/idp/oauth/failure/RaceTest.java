package gatehouse.idp.oauth.failure;

import static gatehouse.idp.oauth.testkit.OAuthHarness.exchange;
import static gatehouse.idp.oauth.testkit.OAuthHarness.refresh;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.oauth.testkit.Answer;
import gatehouse.idp.oauth.testkit.Call;
import gatehouse.idp.oauth.testkit.OAuthHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RaceTest {

    private static final int CALLERS = 64;

    private final OAuthHarness idp = new OAuthHarness();

    private List<Answer> atOnce(Supplier<Call> call) throws InterruptedException, ExecutionException, TimeoutException {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Answer>>();
            for (int i = 0; i < CALLERS; i++) {
                answers.add(threads.submit(() -> {
                    start.await();
                    return idp.send(call.get());
                }));
            }
            start.countDown();
            var given = new ArrayList<Answer>();
            for (var answer : answers) {
                given.add(answer.get(30, TimeUnit.SECONDS));
            }
            return given;
        }
    }

    @Test
    void ofManyExchangesAtMostOneGetsTokensAndTheyDoNotLast() throws Exception {
        idp.signIn();
        for (int round = 0; round < 20; round++) {
            var code = idp.code("openid");
            var won = atOnce(() -> exchange(code)).stream().filter(answer -> answer.status() == 200).toList();
            assertThat(won).hasSizeLessThanOrEqualTo(1);
            for (var answer : won) {
                assertThat(idp.isActive(answer.json("access_token"))).isFalse();
                idp.send(refresh(answer.json("refresh_token"))).isError(400, "invalid_grant");
            }
        }
    }

    @Test
    void manyRefreshesOfOneTokenGetOneSuccessor() throws Exception {
        idp.signIn();
        var token = idp.tokens("openid").json("refresh_token");
        var answers = atOnce(() -> refresh(token));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        assertThat(answers.stream().map(answer -> answer.json("refresh_token")).distinct()).hasSize(1);
    }
}
