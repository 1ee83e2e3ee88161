package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import gatehouse.idp.events.Receiver;
import gatehouse.idp.events.Receiver.Heard;
import gatehouse.idp.samlwire.MetadataWriter;
import gatehouse.idp.samlwire.TestCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A running server follows a provider's metadata, holds what lowers trust until an administrator decides, and tells a
 * webhook all of it: over HTTP, from the address to the signature.
 */
class FederationWatchTest {

    private static final String ENTITY = "https://idp.example/entity";

    private static RunningServer server;
    private static HttpServer site;
    private static Receiver receiver;
    private static String[] admin;
    private static volatile String metadata = "";
    private static String secret;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start();
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            var body = metadata.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        site.start();
        receiver = new Receiver();
        admin = new String[] {"Authorization", "Bearer " + new Browser(server.url()).adminToken(), "If-Match", "*"};
        secret = call("POST", "/webhooks", "{\"id\":\"ops\",\"url\":\"" + receiver.url() + "\"}", 201)
                .path("secret").asText();
    }

    @AfterAll
    static void stop() {
        site.stop(0);
        receiver.close();
        server.close();
    }

    private static JsonNode call(String method, String path, String body, int status) {
        var answer = new Browser(server.url()).json(method, server.url() + "/admin/v1" + path, body, admin);
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        return answer.json();
    }

    private static JsonNode read(String path) {
        var answer = new Browser(server.url()).get(server.url() + "/admin/v1" + path, admin);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.json();
    }

    private static String published(String sso, TestCredentials... keys) {
        return MetadataWriter.identityProvider(ENTITY, sso, "https://idp.example/slo",
                List.of(keys).stream().map(TestCredentials::certificate).toList());
    }

    private static String connection(String id) {
        return """
                {"id":"%s","type":"saml","display_name":"Watched","organization":"acme-ads",
                 "settings":{"metadata_url":"http://127.0.0.1:%d/metadata"}}"""
                .formatted(id, site.getAddress().getPort());
    }

    private static void await(BooleanSupplier what) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!what.getAsBoolean() && System.nanoTime() < end) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
        assertThat(what.getAsBoolean()).as("in time").isTrue();
    }

    private static List<String> told(String connection) {
        return receiver.accepted().stream().filter(one -> one.about().equals(connection)).map(Heard::type).toList();
    }

    @Test
    void metadataIsFollowedFromTheFirstFetchToTheApproval() {
        metadata = published("https://idp.example/sso", TestCredentials.IDP);
        call("POST", "/connections", connection("watched"), 201);
        // Nobody has signed in, and nobody asked: it is fetched because it will be needed.
        await(() -> read("/connections/watched/metadata").path("followed").has("accepted_at"));
        var known = read("/connections/watched/metadata");
        assertThat(known.path("entity_id").asText()).isEqualTo(ENTITY);
        assertThat(known.path("certificates")).hasSize(1);

        var counted = read("/connections/watched/health").path("certificates");
        assertThat(counted.findValuesAsText("owner")).contains("provider", "own");
        assertThat(counted).anySatisfy(one -> {
            assertThat(one.path("fingerprint")).isEqualTo(known.at("/certificates/0/fingerprint"));
            assertThat(one.path("expires_at")).isEqualTo(known.at("/certificates/0/not_after"));
            assertThat(one.path("days_left").isIntegralNumber()).isTrue();
        });

        metadata = published("https://idp.example/sso", TestCredentials.IDP, TestCredentials.IDP_NEXT);
        assertThat(call("POST", "/connections/watched/metadata/refresh", "", 200).path("certificates")).hasSize(2);

        metadata = published("https://evil.example/sso", TestCredentials.STRANGER);
        var held = call("POST", "/connections/watched/metadata/refresh", "", 200);
        assertThat(held.path("certificates")).as("logins go on with what was accepted").hasSize(2);
        assertThat(held.at("/held/differences").findValuesAsText("kind"))
                .contains("certificates_replaced", "endpoint_host_changed");
        assertThat(held.at("/warnings/0/code").asText()).isEqualTo("metadata_held");
        assertThat(read("/warnings?organization=acme-ads").path("items").findValuesAsText("code"))
                .contains("metadata_held");

        var drift = held.at("/held/drift").asText();
        call("POST", "/connections/watched/metadata/approve", "{\"drift\":\"something else\"}", 409);
        call("POST", "/connections/watched/metadata/reject", "{\"drift\":\"" + drift + "\"}", 200);
        metadata = published("https://new.example/sso", TestCredentials.STRANGER);
        var again = call("POST", "/connections/watched/metadata/refresh", "", 200).at("/held/drift").asText();
        var approved = call("POST", "/connections/watched/metadata/approve", "{\"drift\":\"" + again + "\"}", 200);
        assertThat(approved.at("/endpoints/sso redirect").asText()).isEqualTo("https://new.example/sso");
        assertThat(approved.has("held")).isFalse();

        await(() -> told("watched").contains("metadata.approved"));
        assertThat(told("watched")).containsSubsequence("connection.created", "metadata.applied", "certificate.changed",
                "metadata.held", "metadata.rejected", "metadata.held", "metadata.approved");
        assertThat(receiver.accepted()).allSatisfy(one -> assertThat(one.isSignedWith(secret)).isTrue());
        await(() -> read("/webhooks/ops/deliveries").path("items").findValuesAsText("state").stream()
                .allMatch("delivered"::equals));
    }

    @Test
    void importThatLowersTrustIsToldOfAndAsked() {
        metadata = published("https://idp.example/sso", TestCredentials.IDP);
        call("POST", "/connections", connection("imported"), 201);
        await(() -> read("/connections/imported/metadata").path("followed").has("accepted_at"));
        var other = published("https://evil.example/sso", TestCredentials.STRANGER).replace("\"", "\\\"")
                .replace("\n", "");
        var target = "/connections/imported/import-metadata";
        var refused = call("POST", target, "{\"metadata_xml\":\"" + other + "\"}", 409);
        assertThat(refused.path("errors").findValuesAsText("problem").toString())
                .contains("certificates_replaced", "endpoint_host_changed", "published_metadata_dropped");
        assertThat(read("/connections/imported").at("/settings/metadata_url").isTextual()).isTrue();
        var accept = refused.path("detail").asText().replaceAll(".*accept: \"([^\"]*)\".*", "$1");
        call("POST", target, "{\"metadata_xml\":\"" + other + "\",\"accept\":\"wrong\"}", 409);
        var done = call("POST", target, "{\"metadata_xml\":\"" + other + "\",\"accept\":\"" + accept + "\"}", 200);
        assertThat(done.at("/settings/sso_url").asText()).isEqualTo("https://evil.example/sso");
        assertThat(done.at("/settings").has("metadata_url")).isFalse();
    }

    @Test
    void samlKeysArePublishedAheadAndTurnedByCommand() {
        call("POST", "/keys/saml/rotate", "", 409);
        var prepared = call("POST", "/keys/saml/prepare", "", 200).path("items");
        assertThat(prepared.findValuesAsText("use")).filteredOn("saml-signing"::equals).hasSize(2);
        call("POST", "/keys/saml/rotate", "", 409);
        call("POST", "/keys/saml/rotate?unprepared=true", "", 200);
        assertThat(read("/keys").path("items").findValuesAsText("state")).contains("previous");
        await(() -> receiver.accepted().stream().anyMatch(one -> one.type().equals("keys.rotated")));
    }
}
