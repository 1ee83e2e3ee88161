package gatehouse.idp.samlidp;

import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.client.Client;
import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.directory.AccountLink;
import gatehouse.idp.directory.AccountLinks;
import gatehouse.idp.directory.User;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Headers;
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
import gatehouse.idp.page.Page;
import gatehouse.idp.samlwire.FakeSamlKeys;
import gatehouse.idp.samlwire.SamlCrypto;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.sessions.Authentication;
import gatehouse.sessions.Session;
import gatehouse.sessions.SessionId;
import gatehouse.spi.ClientId;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import gatehouse.spi.credential.PasswordHash;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final Map<String, Endpoint> endpoints = new HashMap<>();
    private final Map<String, Voice> voices = new HashMap<>();

    /** A login that asks nobody: it answers what {@link #answer} holds. */
    public final class FakeLogin implements Login {
        public Optional<LoginRequest> asked = Optional.empty();
        public LoginAnswer answer = new LoginAnswer.Interact(Reply.seeOther("/login/flow"));
        public LoginOutcome outcome = new LoginOutcome.Gone();
        public boolean signedIn;

        @Override
        public LoginAnswer begin(LoginRequest request, Request http, Deadline deadline) {
            asked = Optional.of(request);
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
        new SamlIdpRoutes(new SamlIdpRoutes.Rooms(wire, new FakeSamlKeys(), new Clients(), new Users(), login,
                (page, _, _) -> {
                    shown = Optional.of(page);
                    return Reply.html(200, new byte[0]);
                }, audited::add, new SecretKeySpec(new byte[32], "HmacSHA256"), () -> now, new Plain()))
                .routes().forEach(this::add);
    }

    private void add(Route route) {
        endpoints.put(route.method() + ' ' + route.path(), route.endpoint());
        voices.put(route.method() + ' ' + route.path(), route.voice());
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

    public Session session() {
        return new Session(new SessionId("00AAAAAAAAAAAAAAAAAAAAAA"), new Authentication(ISSUER.name(),
                new UserId("user-1"), Optional.of(new OrganizationId("acme")), Optional.empty(), now, "1",
                List.of("pwd")), List.of(), now, now, now.plus(Duration.ofHours(8)), 1);
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
        var request = new Request(new Request.Parts(method, ISSUER, path, Map.of(), query, new Headers() {
            @Override
            public Optional<String> first(String name) {
                return Optional.ofNullable(headers.get(name.toLowerCase(java.util.Locale.ROOT)));
            }

            @Override
            public List<String> all(String name) {
                return first(name).map(List::of).orElse(List.of());
            }
        }, body.getBytes(StandardCharsets.UTF_8), "192.0.2.1", "trace"));
        try {
            return endpoints.get(method + ' ' + path).handle(request, Deadline.after(Duration.ofSeconds(20)));
        } catch (Refusal refusal) {
            return voices.get(method + ' ' + path).refuse(refusal, request);
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
