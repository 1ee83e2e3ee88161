package gatehouse.idp.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import gatehouse.idp.admin.TestAdmin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A file applied over HTTP, as the command line does it. */
class RemoteApplyTest {

    private static TestAdmin admin;
    private static HttpServer server;
    private static String url;

    @BeforeAll
    static void open() throws IOException {
        admin = new TestAdmin();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        url = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/.well-known/openid-configuration", exchange ->
                send(exchange, 200, Map.of(), "{\"token_endpoint\":\"" + url + "/token\"}"));
        server.createContext("/token", RemoteApplyTest::token);
        server.createContext("/admin/v1", RemoteApplyTest::call);
        server.start();
    }

    @AfterAll
    static void close() {
        server.stop(0);
        admin.close();
    }

    private static void token(HttpExchange exchange) throws IOException {
        var expected = "Basic " + Base64.getEncoder()
                .encodeToString("full:full-secret".getBytes(StandardCharsets.UTF_8));
        if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 401, Map.of(), "{\"error\":\"invalid_client\"}");
            return;
        }
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(body).isEqualTo("grant_type=client_credentials&scope=gatehouse%3Aadmin");
        send(exchange, 200, Map.of(),
                "{\"access_token\":\"" + admin.token("full", "gatehouse:admin", Map.of()) + "\"}");
    }

    private static void call(HttpExchange exchange) throws IOException {
        var headers = new HashMap<String, List<String>>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        var reply = admin.answer(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers,
                exchange.getRequestBody().readAllBytes());
        var answered = new HashMap<String, String>();
        reply.headers().forEach(header -> answered.put(header.name(), header.value()));
        send(exchange, reply.status(), answered, new String(reply.body(), StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, Map<String, String> headers,
            String body) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String apply(String yaml, boolean dryRun) {
        try (var target = RemoteTarget.connect(url + "/", "full", "full-secret", dryRun)) {
            return ConfigApply.applyRemotely(ConfigFile.read("f.yaml", yaml, Map.of()), target).text();
        }
    }

    @Test
    void aFileIsAppliedOnceAndItsChangesAreToldWithoutSecrets() {
        var yaml = """
                issuers:
                  - name: remote
                    display_name: Remote
                    organizations:
                      - id: remote-org
                        display_name: R
                        domains: [{name: remote.example, verified: true}]
                        connections:
                          - {id: rc, type: oidc, display_name: C,
                             settings: {issuer: "https://i.example", client_secret: one-secret}}
                    clients: [{client_id: rcl, client_name: C, client_secret: first-secret, grant_types: [client_credentials]}]
                    service-providers:
                      - {entity_id: "https://sp.example/a b", display_name: S, assertion_consumer_services: ["https://s.example/"]}
                    users: [{email: "u+x@remote.example", password: long-enough}]
                """;
        assertThat(apply(yaml, true)).contains("7 created").contains("+ domain remote.example");
        assertThat(apply(yaml, false)).contains("7 created");
        assertThat(apply(yaml, false)).isEqualTo("0 created, 0 changed, 7 unchanged");
        var changed = yaml.replace("first-secret", "second-secret").replace("one-secret", "two-secret")
                .replace("long-enough", "longer-than-that").replace("display_name: S", "display_name: T");
        var dry = apply(changed, true);
        assertThat(dry).contains("client_secret: ••• → •••", "settings.client_secret: ••• → •••",
                "password: ••• → •••", "display_name: \"S\" → \"T\"", "0 created, 4 changed, 3 unchanged");
        assertThat(dry).doesNotContain("second-secret").doesNotContain("two-secret").doesNotContain("longer-than-that");
        assertThat(apply(changed, false)).isEqualTo(dry);
        assertThat(apply(changed, false)).isEqualTo("0 created, 0 changed, 7 unchanged");
    }

    @Test
    void whatTheServerRefusesIsNamedWithItsPlace() {
        assertThatThrownBy(() -> apply("""
                issuers:
                  - name: main
                    clients:
                      - client_id: bad
                        client_name: B
                        redirect_uris:
                          - http://not-local.example/
                """, false)).hasMessage("f.yaml:7:13: must be https: http is for loopback addresses only");
        assertThatThrownBy(() -> apply("""
                issuers:
                  - name: main
                    organizations: [{id: twice, display_name: T}]
                  - name: remote-two
                    display_name: R
                    organizations: [{id: twice, display_name: T}]
                """, false)).hasMessageContaining("f.yaml:6:21: 409 An organization of another issuer has this id.");
    }

    @Test
    void whoIsNotLetInIsToldSo() {
        assertThatThrownBy(() -> RemoteTarget.connect(url, "full", "wrong", false))
                .isInstanceOf(ApplyTarget.TargetRefused.class).hasMessageContaining("invalid_client");
        assertThatThrownBy(() -> RemoteTarget.connect("http://127.0.0.1:1", "x", "y", false))
                .isInstanceOf(ApplyTarget.TargetRefused.class).hasMessageContaining("cannot be reached");
        assertThatThrownBy(() -> RemoteTarget.connect("not a url", "x", "y", false))
                .isInstanceOf(ApplyTarget.TargetRefused.class);
    }
}
