package gatehouse.idp.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.admin.tenancy.BreakGlassKeys;
import gatehouse.idp.admin.tenancy.DomainProofs;
import gatehouse.idp.admin.tenancy.Enforcement;
import gatehouse.idp.apply.ConfigApply;
import gatehouse.idp.apply.ConfigFile;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.http.Headers;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Route;
import gatehouse.idp.keys.IssuerKeys;
import gatehouse.idp.keys.SigningAlgorithm;
import gatehouse.idp.keys.TestKeyring;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.sql.CachedClients;
import gatehouse.idp.sql.CachedTenancy;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.SecretBox;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.sql.Tables;
import gatehouse.idp.sql.TestDatabase;
import gatehouse.idp.sql.events.SqlDeliveries;
import gatehouse.idp.sql.TestTypes;
import gatehouse.idp.sql.attempt.SqlAttempts;
import gatehouse.idp.tenancy.domain.DomainProof;
import gatehouse.idp.tenancy.domain.TxtSource.ServerAnswer;
import gatehouse.idp.upstream.InvalidSettings;
import gatehouse.idp.upstream.MetadataImporter;
import gatehouse.idp.upstream.xray.AttemptReplay;
import gatehouse.idp.watch.Watch;
import gatehouse.sessions.AccessTokenStore;
import gatehouse.sessions.FamilyId;
import gatehouse.sessions.SessionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import gatehouse.spi.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** The admin API over a real PostgreSQL and real keys, called without HTTP. */
public final class TestAdmin implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    static final String AUDIENCE = "https://main.example/admin/v1";

    final Database database = TestDatabase.open();
    final SecretBox box = new SecretBox(new byte[32]);
    final Tables tables = new Tables(box, TestTypes::secretsOf);
    final FakeSessions sessions = new FakeSessions();
    final SqlAudit audit = new SqlAudit(database);
    final List<AuditEvent> trail = new CopyOnWriteArrayList<>();
    final Map<String, List<String>> dns = new ConcurrentHashMap<>();
    final Set<String> revoked = ConcurrentHashMap.newKeySet();
    volatile Duration later = Duration.ZERO;
    final InstantSource clock = () -> NOW.plus(later);
    final IssuerKeys keys = TestKeyring.open(clock);
    final CachedClients clients = new CachedClients(
            database, tables, 1_000, Executors.newVirtualThreadPerTaskExecutor(), System::nanoTime);
    final CachedTenancy tenancy = new CachedTenancy(
            database, tables, 1_000, Executors.newVirtualThreadPerTaskExecutor(), System::nanoTime);
    final Kinds kinds = Kinds.of(tables, TestTypes.all(), new FakeHasher(), sessions, clock);
    final Watch watch = Watch.of(new Watch.Parts(List.of(), new NoWeb(), database, tables, audit, keys, clock,
            System::nanoTime, Executors.newVirtualThreadPerTaskExecutor(), Duration.ofHours(1)));
    final Editor editor = new Editor(audit, clock);
    final SqlAttempts attempts = new SqlAttempts(database, box);
    final DomainProofs proofs = new DomainProofs(
            tables.domains(), database, audit, new DomainProof((names, _) -> look(names), clock), clock);
    final Enforcement enforcement = new Enforcement(kinds.connections(), editor, database, audit, clock);
    final AdminRoutes admin;
    private final List<Route> routes;

    /** A server with nothing but issuer {@code main} and the clients that administer. */
    public TestAdmin() {
        database.onCommit(clients);
        database.onCommit(tenancy);
        var access = new AdminAccess(keys, new Standing(), clients, tenancy, Set.of(AUDIENCE));
        admin = new AdminRoutes(new AdminRoutes.Parts(access, kinds, editor, database, audit, trail::add,
                sessions, keys,
                new AdminRoutes.Tenancy(proofs, enforcement,
                        new BreakGlassKeys(tables.organizations(), database, audit, clock)),
                List.of(new Importer()), box, attempts,
                new AttemptReplay(TestTypes.all(), name -> Issuer.of(name, "https://main.example")),
                (key, arguments, _) -> Optional.of(key + arguments), clock, watch,
                new SqlDeliveries(database, tables, audit), "https://id.example"));
        routes = admin.routes();
        apply("""
                issuers:
                  - name: main
                    display_name: Main
                    organizations:
                      - {id: a, display_name: A}
                      - {id: b, display_name: B}
                    clients:
                      - {client_id: full, client_name: F, grant_types: [client_credentials], client_secret: full-secret,
                         scopes: ["gatehouse:admin"]}
                      - {client_id: reader, client_name: R, grant_types: [client_credentials],
                         scopes: ["gatehouse:admin:read"]}
                      - {client_id: admin-of-a, client_name: A, grant_types: [client_credentials], organization: a,
                         scopes: ["gatehouse:org-admin"]}
                      - {client_id: nothing, client_name: N, grant_types: [client_credentials], scopes: ["api:read"]}
                """);
    }

    /** Applies a file in process. */
    public void apply(String yaml) {
        new ConfigApply(database, kinds, editor).apply(ConfigFile.read("test.yaml", yaml, Map.of()), false, soon());
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private List<ServerAnswer> look(List<String> names) {
        if (names.getFirst().endsWith("dead.example")) {
            throw new Unavailable("DNS does not answer", null);
        }
        if (names.getFirst().endsWith("silent.example")) {
            return List.of(new ServerAnswer("ns1.test", "192.0.2.1", Map.of(), Optional.of("did not answer")));
        }
        var texts = new HashMap<String, List<String>>();
        names.forEach(name -> texts.put(name, dns.getOrDefault(name, List.of())));
        return List.of(new ServerAnswer("ns1.test", "192.0.2.1", texts, Optional.empty()));
    }

    /** An access token of {@code client} with {@code scope}. */
    public String token(String client, String scope, Map<String, Object> others) {
        var claims = new HashMap<String, Object>(Map.of("iss", "https://main.example", "aud", AUDIENCE, "sub", client,
                "client_id", client, "scope", scope, "jti", client + "-jti", "iat", NOW.getEpochSecond(),
                "exp", NOW.plusSeconds(600).getEpochSecond()));
        claims.putAll(others);
        return keys.sign(Issuer.ROOT, SigningAlgorithm.ES256, "at+jwt",
                RecordJson.MAPPER.valueToTree(claims).toString().getBytes(StandardCharsets.UTF_8));
    }

    String full() {
        return token("full", "gatehouse:admin", Map.of());
    }

    String reader() {
        return token("reader", "gatehouse:admin:read", Map.of());
    }

    String adminOfA() {
        return token("admin-of-a", "gatehouse:org-admin", Map.of("org_id", "a"));
    }

    /** What the API answered. */
    record Answer(int status, Map<String, String> headers, JsonNode json) {
        String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }
    }

    Answer get(String token, String target) {
        return call("GET", target, token, Map.of(), "");
    }

    Answer post(String token, String target, String body) {
        return call("POST", target, token, Map.of(), body);
    }

    Answer put(String token, String target, String etag, String body) {
        return call("PUT", target, token, Map.of("if-match", etag), body);
    }

    Answer patch(String token, String target, String etag, String body) {
        return call("PATCH", target, token, Map.of("if-match", etag), body);
    }

    Answer delete(String token, String target) {
        return call("DELETE", target, token, Map.of(), "");
    }

    /** Calls the operation at {@code target}, a path below {@code /admin/v1} with its query. */
    Answer call(String method, String target, String token, Map<String, String> more, String body) {
        var headers = new HashMap<String, List<String>>();
        if (!token.isEmpty()) {
            headers.put("authorization", List.of("Bearer " + token));
        }
        headers.put("content-type", List.of("application/json"));
        more.forEach((name, value) -> headers.put(name, List.of(value)));
        var reply = answer(method, AdminRoutes.BASE + target, headers, body.getBytes(StandardCharsets.UTF_8));
        try {
            var seen = new HashMap<String, String>();
            reply.headers().forEach(header -> seen.put(header.name().toLowerCase(Locale.ROOT), header.value()));
            return new Answer(reply.status(), seen, RecordJson.MAPPER.readTree(reply.body()));
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Answers as the edge would. */
    public Reply answer(String method, String target, Map<String, List<String>> headers, byte[] body) {
        var path = target.split("\\?", 2)[0];
        var query = target.contains("?") ? target.split("\\?", 2)[1] : "";
        for (var route : routes) {
            var parameters = match(route.path(), path);
            if (route.method().equals(method) && parameters.isPresent()) {
                var request = new Request(new Request.Parts(method, Issuer.of("main", "https://main.example"), path,
                        parameters.get(), query, headers(headers), body, "192.0.2.1", "trace-1"));
                return handle(route, request);
            }
        }
        throw new IllegalArgumentException("no route for " + method + " " + path);
    }

    private static Reply handle(Route route, Request request) {
        try {
            return route.endpoint().handle(request, soon());
        } catch (Refusal refusal) {
            return route.voice().refuse(refusal, request);
        } catch (Unavailable down) {
            return route.voice().unavailable(request);
        }
    }

    private static Headers headers(Map<String, List<String>> all) {
        return new Headers() {
            @Override
            public Optional<String> first(String name) {
                return all(name).stream().findFirst();
            }

            @Override
            public List<String> all(String name) {
                return all.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
            }
        };
    }

    private static Optional<Map<String, String>> match(String pattern, String path) {
        var wanted = pattern.split("/");
        var given = path.split("/");
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        var parameters = new HashMap<String, String>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                parameters.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    static List<String> problems(Answer answer) {
        var problems = new ArrayList<String>();
        answer.json().path("errors").forEach(error ->
                problems.add(error.path("field").asText() + " " + error.path("problem").asText()));
        return problems;
    }

    @Override
    public void close() {
        keys.close();
        database.close();
    }

    private final class Standing implements AccessTokenStore {
        @Override
        public boolean stands(String jti, Optional<SessionId> session, Optional<FamilyId> family, Deadline deadline) {
            return !revoked.contains(jti);
        }

        @Override
        public void revoke(String jti, Optional<SessionId> session, Instant expiresAt, Deadline deadline) {
            revoked.add(jti);
        }
    }

    private static final class NoWeb implements HttpCaller {
        @Override
        public Answer get(URI uri, Map<String, String> headers, Deadline deadline) {
            throw new OutboundRefused(OutboundRefused.Reason.UNREACHABLE, "there is no web");
        }

        @Override
        public Answer post(URI uri, Map<String, String> headers, byte[] body, Deadline deadline) {
            throw new OutboundRefused(OutboundRefused.Reason.UNREACHABLE, "there is no web");
        }
    }

    private static final class Importer implements MetadataImporter {
        @Override
        public String type() {
            return "saml";
        }

        @Override
        public ObjectNode settings(ObjectNode source, Deadline deadline) {
            if (!source.path("metadata_xml").asText().startsWith("<")) {
                throw new InvalidSettings("metadata_xml", "is not XML");
            }
            return RecordJson.MAPPER.createObjectNode().put("idp_entity_id", "https://idp.example");
        }
    }
}
