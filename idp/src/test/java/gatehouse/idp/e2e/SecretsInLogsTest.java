package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whole journeys, and then a search for everything secret in the log, in PostgreSQL and in Redis. */
class SecretsInLogsTest {

    /** A JWT anywhere, also one that only the server and an identity provider have seen. */
    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}");
    private static final Pattern ASSERTION = Pattern.compile("<(?:\\w+:)?(?:Assertion|Response|AuthnRequest)\\b");
    private static final String ADA = "ada@acme-ads.example";
    private static final String GRACE = "grace@globex-media.example";
    private static final String ROOT = "root@gatehouse.example";

    private static final TreeSet<String> SECRETS = new TreeSet<>();
    private static RunningServer server;
    private static CapturedLog log;

    @BeforeAll
    static void journeys() {
        log = CapturedLog.open();
        server = RunningServer.start();
        for (var email : List.of(ADA, GRACE, ROOT)) {
            var browser = new Browser(server.url());
            happyJourney(browser, email);
            SECRETS.addAll(browser.secrets());
        }
        var clumsy = new Browser(server.url());
        mistakes(clumsy);
        SECRETS.addAll(clumsy.secrets());
        var administrator = new Browser(server.url());
        administration(administrator);
        SECRETS.addAll(administrator.secrets());
        SECRETS.add(server.stores().masterKey());
        SECRETS.addAll(List.of("gatehouse-acme-secret", "demo-service-secret", "demo-admin-secret"));
    }

    @AfterAll
    static void stop() {
        server.close();
        log.close();
    }

    private static void happyJourney(Browser browser, String email) {
        var tokens = browser.tokensOf(email);
        assertThat(tokens.status()).as("%s", tokens).isEqualTo(200);
        assertThat(browser.userInfo(tokens.text("access_token")).status()).isEqualTo(200);
        assertThat(browser.introspect(tokens.text("access_token")).json().path("active").asBoolean()).isTrue();
        assertThat(browser.introspect(tokens.text("refresh_token")).status()).isEqualTo(200);
        var refreshed = browser.refresh(tokens.text("refresh_token"));
        assertThat(refreshed.status()).isEqualTo(200);
        // A session, and a login under way, stay in the stores to be looked at.
        var other = new Browser(server.url());
        assertThat(other.tokensOf(email).status()).isEqualTo(200);
        assertThat(other.get(other.askDemoApp().url()).redirectParameters()).containsKey("code");
        var offline = other.ask(server.url(), "demo-app", server.url() + "/demo/callback",
                Map.of("scope", "openid offline_access"));
        assertThat(other.redeem(server.url(), "demo-app", offline, Browser.code(other.get(offline.url()))).status())
                .isEqualTo(200);
        SECRETS.addAll(other.secrets());
        var waiting = new Browser(server.url());
        waiting.open(waiting.askDemoApp().url(), "none");
        SECRETS.addAll(waiting.secrets());
        assertThat(browser.post(server.url() + "/revoke",
                Map.of("token", refreshed.text("refresh_token"), "client_id", "demo-app")).status()).isEqualTo(200);
        assertThat(browser.get(server.url() + "/logout?id_token_hint=" + tokens.text("id_token")
                + "&post_logout_redirect_uri=" + server.url() + "/demo&state=leaving-with-a-long-state").status())
                        .isLessThan(400);
    }

    private static void mistakes(Browser browser) {
        var asked = browser.askDemoApp();
        browser.signIn(browser.ask(server.url(), "demo-app", server.url() + "/demo/callback",
                Map.of("prompt", "login")),
                ROOT, Browser.PASSWORD);
        var wrongPassword = new Browser(server.url());
        typePasswordOnce(wrongPassword, "a-wrong-password-1");
        SECRETS.addAll(wrongPassword.secrets());
        var tokens = browser.redeem(server.url(), "demo-app", asked, Browser.code(browser.get(asked.url())));
        browser.redeem(server.url(), "demo-app", asked, "a-code-that-never-was-0123456789");
        browser.secrets().add("a-code-that-never-was-0123456789");
        browser.refresh(tokens.text("refresh_token") + "x");
        browser.userInfo(tokens.text("access_token") + "x");
        browser.introspect("eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYWxsb3J5In0.");
        browser.clientTokenAnswer("demo-service", "a-wrong-client-secret");
        browser.post(server.url() + "/token", Map.of("grant_type", "client_credentials", "client_id", "demo-service",
                "client_secret", "a-secret-in-the-wrong-place"));
        browser.secrets().add("a-secret-in-the-wrong-place");
        var response = Base64.getEncoder().encodeToString(
                "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"x\"/>".getBytes(StandardCharsets.UTF_8));
        browser.post(server.url() + "/login/arrive/globex-saml",
                Map.of("SAMLResponse", response, "RelayState", "unknown-relay-state-1"));
        browser.get(server.url()
                + "/login/arrive/acme-oidc?code=an-unknown-upstream-code&state=an-unknown-upstream-state");
        browser.get(server.url() + "/admin/v1/clients", "Authorization", "Bearer a-made-up-admin-token-0123");
        browser.secrets().add("a-made-up-admin-token-0123");
        // A code used twice, and a refresh token used twice: families are revoked.
        var again = browser.askDemoApp();
        var code = Browser.code(browser.get(again.url()));
        var first = browser.redeem(server.url(), "demo-app", again, code);
        browser.redeem(server.url(), "demo-app", again, code);
        browser.refresh(first.text("refresh_token"));
    }

    private static void typePasswordOnce(Browser browser, String password) {
        var page = browser.open(browser.askDemoApp().url(), "none");
        for (int step = 0; step < 2; step++) {
            var form = page.form().orElseThrow();
            form.fields().computeIfPresent("identifier", (_, _) -> ROOT);
            form.fields().computeIfPresent("password", (_, _) -> password);
            var answer = browser.post(form.action().toString(), form.fields());
            page = answer.location().map(to -> browser.open(to.toString(), "none")).orElse(answer);
        }
        browser.secrets().add(password);
    }

    private static void administration(Browser browser) {
        var admin = new String[] {"Authorization", "Bearer " + browser.adminToken()};
        var made = browser.json("POST", server.url() + "/admin/v1/clients", """
                {"client_id":"secretive","client_name":"Secretive","client_secret":"a-secret-from-an-administrator",
                 "token_endpoint_auth_method":"client_secret_basic","grant_types":["client_credentials"],
                 "scopes":["api:read"]}""", admin);
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        browser.secrets().add("a-secret-from-an-administrator");
        assertThat(browser.clientTokenAnswer("secretive", "a-secret-from-an-administrator").status()).isEqualTo(200);
        var user = browser.json("POST", server.url() + "/admin/v1/users",
                "{\"email\":\"new@people.example\",\"password\":\"a-password-from-an-administrator\"}", admin);
        assertThat(user.status()).as("%s", user).isEqualTo(201);
        browser.secrets().add("a-password-from-an-administrator");
        browser.json("POST", server.url() + "/admin/v1/clients",
                "{\"client_secret\":\"a-secret-in-a-bad-document\",\"no_such_field\":1}", admin);
        browser.secrets().add("a-secret-in-a-bad-document");
    }

    @Test
    void thereIsMuchToSearchFor() {
        assertThat(SECRETS).hasSizeGreaterThan(150);
        assertThat(SECRETS).anyMatch(secret -> secret.startsWith("eyJ")).anyMatch(secret -> secret.length() > 4_000);
    }

    @Test
    void noLogLineHoldsASecret() {
        var text = String.join("\n", log.lines());

        assertThat(text).as("the log is captured").contains("login").hasSizeGreaterThan(2_000);
        assertNothingSecretIn("log", text);
    }

    @Test
    void noColumnOfPostgresHoldsASecret() {
        FailureTest.await("the audit trail is written", () -> postgres().contains("session"));
        var text = postgres();

        assertThat(text).as("the tables are read").contains(ROOT, "secretive", "demo-service");
        assertNothingSecretIn("PostgreSQL", text);
    }

    private static String postgres() {
        var jdbi = Jdbi.create(server.stores().postgres().jdbcUrl(), "postgres", "");
        return jdbi.withHandle(sql -> {
            var text = new StringBuilder();
            var tables = sql.createQuery("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
                    .mapTo(String.class).list();
            for (var table : tables) {
                sql.createQuery("SELECT t::text FROM \"" + table + "\" t").mapTo(String.class)
                        .forEach(row -> text.append(row).append('\n'));
            }
            return text.toString();
        });
    }

    @Test
    void noKeyOrValueOfRedisHoldsASecretAndNoneEverDid() throws IOException {
        var text = new StringBuilder();
        redisNow().forEach((key, value) -> text.append(key).append(' ').append(value).append('\n'));
        assertThat(text).as("Redis is read").hasSizeGreaterThan(2_000);
        assertNothingSecretIn("Redis", text.toString());

        var written = new StringBuilder();
        try (var files = Files.walk(server.folder().resolve("redis"))) {
            for (var file : files.filter(path -> path.toString().contains("appendonly")).filter(Files::isRegularFile)
                    .toList()) {
                written.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(written).as("the append-only file is read").contains("PEXPIRE").hasSizeGreaterThan(5_000);
        assertNothingSecretIn("what was ever written to Redis", written.toString());
    }

    /** Keys and serialized values, byte for byte. */
    private static Map<String, String> redisNow() {
        var client = RedisClient.create(RedisURI.create(server.stores().redis().uri()));
        try (var connection = client.connect(ByteArrayCodec.INSTANCE)) {
            var redis = connection.sync();
            redis.configSet("rdbcompression", "no");
            var all = new TreeMap<String, String>();
            var keys = ScanIterator.scan(redis, ScanArgs.Builder.limit(1_000));
            while (keys.hasNext()) {
                var key = keys.next();
                var value = redis.dump(key);
                if (value != null) {
                    all.put(new String(key, StandardCharsets.ISO_8859_1),
                            new String(value, StandardCharsets.ISO_8859_1));
                }
            }
            return all;
        } finally {
            client.shutdown();
        }
    }

    private static void assertNothingSecretIn(String where, String text) {
        var found = new ArrayList<String>();
        for (var secret : SECRETS) {
            if (text.contains(secret) || text.contains(bytes(secret))) {
                int at = Math.max(text.indexOf(secret), text.indexOf(bytes(secret)));
                found.add(secret + " in: " + text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 200)));
            }
        }
        assertThat(found).as("secrets in %s", where).isEmpty();
        assertThat(JWT.matcher(text).results().map(match -> match.group())).as("JWTs in %s", where).isEmpty();
        assertThat(ASSERTION.matcher(text).results().map(match -> match.group())).as("SAML in %s", where).isEmpty();
    }

    /** The bytes that a Base64 secret stands for; the secret itself if it is something else or short. */
    private static String bytes(String secret) {
        try {
            var decoded = Base64.getUrlDecoder().decode(secret);
            return decoded.length < 12 ? secret : new String(decoded, StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException notBase64) {
            return secret;
        }
    }
}
