package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guessing passwords: a lock that is the same for people who exist and people who do not, and that fades. */
class AccountLockoutTest {

    private static final String ROOT = "root@gatehouse.example";
    private static final String NOBODY = "nobody@gatehouse.example";
    /** More than are admitted for one name. */
    private static final int GUESSES = 12;

    private RunningServer server;

    @BeforeEach
    void start() {
        server = RunningServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Somebody on the password page. */
    private final class Guesser {

        private final Browser browser = new Browser(server.url());
        private final Browser.Asked asked = browser.askDemoApp();
        private Answer page;

        Guesser(String email) {
            page = browser.open(asked.url(), asked.redirectUri());
            send("identifier", email);
            assertThat(page.body()).contains("name=\"password\"");
        }

        Answer guess(String password) {
            send("password", password);
            return page;
        }

        private void send(String field, String value) {
            var form = page.form().orElseThrow(() -> new AssertionError("no form: " + page));
            form.fields().put(field, value);
            var answer = browser.post(form.action().toString(), form.fields());
            page = answer.location().isPresent() && !answer.location().get().toString().startsWith(asked.redirectUri())
                    ? browser.open(answer.location().get().toString(), asked.redirectUri())
                    : answer;
        }
    }

    /** A page without what differs from visit to visit. */
    private static String text(Answer answer, String email) {
        return answer.status() + " " + answer.body().replace(email, "somebody")
                .replaceAll("name=\"step\" value=\"[^\"]*\"", "")
                .replaceAll("/login/[\\w.~-]+", "/login/flow").replaceAll("nonce=\"[^\"]*\"", "");
    }

    private List<String> guesses(String email) {
        var guesser = new Guesser(email);
        var texts = new ArrayList<String>();
        for (int i = 0; i < GUESSES; i++) {
            texts.add(text(guesser.guess("wrong-" + i), email));
        }
        texts.add(text(guesser.guess(Browser.PASSWORD), email));
        return texts;
    }

    @Test
    void whoExistsAndWhoDoesNotAreToldTheSameBeforeAndAfterTheLock() {
        var known = guesses(ROOT);
        var unknown = guesses(NOBODY);

        assertThat(known).isEqualTo(unknown);
        assertThat(known).as("being locked looks like being wrong").containsOnly(known.getFirst());
        assertThat(new Guesser(ROOT).guess(Browser.PASSWORD).location()).as("locked in every browser").isEmpty();
        assertThat(new Browser(server.url()).tokensOf("ada@acme-ads.example").status()).as("others are not")
                .isEqualTo(200);
    }

    @Test
    void aFewMistakesLockNobodyAndAreForgottenByTheRightPassword() {
        for (int round = 0; round < 3; round++) {
            var guesser = new Guesser(ROOT);
            for (int i = 0; i < 6; i++) {
                guesser.guess("wrong-" + i);
            }
            assertThat(guesser.guess(Browser.PASSWORD).redirectParameters()).as("round %d", round).containsKey("code");
        }
    }

    @Test
    void aLockFadesByItself() {
        guesses(ROOT);
        assertThat(new Guesser(ROOT).guess(Browser.PASSWORD).location()).isEmpty();

        letTimePass(Duration.ofHours(1));

        assertThat(new Guesser(ROOT).guess(Browser.PASSWORD).redirectParameters()).containsKey("code");
    }

    /** Dates every count of attempts back: its value is a count and the milliseconds of its last change. */
    private void letTimePass(Duration time) {
        var client = RedisClient.create(RedisURI.create(server.stores().redis().uri()));
        try (var connection = client.connect(ByteArrayCodec.INSTANCE)) {
            var redis = connection.sync();
            var counts = redis.keys("n:*");
            assertThat(counts).isNotEmpty();
            for (var key : counts) {
                assertThat(redis.pttl(key)).as("no lock is for ever").isPositive();
                var count = ByteBuffer.wrap(redis.get(key));
                redis.set(key, ByteBuffer.allocate(16).putDouble(count.getDouble())
                        .putDouble(count.getDouble() - time.toMillis()).array());
            }
        } finally {
            client.shutdown();
        }
    }
}
