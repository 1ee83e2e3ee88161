package gatehouse.idp.oauth.testkit;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.directory.User;
import gatehouse.idp.http.CookieNames;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Route;
import gatehouse.idp.keys.FakeTime;
import gatehouse.idp.keys.IssuerKeys;
import gatehouse.idp.keys.KeysConfig;
import gatehouse.idp.keys.MemoryKeyStore;
import gatehouse.idp.keys.TestKeys;
import gatehouse.idp.logout.LogoutRoutes;
import gatehouse.idp.logout.SingleLogout;
import gatehouse.idp.logout.UpstreamSessions;
import gatehouse.idp.oauth.OAuthRooms;
import gatehouse.idp.oauth.OAuthRoutes;
import gatehouse.idp.oauth.token.Pkce;
import gatehouse.idp.page.Page;
import gatehouse.idp.page.PageVoice;
import gatehouse.idp.tenancy.IssuerSettings;
import gatehouse.idp.tenancy.Organization;
import gatehouse.sessions.Authentication;
import gatehouse.sessions.OpenedSession;
import gatehouse.sessions.SessionLimits;
import gatehouse.sessions.Stores;
import gatehouse.sessions.memory.MemoryStores;
import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import gatehouse.spi.Issuer;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.Unavailable;
import gatehouse.spi.UserId;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The OAuth endpoints over real keys and memory stores, called in process as the edge calls them. */
public final class OAuthHarness {

    public static final Issuer MAIN = Issuer.of(Issuer.ROOT, "https://id.example");
    public static final Issuer BRANCH = Issuer.of("branch", "https://id.example");
    public static final OrganizationId ACME = new OrganizationId("acme");
    public static final OrganizationId GLOBEX = new OrganizationId("globex");
    public static final UserId ADA = new UserId("user-ada");
    public static final String TRACE = "trace-0123456789abcdef";
    public static final String VERIFIER = "a".repeat(20) + "-._~" + "Z9".repeat(12);

    /** Making RSA keys is slow: every harness takes the same. */
    private static final MemoryKeyStore KEYS = new MemoryKeyStore();

    public final FakeTime time = new FakeTime(TestKeys.START);
    public final FakeCatalogs catalogs = new FakeCatalogs();
    public final FakeLogin login = new FakeLogin();
    public final FakeOutside outside = new FakeOutside();
    public final List<AuditEvent> trail = Collections.synchronizedList(new ArrayList<>());
    public final CookieNames cookies = new CookieNames(MAIN.url());
    public final IssuerKeys keys;
    public final Stores stores;
    private final List<Route> routes;
    private volatile Optional<Page> shown = Optional.empty();

    public OAuthHarness() {
        this(stores -> stores);
    }

    /** @param breaking what the test does to the stores */
    public OAuthHarness(UnaryOperator<Stores> breaking) {
        this.keys = IssuerKeys.open(new IssuerKeys.Parts(
                KEYS, TestKeys.wrapper(7), KeysConfig.DEFAULTS, time, name -> Issuer.of(name, MAIN.url()).url()));
        this.stores = breaking.apply(MemoryStores.create(time));
        this.routes = new OAuthRoutes(new OAuthRooms(catalogs, catalogs, catalogs, login, logout(), stores,
                new OAuthRooms.Keys(keys, keys, keys), this::render, outside, trail::add, cookies, time,
                new SecureRandom(), new OAuthRooms.Published(List.of("urn:gatehouse:password"), List.of("en", "de"))))
                        .routes();
        for (var issuer : List.of(MAIN, BRANCH)) {
            catalogs.put(settings(issuer, true));
            catalogs.put(new Organization(ACME, issuer.name(), "Acme", true, 1));
            catalogs.put(new Organization(GLOBEX, issuer.name(), "Globex", true, 1));
            catalogs.put(ada(issuer, true));
        }
        List.of(TestClients.web(), TestClients.service(), TestClients.other())
                .forEach(draft -> catalogs.put(draft.make()));
    }

    /** Single logout where nobody but the session's own server takes part. */
    private SingleLogout logout() {
        return new LogoutRoutes(new LogoutRoutes.Rooms(catalogs, connection -> {
            throw new IllegalStateException("there is no connection here");
        }, stores.flows(), new UpstreamSessions(stores.sessions(), catalogs, trail::add), List.of(), this::render,
                trail::add, cookies, new SecureRandom(), Runnable::run, new PageVoice(this::render))).logout();
    }

