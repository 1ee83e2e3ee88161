package gatehouse.idp.login;

import gatehouse.idp.credential.Argon2Cost;
import gatehouse.idp.credential.Argon2idHasher;
import gatehouse.idp.credential.AttemptLimiter;
import gatehouse.idp.credential.AttemptLimits;
import gatehouse.idp.credential.HashPool;
import gatehouse.idp.credential.KeptUsers;
import gatehouse.idp.credential.PasswordHashers;
import gatehouse.idp.credential.PasswordProvider;
import gatehouse.idp.http.CookieNames;
import gatehouse.idp.http.Route;
import gatehouse.idp.login.LoginRequest.RelyingParty;
import gatehouse.idp.login.flow.LoginKeys;
import gatehouse.idp.page.PageRenderer;
import gatehouse.idp.page.PageVoice;
import gatehouse.idp.page.Theme;
import gatehouse.idp.page.ThemeResources;
import gatehouse.idp.upstream.xray.AttemptRecorder;
import gatehouse.sessions.Stores;
import gatehouse.sessions.memory.MemoryStores;
import gatehouse.spi.OrganizationId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The real login over memory stores, with a clock that tests move. */
final class TestIdp implements AutoCloseable {

    private static final SecureRandom RANDOM = new SecureRandom();

    Instant now = Instant.parse("2026-11-20T10:00:00Z");
    final TestWorld world = new TestWorld();
    final TestUpstream upstream = new TestUpstream();
    final KeptUsers users = new KeptUsers();
    final Stores stores = MemoryStores.create(() -> now);
    final Login login;
    final List<Route> routes;
    private final HashPool pool = new HashPool(2, 16);

    TestIdp() {
        var hashers = new PasswordHashers(new Argon2idHasher(new Argon2Cost(64, 1, 1, 32), RANDOM), List.of());
        var root = users.add("root", "root@gatehouse.example", Optional.empty());
        users.passwords.put(root.id(), hashers.hash("demo-password".toCharArray()));
        var theme = Theme.load(TestIdp.class.getClassLoader(), "gatehouse");
        var pages = new PageRenderer(theme, new ThemeResources(theme), "https://id.example", RANDOM, key -> {
            throw new AssertionError("no text for " + key);
        });
        var passwords = new PasswordProvider(users, hashers, pool,
                new AttemptLimiter(stores.attempts(), AttemptLimits.DEFAULTS));
        var secret = new byte[32];
        RANDOM.nextBytes(secret);
        var wired = new LoginRoutes(new LoginParts(world, users, world, upstream, stores.sessions(), stores.flows(),
                passwords, Trials.none(),
                pages, world.audited::add, new CookieNames("https://id.example"), new LoginKeys(secret),
                new AttemptRecorder(world.attempted::add, RANDOM, () -> now, () -> 0), RANDOM, () -> now),
                new PageVoice(pages));
        this.login = wired.login();
        this.routes = wired.routes();
    }

    TestBrowser browser() {
        return new TestBrowser(this);
    }

    void wait(Duration time) {
        now = now.plus(time);
    }

    @Override
    public void close() {
        pool.close();
    }

    /** What a front door asks, in parts that tests change. */
    static final class Asking {
        Set<String> prompts = Set.of();
        Optional<Duration> maxAge = Optional.empty();
        List<String> acrValues = List.of();
        Optional<String> loginHint = Optional.empty();
        Optional<OrganizationId> organization = Optional.empty();
        Optional<String> user = Optional.empty();
        List<String> consentScopes = List.of();
        Optional<String> restartPath = Optional.of("/authorize?client_id=demo-app&state=xyz");
        String client = "demo-app";

        LoginRequest request() {
            return new LoginRequest(Requests.MAIN,
                    new RelyingParty("oidc", client, "Demo app", Optional.of("https://app.example")),
                            "/authorize/resume",
                    restartPath, Map.of("redirect_uri", "https://app.example/cb", "state", "xyz"), prompts, maxAge,
                            acrValues,
                    loginHint, organization, user, List.of(), consentScopes);
        }
    }

    static Asking asking() {
        return new Asking();
    }
}
