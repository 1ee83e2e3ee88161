package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis and PostgreSQL freeze and die under a running server: who cannot answer says so, in time, and recovers. */
class FailureTest {

    private static final String ROOT = "root@gatehouse.example";
    /** The budgets are 100 ms to 500 ms, 3 s and 5 s: room for a busy machine, not for a wait without a deadline. */
    private static final Duration OAUTH_IN_TIME = Duration.ofMillis(2500);
    private static final Duration PAGE_IN_TIME = Duration.ofSeconds(6);
    private static final Duration ADMIN_IN_TIME = Duration.ofSeconds(9);
    private static RunningServer server;

    private Browser browser;
    private Answer tokens;
    private String admin;
    private Browser.Asked pending;
    private Answer passwordPage;
    private Browser typing;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A signed-in browser, somebody in the middle of a login, and every cache filled. */
    @BeforeEach
    void signIn() {
        browser = new Browser(server.url());
        await("a login works", () -> {
            tokens = browser.tokensOf(ROOT);
            return tokens.status() == 200;
        });
        admin = browser.adminToken();
        browser.clientToken("demo-service", "demo-service-secret");
        await("documents are in memory", () -> {
            var softly = new SoftAssertions();
            documentsAnswer(softly);
            return softly.wasSuccess();
        });
        // The test before may have broken the links to Redis, and each comes back in its own time.
        await("the session is seen", () -> browser.introspect(access()).json().path("active").asBoolean());
        assertThat(browser.userInfo(access()).status()).isEqualTo(200);
        typing = new Browser(server.url());
        pending = typing.askDemoApp();
        var first = typing.open(pending.url(), pending.redirectUri());
        var identifier = first.form().orElseThrow(() -> new AssertionError(first));
        identifier.fields().put("identifier", ROOT);
        passwordPage = typing.open(typing.post(identifier.action().toString(), identifier.fields()).location()
                .orElse(first.url()).toString(), pending.redirectUri());
        assertThat(passwordPage.body()).contains("name=\"password\"");
    }

    private String access() {
        return tokens.text("access_token");
    }

    private Answer typePassword() {
        var form = passwordPage.form().orElseThrow();
        form.fields().put("password", Browser.PASSWORD);
        return typing.post(form.action().toString(), form.fields());
    }

    private Answer adminList(String what) {
        return browser.get(server.url() + "/admin/v1/" + what, "Authorization", "Bearer " + admin);
    }

    @Test
    void whileRedisIsFrozenEveryEndpointThatNeedsItSaysSoInItsOwnFormAndTheOthersAnswer() {
        var asked = browser.askDemoApp();
        var code = Browser.code(browser.get(asked.url()));
        var softly = new SoftAssertions();

        server.redis().whileFrozen(() -> {
            oauthSaysLater(softly, browser.redeem(server.url(), "demo-app", asked, code));
            oauthSaysLater(softly, browser.refresh(tokens.text("refresh_token")));
            oauthSaysLater(softly, browser.introspect(access()));
            oauthSaysLater(softly, browser.introspect(tokens.text("refresh_token")));
            oauthSaysLater(softly, browser.userInfo(access()));
            oauthSaysLater(softly, browser.post(server.url() + "/revoke",
                    Map.of("token", tokens.text("refresh_token"), "client_id", "demo-app")));
            pageSaysLater(softly, browser.get(browser.askDemoApp().url()));
            pageSaysLater(softly, new Browser(server.url()).get(browser.askDemoApp().url()));
            pageSaysLater(softly, typing.get(passwordPage.url().toString()));
            pageSaysLater(softly, typePassword());
            problemSaysLater(softly, adminList("sessions"));
            documentsAnswer(softly);
            softly.assertThat(ready().text("status")).isEqualTo("degraded");
            softly.assertThat(ready().json().at("/checks/redis").asText()).isEqualTo("down");
            softly.assertThat(browser.clientTokenAnswer("demo-service", "demo-service-secret").status())
                    .as("client credentials ask Redis nothing").isEqualTo(200);
        });

        softly.assertAll();
        await("ready again", () -> ready().text("status").equals("up"));
        var again = browser.redeem(server.url(), "demo-app", asked, code);
        assertThat(again.status()).as("%s", again).isIn(200, 400);
        var third = browser.redeem(server.url(), "demo-app", asked, code);
        assertThat(third.text("error")).isEqualTo("invalid_grant");
        assertThat(browser.userInfo(access()).status()).isEqualTo(200);
        assertThat(browser.introspect(access()).json().path("active").asBoolean()).isTrue();
        assertThat(new Browser(server.url()).tokensOf(ROOT).status()).isEqualTo(200);
        assertThat(adminList("sessions?user=" + subject()).status()).isEqualTo(200);
    }

    private String subject() {
        return browser.userInfo(access()).text("sub");
    }

    @Test
    void aFormThatWasSentWhileRedisWasFrozenCanBeSentAgain() {
        server.redis().whileFrozen(() -> assertThat(typePassword().status()).isEqualTo(503));
        await("ready again", () -> ready().text("status").equals("up"));

        var page = typePassword();
        var back = page.location().isPresent() ? typing.open(page.location().get().toString(), pending.redirectUri())
                : page;

        assertThat(typing.redeem(server.url(), "demo-app", pending, Browser.code(back)).status()).isEqualTo(200);
    }