    public static IssuerSettings settings(Issuer issuer, boolean enabled) {
        return new IssuerSettings(issuer.name(), issuer.name(), enabled, Duration.ofMinutes(5), Duration.ofMinutes(10),
                Duration.ofMinutes(1), Duration.ofDays(30), SessionLimits.DEFAULTS, 1);
    }

    public static User ada(Issuer issuer, boolean enabled) {
        return new User(ADA, issuer.name(), Optional.of(ACME), "ada@acme.example", true, Optional.of("Ada"),
                Optional.of("Lovelace"), Optional.of("Ada \"Countess\" Lovelace"), Optional.of("en-GB"), Map.of(),
                        enabled, 1);
    }

    private Reply render(Page page, Request request, List<String> uiLocales) {
        shown = Optional.of(page);
        return Reply.html(page instanceof Page.Error error ? error.status() : 200, new byte[0]).noStore();
    }

    /** Sends {@code call} and lets the route's voice word a refusal, as the edge does. */
    public Answer send(Call call) {
        var route = routes.stream()
                .filter(each -> each.method().equals(call.method()) && each.path().equals(call.path()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no route for " + call.method() + ' ' + call.path()));
        var request = call.request();
        shown = Optional.empty();
        Reply reply;
        try {
            reply = route.endpoint().handle(request, Deadline.after(Duration.ofSeconds(30)));
        } catch (Refusal refusal) {
            reply = route.voice().refuse(refusal, request);
        } catch (DeadlineExceeded | Unavailable late) {
            reply = route.voice().unavailable(request);
        } catch (IllegalStateException | IllegalArgumentException | NullPointerException fault) {
            throw new AssertionError("a fault, not an answer", fault);
        }
        return new Answer(reply, shown);
    }

    public List<Route> routes() {
        return routes;
    }

    /** Opens a session of Ada's at the main issuer, which answers every login from now on. */
    public OpenedSession signIn() {
        return signIn(MAIN, Optional.of(ACME));
    }

    public OpenedSession signIn(Issuer issuer, Optional<OrganizationId> organization) {
        var opened = stores.sessions().open(new Authentication(issuer.name(), ADA, organization, Optional.empty(),
                time.instant(), "urn:gatehouse:password", List.of("pwd")), SessionLimits.DEFAULTS, soon());
        login.signedIn(opened.session());
        return opened;
    }

    public static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    /** An authorization request of the public client that passes every rule. */
    public static Call authorize() {
        return authorize(Call.get("/authorize"));
    }

    public static Call authorize(Call call) {
        return call.with("client_id", "web")
                .with("redirect_uri", TestClients.REDIRECT)
                .with("response_type", "code")
                .with("scope", "openid profile email api:read")
                .with("state", "s/t&ä")
                .with("nonce", "n-1")
                .with("code_challenge", Pkce.challengeOf(VERIFIER))
                .with("code_challenge_method", "S256");
    }

    /** A code for the public client, Ada being signed in. */
    public String code(String scope) {
        return send(authorize().without("scope").with("scope", scope)).redirected().optional("code").orElseThrow();
    }

    /** The token request for {@code code} that passes every check. */
    public static Call exchange(String code) {
        return Call.post("/token")
                .with("grant_type", "authorization_code")
                .with("client_id", "web")
                .with("code", code)
                .with("redirect_uri", TestClients.REDIRECT)
                .with("code_verifier", VERIFIER);
    }

    /** Tokens of the public client for {@code scope}. */
    public Answer tokens(String scope) {
        return send(exchange(code(scope)));
    }

    public static Call refresh(String token) {
        return Call.post("/token").with("grant_type", "refresh_token").with("client_id", "web")
                .with("refresh_token", token);
    }

    /** An introspection by the confidential client. */
    public Answer introspect(String token) {
        return send(Call.post("/introspect").basic("service", TestClients.SECRET).with("token", token));
    }

    public boolean isActive(String token) {
        return (Boolean) introspect(token).json().get("active");
    }

    public static JWTClaimsSet claims(String jwt) {
        try {
            return SignedJWT.parse(jwt).getJWTClaimsSet();
        } catch (ParseException malformed) {
            throw new AssertionError(malformed);
        }
    }

    public List<AuditAction> actions() {
        return trail.stream().map(AuditEvent::action).toList();
    }

    /** The reason of the last event. */
    public String lastReason() {
        return trail.getLast().reason().orElseThrow();
    }
}
