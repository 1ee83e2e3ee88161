package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.boot.config.ServerConfig;
import gatehouse.idp.sql.SqlUserStore;
import gatehouse.spi.UserId;
import gatehouse.spi.credential.PasswordHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server with Keycloak providers in its folder: one listens, one hashes, one does everything wrong. */
class ProvidersTest {

    private static final Path JARS = Path.of("../spi/fixtures/target/providers");
    private static final Path KEYCLOAK = Path.of("target/gatehouse/keycloak");
    private static final String ROOT = "root@gatehouse.example";
    private static final String VETERAN = "veteran@gatehouse.example";
    private static final String OLD_PASSWORD = "as-it-was-in-keycloak";

    @TempDir
    private static Path folder;
    private static Path events;
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        assertThat(JARS).as("made by ./mvnw verify, in the package phase of spi/fixtures").isDirectory();
        assertThat(KEYCLOAK).as("made by ./mvnw verify, from the package phase of spi/keycloak").isDirectory();
        var jars = Files.createDirectory(folder.resolve("providers"));
        for (var jar : List.of("file-listener.jar", "legacy-hasher.jar", "rogue-listener.jar")) {
            Files.copy(JARS.resolve(jar), jars.resolve(jar));
        }
        events = folder.resolve("events.jsonl");
        server = RunningServer.start(config -> withProviders(config, new ServerConfig.Providers(jars.toString(), Map.of(
                "provider.eventsListener.file.file", events.toString(),
                "provider.eventsListener.rogue.in-turn", "throw,error,spin,sleep,leak,ignore-interrupt"))));
        var browser = new Browser(server.url());
        var made = browser.json("POST", server.url() + "/admin/v1/users", "{\"email\":\"" + VETERAN
                + "\",\"email_verified\":true}",
                "Authorization", "Bearer " + browser.adminToken());
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        remember(made.text("id"));
    }

    private static ServerConfig withProviders(ServerConfig config, ServerConfig.Providers providers) {
        return new ServerConfig(config.publicUrl(), config.masterKey(), config.listen(), config.database(),
                config.redis(),
                config.keys(), config.outbound(), providers, config.budgets(), config.attempts(), config.logging());
    }

    /** Stores the password as a migration from Keycloak would: under the algorithm of the hosted hasher. */
    private static void remember(String user) {
        var salt = "a-salt-of-16-byt".getBytes(StandardCharsets.US_ASCII);
        var hash = new PasswordHash("legacy-sha512", Base64.getEncoder().encodeToString(derive(salt)),
                Base64.getEncoder().encodeToString(salt), Map.of("hashIterations", "1000", "version", "7"));
        boolean stored = database().withHandle(sql -> SqlUserStore.setPassword(sql, "main", new UserId(user), hash));
        assertThat(stored).isTrue();
    }

    private static byte[] derive(byte[] salt) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(new PBEKeySpec(OLD_PASSWORD.toCharArray(), salt, 1000, 256)).getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Jdbi database() {
        return Jdbi.create(server.stores().postgres().jdbcUrl(), "postgres", "");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void everyLoginWorksAndIsToldToTheListenerWhateverTheRogueOneDoes() {
        for (int round = 0; round < 8; round++) {
            var browser = new Browser(server.url());
            var tokens = browser.tokensOf(ROOT);
            assertThat(tokens.status()).as("%s", tokens).isEqualTo(200);
            assertThat(tokens.took()).isLessThan(Duration.ofSeconds(3));
            assertThat(browser.userInfo(tokens.text("access_token")).status()).isEqualTo(200);
        }
        FailureTest.await("the listener was told", () ->
                told("LOGIN", ROOT) >= 8 && told("CODE_TO_TOKEN", ROOT) >= 8);
        assertThat(told("LOGIN", "ada@acme-ads.example")).isZero();
        assertThat(new Browser(server.url()).tokensOf("ada@acme-ads.example").status()).isEqualTo(200);
        FailureTest.await("of federated logins too", () -> told("LOGIN", "ada@acme-ads.example") > 0);
    }

    private static long told(String type, String email) {
        try {
            return !Files.exists(events) ? 0 : Files.readAllLines(events).stream()
                    .filter(line -> line.contains("\"type\":\"" + type + '"') && line.contains("\"email\":\"" + email
                            + '"'))
                    .count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void aPasswordThatOnlyTheHostedHasherKnowsOpensTheDoorAndIsHashedAnew() {
        var wrong = new Browser(server.url());
        var asked = wrong.askDemoApp();
        // A hasher that throws, blocks or spins is no password, and no fault of the server's.
        for (var nonsense : List.of("throw", "block", "spin")) {
            var answer = passwordOnce(nonsense);
            assertThat(answer.status()).as("%s", answer).isIn(200, 503);
            assertThat(answer.location()).isEmpty();
            assertThat(answer.took()).isLessThan(Duration.ofSeconds(6));
            assertThat(answer.body()).doesNotContain("s3cret");
        }

        var browser = new Browser(server.url());
        var back = browser.signIn(asked, VETERAN, OLD_PASSWORD);
        assertThat(browser.redeem(server.url(), "demo-app", asked, Browser.code(back)).status()).isEqualTo(200);

        var algorithm = database().withHandle(sql -> sql.createQuery(
                        "SELECT password ->> 'algorithm' FROM account WHERE email = :email").bind("email", VETERAN)
                .mapTo(String.class).one());
        assertThat(algorithm).startsWith("argon2");
        var again = new Browser(server.url());
        var askedAgain = again.askDemoApp();
        assertThat(Browser.code(again.signIn(askedAgain, VETERAN, OLD_PASSWORD))).isNotEmpty();
    }

    private static Answer passwordOnce(String password) {
        var browser = new Browser(server.url());
        var page = browser.open(browser.askDemoApp().url(), "none");
        var identifier = page.form().orElseThrow();
        identifier.fields().put("identifier", VETERAN);
        var next = browser.post(identifier.action().toString(), identifier.fields());
        page = next.location().map(to -> browser.open(to.toString(), "none")).orElse(next);
        var form = page.form().orElseThrow();
        form.fields().put("password", password);
        return browser.post(form.action().toString(), form.fields());
    }

    @Test
    void whatProvidersDoIsCounted() {
        new Browser(server.url()).tokensOf(ROOT);
        FailureTest.await("counted", () -> new Browser(server.url()).get(server.url() + "/metrics").body().lines()
                .anyMatch(line -> line.startsWith("gatehouse_provider_calls_total{")
                        && line.contains("provider=\"file\"")
                        && !line.endsWith(" 0.0")));
    }
}