    @Test
    void whilePostgresIsFrozenTokensAreMadeAndJudgedAsEverAndWhatNeedsItSaysLater() {
        var asked = browser.askDemoApp();
        var code = Browser.code(browser.get(asked.url()));
        var softly = new SoftAssertions();

        server.postgres().whileFrozen(() -> {
            softly.assertThat(browser.clientTokenAnswer("demo-service", "demo-service-secret").status()).isEqualTo(200);
            var introspected = browser.introspect(access());
            softly.assertThat(introspected.status()).isEqualTo(200);
            softly.assertThat(introspected.json().path("active").asBoolean()).isTrue();
            softly.assertThat(browser.redeem(server.url(), "demo-app", asked, code).status()).isEqualTo(200);
            softly.assertThat(browser.refresh(tokens.text("refresh_token")).status()).isEqualTo(200);
            softly.assertThat(browser.userInfo(access()).status()).isEqualTo(200);
            softly.assertThat(browser.get(browser.askDemoApp().url()).location().map(URI::toString).orElse(""))
                    .as("a live session is answered without SQL").contains("code=");
            documentsAnswer(softly);
            softly.assertThat(ready().json().at("/checks/postgresql").asText()).isEqualTo("down");
            pageSaysLater(softly, typePassword());
            problemSaysLater(softly, adminList("clients"));
            oauthSaysLater(softly, browser.clientTokenAnswer("not-yet-asked-for", "secret"));
            pageSaysLater(softly, browser.get(
                    browser.ask(server.url(), "nor-this-one", "https://nowhere.example/", Map.of()).url()));
        });

        softly.assertAll();
        await("ready again", () -> ready().text("status").equals("up"));
        await("the admin API again", () -> adminList("clients").status() == 200);
        assertThat(new Browser(server.url()).tokensOf(ROOT).status()).isEqualTo(200);
    }

    @Test
    void redisIsKilledAndComesBackAndSessionsLive() throws IOException {
        var redis = server.redis();
        var program = redis.program();

        redis.kill();
        var softly = new SoftAssertions();
        oauthSaysLater(softly, browser.introspect(access()));
        oauthSaysLater(softly, browser.userInfo(access()));
        pageSaysLater(softly, browser.get(browser.askDemoApp().url()));
        documentsAnswer(softly);
        softly.assertAll();
        var reborn = restartRedis(program);
        try {
            await("the session again", () -> browser.introspect(access()).json().path("active").asBoolean());
            // Each link to Redis comes back in its own time.
            await("a refresh again", () -> browser.refresh(tokens.text("refresh_token")).status() == 200);
            await("a silent sign-in again",
                    () -> browser.get(browser.askDemoApp().url()).redirectParameters().containsKey("code"));
            await("a new login", () -> new Browser(server.url()).tokensOf(ROOT).status() == 200);
        } catch (AssertionError failed) {
            reborn.destroyForcibly();
            throw failed;
        }
    }

    private static Process restartRedis(String program) throws IOException {
        var folder = server.folder().resolve("redis").toAbsolutePath();
        return new ProcessBuilder(List.of(
                        program, "--port", Integer.toString(server.stores().redis().uri().getPort()),
                        "--bind", "127.0.0.1", "--dir", folder.toString(), "--pidfile", folder.resolve("redis.pid")
                                .toString(),
                        "--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction"))
                .redirectOutput(Path.of("/dev/null").toFile()).redirectErrorStream(true).start();
    }

    @Test
    void postgresDropsEveryLinkAndRecoversAndSoDoWe() {
        server.postgres().killChild();

        assertThat(browser.introspect(access()).json().path("active").asBoolean()).isTrue();
        assertThat(browser.refresh(tokens.text("refresh_token")).status()).isEqualTo(200);
        var meanwhile = adminList("clients");
        assertThat(meanwhile.status()).as("%s", meanwhile).isIn(200, 503);
        await("the admin API again", () -> adminList("clients").status() == 200);
        assertThat(new Browser(server.url()).tokensOf(ROOT).status()).isEqualTo(200);
    }

    private Answer ready() {
        return browser.get(server.url() + "/health/ready");
    }

    private void documentsAnswer(SoftAssertions softly) {
        for (var path : List.of("/jwks", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server",
                "/realms/demo-idp/jwks", "/realms/demo-idp/saml/idp", "/saml/sp/globex-saml", "/health/live",
                        "/demo")) {
            softly.assertThat(browser.get(server.url() + path).status()).as(path).isEqualTo(200);
        }
    }

    private static void oauthSaysLater(SoftAssertions softly, Answer answer) {
        saysLater(softly, answer, "application/json", OAUTH_IN_TIME);
        softly.assertThat(answer.body()).as("%s", answer).contains("\"error\":\"temporarily_unavailable\"")
                .doesNotContain("active").doesNotContain("invalid_");
    }

    private static void pageSaysLater(SoftAssertions softly, Answer answer) {
        saysLater(softly, answer, "text/html", PAGE_IN_TIME);
        softly.assertThat(answer.location()).as("%s", answer).isEmpty();
    }

    private static void problemSaysLater(SoftAssertions softly, Answer answer) {
        saysLater(softly, answer, "application/problem+json", ADMIN_IN_TIME);
    }

    private static void saysLater(SoftAssertions softly, Answer answer, String mediaType, Duration inTime) {
        softly.assertThat(answer.status()).as("%s", answer).isEqualTo(503);
        softly.assertThat(answer.header("content-type")).as("%s", answer).startsWith(mediaType);
        softly.assertThat(answer.header("retry-after")).as("%s", answer).matches("\\d+");
        softly.assertThat(answer.traceId()).as("%s", answer).isPresent();
        softly.assertThat(answer.took()).as("%s", answer).isLessThan(inTime);
    }

    static void await(String what, BooleanSupplier condition) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        AssertionError last = null;
        while (System.nanoTime() - end < 0) {
            try {
                if (condition.getAsBoolean()) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            } catch (AssertionError notYet) {
                last = notYet;
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
        throw new AssertionError("waited in vain: " + what, last);
    }
}
