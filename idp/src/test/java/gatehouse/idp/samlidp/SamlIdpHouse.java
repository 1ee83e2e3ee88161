package gatehouse.idp.samlidp;

import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.client.Client;
import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.directory.AccountLink;
import gatehouse.idp.directory.AccountLinks;
import gatehouse.idp.directory.User;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.http.CookieNames;
import gatehouse.idp.http.Headers;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.idp.login.Login;
import gatehouse.idp.login.LoginAnswer;
import gatehouse.idp.login.LoginOutcome;
import gatehouse.idp.login.LoginRequest;
import gatehouse.idp.login.LoginResult;
import gatehouse.idp.logout.LogoutRoutes;
import gatehouse.idp.logout.UpstreamSessions;
import gatehouse.idp.page.Page;
import gatehouse.idp.page.PageVoice;
import gatehouse.idp.page.Pages;
import gatehouse.idp.samlwire.FakeSamlKeys;
import gatehouse.idp.samlwire.SamlCrypto;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.IssuerSettings;
import gatehouse.idp.tenancy.Organization;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.idp.tenancy.VerifiedDomain;
import gatehouse.sessions.Authentication;
import gatehouse.sessions.Participant;
import gatehouse.sessions.Session;
import gatehouse.sessions.SessionLimits;
import gatehouse.sessions.Stores;
import gatehouse.sessions.memory.MemoryStores;
import gatehouse.spi.ClientId;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import gatehouse.spi.credential.PasswordHash;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;

/** An issuer as a SAML identity provider, with one person in it, and a login that does what the test says. */
public final class SamlIdpHouse {

    public static final Issuer ISSUER = Issuer.of("demo-idp", "https://login.example");

    public Instant now = Instant.parse("2026-11-20T12:00:00Z");
    public final SamlWire wire = new SamlWire(SamlCrypto.fastest(), () -> now);
    public final Map<String, ServiceProvider> serviceProviders = new HashMap<>();
    public final List<AuditEvent> audited = new ArrayList<>();
    public final FakeLogin login = new FakeLogin();
    public Optional<User> user = Optional.of(ada(true));
    public Optional<Page> shown = Optional.empty();

    /** What servers of service providers answer, by their address. */
    public final Map<URI, Function<byte[], HttpCaller.Answer>> servers = new HashMap<>();
    public final Stores stores = MemoryStores.create(() -> now);
    public final Map<String, String> cookies = new HashMap<>();

    private static final CookieNames COOKIES = new CookieNames("https://login.example");

    private final List<Route> routes = new ArrayList<>();
    private Optional<Session> session = Optional.empty();

    /** A login that asks nobody: it answers what {@link #answer} holds. */
    public final class FakeLogin implements Login {
        public Optional<LoginRequest> asked = Optional.empty();
        public LoginAnswer answer = new LoginAnswer.Interact(Reply.seeOther("/login/flow"));
        public LoginOutcome outcome = new LoginOutcome.Gone();
        public boolean signedIn;

        @Override
        public LoginAnswer begin(LoginRequest request, Request http, Deadline deadline) {
            asked = Optional.of(request);
            if (signedIn) {
                stores.sessions().join(session().id(), new Participant(
                        "saml", request.relyingParty().id(), now), deadline);
            }
            return signedIn ? new LoginAnswer.Done(result()) : answer;
        }

        /** The person's session, and what was carried. */
        public LoginResult result() {
            return new LoginResult(session(), asked.orElseThrow().carried(), List.of());
        }

        @Override
        public LoginOutcome resume(String flowId, Request http, Deadline deadline) {
            return outcome;
        }

        @Override
        public Reply restart(Request http, Deadline deadline) {
            return Reply.text(410, "begin anew");
        }
    }

