package gatehouse.idp.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.schema.RecordJson;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each limit: what is at it is accepted, one more is not. */
class AdminLimitsTest {

    private static TestAdmin admin;

    @BeforeAll
    static void open() {
        admin = new TestAdmin();
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    private static Arguments limit(String name, String path, int max, BiConsumer<ObjectNode, Integer> fill) {
        return Arguments.of(name, path, max, fill);
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                limit("organization id", "organizations", 64, (d, n) -> d.put("id", "i".repeat(n))),
                limit("display name", "organizations", 200, (d, n) -> d.put("display_name", "ü".repeat(n))),
                limit("client id", "clients", 255, (d, n) -> d.put("client_id", "c".repeat(n))),
                limit("client secret", "clients", 512, (d, n) -> d.put("client_secret", "s".repeat(n))),
                limit("redirect uris", "clients", 50, (d, n) -> {
                    var uris = d.putArray("redirect_uris");
                    for (int i = 0; i < n; i++) {
                        uris.add("https://app.example/" + i);
                    }
                }),
                limit("redirect uri", "clients", 2_048, (d, n) -> d.putArray("redirect_uris")
                        .add("https://app.example/" + "x".repeat(n - "https://app.example/".length()))),
                limit("scopes", "clients", 100, (d, n) -> {
                    var scopes = d.putArray("scopes");
                    for (int i = 0; i < n; i++) {
                        scopes.add("s" + i);
                    }
                }),
                limit("access token lifetime", "clients", 86_400, (d, n) -> d.put("access_token_lifetime", n)),
                limit("password", "users", 256, (d, n) -> d.put("password", "p".repeat(n))),
                limit("e-mail", "users", 254, (d, n) -> d.put("email", "e".repeat(n - 10) + "@x.example")),
                limit("attributes", "users", 100, (d, n) -> {
                    var attributes = d.putObject("attributes");
                    for (int i = 0; i < n; i++) {
                        attributes.putArray("a" + i).add("v");
                    }
                }),
                limit("code lifetime", "issuers", 600, (d, n) -> d.put("code_lifetime", n)));
    }

    private static ObjectNode document(String path) {
        var document = RecordJson.MAPPER.createObjectNode();
        switch (path) {
            case "organizations" -> document.put("id", "limit").put("display_name", "L");
            case "clients" -> document.put("client_name", "L").putArray("redirect_uris").add("https://app.example/");
            case "users" -> document.put("email", "limit@x.example");
            case "issuers" -> document.put("name", "limit").put("display_name", "L");
            default -> throw new IllegalArgumentException(path);
        }
        return document;
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("limits")
    void atTheLimitAndOnePast(String name, String path, int max, BiConsumer<ObjectNode, Integer> fill) {
        var at = document(path);
        fill.accept(at, max);
        var accepted = admin.post(admin.full(), "/" + path + "?dry_run=true", at.toString());
        assertThat(accepted.status()).as(accepted.json().toString()).isEqualTo(201);
        var past = document(path);
        fill.accept(past, max + 1);
        var refused = admin.post(admin.full(), "/" + path + "?dry_run=true", past.toString());
        assertThat(refused.status()).as(name).isEqualTo(400);
        assertThat(TestAdmin.problems(refused)).hasSize(1);
    }
}