    public SamlIdpHouse() {
        Pages pages = (page, _, _) -> {
            shown = Optional.of(page);
            return Reply.html(200, new byte[0]);
        };
        var names = new SamlNames(new SamlNames.Rooms(wire, new FakeSamlKeys(), new Clients(), stores.flows(), new Servers(),
                new SecretKeySpec(new byte[32], "HmacSHA256"), () -> now));
        var logout = new LogoutRoutes(new LogoutRoutes.Rooms(new NoTenancy(), connection -> {
            throw new IllegalStateException("there is no connection here");
        }, stores.flows(), new UpstreamSessions(stores.sessions(), new Users(), audited::add),
                List.of(names.farewells()), pages, audited::add, COOKIES, new SecureRandom(), Runnable::run,
                new PageVoice(pages)));
        new SamlIdpRoutes(new SamlIdpRoutes.Rooms(wire, new FakeSamlKeys(), new Clients(), new Users(), login,
                logout.logout(), names, stores.sessions(), stores.replays(), pages, audited::add, () -> now,
                new Plain())).routes().forEach(routes::add);
        routes.addAll(logout.routes());
    }

    private Route route(String method, String path) {
        return routes.stream()
                .filter(route -> route.method().equals(method)
                        && path.matches(route.path().replaceAll("\\{[a-z]+}", "[^/]+")))
                .findFirst().orElseThrow(() -> new IllegalArgumentException(method + ' ' + path));
    }

    /** A service provider that is registered here. */
    public ServiceProvider register(ServiceProvider sp) {
        serviceProviders.put(sp.entityId(), sp);
        return sp;
    }

    public static ServiceProvider serviceProvider(String entityId, String acs) {
        return new ServiceProvider(entityId, ISSUER.name(), Optional.empty(), "An application", List.of(acs), List.of(),
                false, "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
                Map.of("email", "email", "givenName", "given_name", "urn:oid:2.5.4.4", "family_name", "nick", "nick"),
                true, 1);
    }

    public static User ada(boolean enabled) {
        return new User(new UserId("user-1"), ISSUER.name(), Optional.of(new OrganizationId("acme")),
                "ada@acme-ads.example", true, Optional.of("Ada <&\"> "), Optional.of("Lovelace"), Optional.empty(),
                Optional.of("en"), Map.of("nick", List.of("ada", "countess")), enabled, 1);
    }

    /** The person's session: one, until it is ended. */
    public Session session() {
        return alive().orElseGet(() -> {
            session = Optional.of(open("user-1"));
            return session.get();
        });
    }

    /** A session of {@code user}, of nobody's browser. */
    public Session open(String user) {
        return stores.sessions().open(new Authentication(ISSUER.name(), new UserId(user),
                Optional.of(new OrganizationId("acme")), Optional.empty(), now, "1", List.of("pwd")),
                new SessionLimits(Duration.ofHours(8), Duration.ofHours(8), 10), Optional.empty(), soon()).session();
    }

    /** The person's session, if it lives. */
    public Optional<Session> alive() {
        return session.flatMap(opened -> stores.sessions().findById(opened.id(), soon()));
    }

    /** Whether {@code opened} lives. */
    public boolean lives(Session opened) {
        return stores.sessions().findById(opened.id(), soon()).isPresent();
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    public Reply get(String path, String query) {
        return answer("GET", path, query, "", Map.of());
    }

    public Reply post(String path, Map<String, String> fields, Map<String, String> headers) {
        var body = new StringBuilder();
        fields.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&").append(name).append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        var all = new HashMap<>(headers);
        all.put("content-type", "application/x-www-form-urlencoded");
        return answer("POST", path, "", body.toString(), all);
    }

    private Reply answer(String method, String path, String query, String body, Map<String, String> headers) {
        shown = Optional.empty();
        var route = route(method, path);
        var last = path.substring(path.lastIndexOf('/') + 1);
        var request = new Request(new Request.Parts(method, ISSUER, path, Map.of("id", last), query, new Headers() {
            @Override
            public Optional<String> first(String name) {
                var known = name.equalsIgnoreCase("cookie") && !cookies.isEmpty() ? Optional.of(cookieHeader())
                        : Optional.<String>empty();
                return known.or(() -> Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))));
            }

            @Override
            public List<String> all(String name) {
                return first(name).map(List::of).orElse(List.of());
            }
        }, body.getBytes(StandardCharsets.UTF_8), "192.0.2.1", "trace"));
        try {
            return keepingCookies(route.endpoint().handle(request, soon()));
        } catch (Refusal refusal) {
            return route.voice().refuse(refusal, request);
        }
    }

    private String cookieHeader() {
        return cookies.entrySet().stream().map(cookie -> cookie.getKey() + '=' + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private Reply keepingCookies(Reply reply) {
        reply.headers().stream().filter(header -> header.name().equals("Set-Cookie")).forEach(header -> {
            var pair = header.value().split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        });
        return reply;
    }

    /** What a server of a service provider posts. */
    public Reply postXml(String path, byte[] body) {
        return answer("POST", path, "", new String(body, StandardCharsets.UTF_8), Map.of("content-type", "text/xml"));
    }

    private final class Servers implements HttpCaller {
        @Override
        public Answer get(URI uri, Map<String, String> headers, Deadline deadline) {
            throw new OutboundRefused(OutboundRefused.Reason.UNREACHABLE, "not a part of this");
        }

        @Override
        public Answer post(URI uri, Map<String, String> headers, byte[] body, Deadline deadline) {
            if (!servers.containsKey(uri)) {
                throw new OutboundRefused(OutboundRefused.Reason.UNREACHABLE, "it does not answer");
            }
            return servers.get(uri).apply(body);
        }
    }

    private static final class NoTenancy implements TenancyCatalog {
        @Override
        public Optional<IssuerSettings> issuer(String name, Deadline deadline) {
            return Optional.empty();
        }

        @Override
        public Optional<Organization> organization(String issuer, OrganizationId id, Deadline deadline) {
            return Optional.empty();
        }

        @Override
        public Optional<VerifiedDomain> verifiedDomain(String issuer, String domain, Deadline deadline) {
            return Optional.empty();
        }

        @Override
        public Optional<Connection> connection(String issuer, ConnectionId id, Deadline deadline) {
            return Optional.empty();
        }

        @Override
        public List<Connection> connectionsOf(String issuer, OrganizationId organization, Deadline deadline) {
            return List.of();
        }
    }

    private final class Clients implements ClientCatalog {
        @Override
        public Optional<Client> client(String issuer, ClientId id, Deadline deadline) {
            return Optional.empty();
        }

        @Override
        public Optional<ServiceProvider> serviceProvider(String issuer, String entityId, Deadline deadline) {
            return Optional.ofNullable(serviceProviders.get(entityId)).filter(sp -> sp.issuer().equals(issuer));
        }
    }

    private final class Users implements UserStore {
        @Override
        public Optional<User> find(String issuer, UserId id, Deadline deadline) {
            return user.filter(found -> found.id().equals(id));
        }

        @Override
        public Optional<User> findCached(String issuer, UserId id, Deadline deadline) {
            return find(issuer, id, deadline);
        }

        @Override
        public Optional<User> findByEmail(String issuer, String email, Deadline deadline) {
            return Optional.empty();
        }

        @Override
        public Optional<User> findByLink(String issuer, AccountLink link, Deadline deadline) {
            return Optional.empty();
        }

        @Override
        public AccountLinks links() {
            throw new UnsupportedOperationException("not a part of this");
        }

        @Override
        public User provision(AccountLink link, User profile, Deadline deadline) {
            throw new UnsupportedOperationException("not a part of this");
        }

        @Override
        public Optional<User> adopt(AccountLink link, User profile, Deadline deadline) {
            throw new UnsupportedOperationException("not a part of this");
        }

        @Override
        public Optional<PasswordHash> passwordOf(String issuer, UserId id, Deadline deadline) {
            return Optional.empty();
        }

        @Override
        public void setPassword(String issuer, UserId id, PasswordHash hash, Deadline deadline) {
            throw new UnsupportedOperationException("not a part of this");
        }
    }

    private static final class Plain implements Voice {
        @Override
        public Reply refuse(Refusal refusal, Request request) {
            return Reply.text(400, refusal.reason());
        }

        @Override
        public Reply unavailable(Request request) {
            return Reply.empty(503);
        }

        @Override
        public Reply fault(Request request) {
            return Reply.empty(500);
        }
    }
}
