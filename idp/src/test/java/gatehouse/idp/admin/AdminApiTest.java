package gatehouse.idp.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.admin.TestAdmin.Answer;
import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.sql.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminApiTest {

    private static final String CERTIFICATE = TestCertificates.pem();

    private static TestAdmin admin;
    private static String full;

    @BeforeAll
    static void open() {
        admin = new TestAdmin();
        full = admin.full();
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            issuers       | name      | {"name":"round","display_name":"R","sessions":{"idle":60}}
            organizations | id        | {"id":"round-trip","display_name":"Ünïcode \\u0001","enabled":false}
            domains       | name      | {"name":"bücher.example","organization":"a"}
            connections   | id        | {"organization":"a","type":"oidc","display_name":"C","settings":{"issuer":"https://i.example","client_secret":"s3cret"}}
            clients       | client_id | {"client_name":"C","redirect_uris":["https://app.example/cb","com.example.app:/cb"],"scopes":["openid","x:y"],"access_token_lifetime":77}
            users         | id        | {"email":"MiXed@a.example","given_name":"M","attributes":{"team":["x","y"]},"organization":"a"}
            """)
    @DisplayName("what is written is what is read, and writing it back changes nothing")
    void everyKindMakesTheRoundTrip(String path, String idField, String body) {
        var made = admin.post(full, "/" + path, body);
        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        var id = made.json().path(idField).asText();
        assertThat(made.header("Location")).isEqualTo("/admin/v1/" + path + "/" + id);
        var read = admin.get(full, "/" + path + "/" + id);
        var expected = (ObjectNode) made.json().deepCopy();
        expected.remove("client_secret");
        assertThat(read.json()).isEqualTo(expected);
        assertThat(read.header("ETag")).isEqualTo("\"1\"").isEqualTo(made.header("ETag"));

        var same = admin.put(full, "/" + path + "/" + id, read.header("ETag"), read.json().toString());
        assertThat(same.status()).as(same.json().toString()).isEqualTo(200);
        assertThat(same.json()).isEqualTo(read.json());
        assertThat(same.header("ETag")).isEqualTo("\"1\"");
        assertThat(same.header("Gatehouse-Changed")).isEmpty();

        var deleted = admin.delete(full, "/" + path + "/" + id);
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(admin.get(full, "/" + path + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void aServiceProviderIsReadByTheIdOfItsEntityId() {
        var made = admin.post(full, "/service-providers", """
                {"entity_id":"https://sp.example/x?y=1","display_name":"S","certificates":["%s"],
                 "assertion_consumer_services":["https://sp.example/acs"],"wants_authn_requests_signed":true}
                """.formatted(CERTIFICATE));
        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        var id = made.json().path("id").asText();
        assertThat(admin.get(full, "/service-providers/" + id).json()).isEqualTo(made.json());
        var listed = admin.get(full, "/service-providers?entity_id=https%3A%2F%2Fsp.example%2Fx%3Fy%3D1");
        assertThat(listed.json().path("items")).hasSize(1);
        var changed = admin.patch(full, "/service-providers/" + id, "*",
                "{\"attributes\":{\"mail\":\"email\",\"email\":null}}");
        assertThat(changed.json().path("attributes").toString())
                .isEqualTo("{\"family_name\":\"family_name\",\"given_name\":\"given_name\",\"mail\":\"email\"}");
    }

    @Test
    void whatAServiceProviderIsSentIsSetAndChecked() {
        var target = "/service-providers/" + admin.post(full, "/service-providers", """
                {"entity_id":"https://sp.example/protected","display_name":"S",
                 "assertion_consumer_services":["https://sp.example/acs"]}
                """).json().path("id").asText();
        var set = admin.patch(full, target, "*", """
                {"encryption":{"certificate":"%s","content":"aes128-gcm"},"signed_parts":"assertion",
                 "single_logout":{"redirect_url":"https://sp.example/slo"},"idp_initiated":true,
                 "attribute_name_formats":{"email":"unspecified"}}
                """.formatted(Certificates.pem(TestCredentials.US.certificate()).replace("\n", "\\n")));
        var curve = admin.patch(full, target, "*", "{\"encryption\":{\"certificate\":\"" + CERTIFICATE + "\"}}");
        assertThat(TestAdmin.problems(curve))
                .containsExactly("/encryption/certificate must have an RSA key of at least 2048 bits");
        assertThat(set.status()).as(set.json().toString()).isEqualTo(200);
        assertThat(admin.get(full, target).json()).isEqualTo(set.json());
        assertThat(set.json().path("single_logout").path("redirect_url").asText())
                .isEqualTo("https://sp.example/slo");

        for (var bad : List.of("{\"encryption\":{\"content\":\"aes256-cbc\"}}",
                "{\"encryption\":{\"content\":\"3des\"}}", "{\"signed_parts\":\"none\"}",
                "{\"single_logout\":{\"post_url\":\"javascript:alert(1)\"}}",
                "{\"single_logout\":{\"redirect_url\":null,\"response_url\":\"https://sp.example/slo\"}}",
                "{\"metadata_url\":\"file:///etc/passwd\"}", "{\"attribute_name_formats\":{\"email\":\"x\"}}")) {
            assertThat(admin.patch(full, target, "*", bad).status()).as(bad).isEqualTo(400);
        }
        assertThat(admin.get(full, target).json()).isEqualTo(set.json());
    }

    @Test
    @DisplayName("RFC 9110 §13.1.1: a change names what it changes")
    void aChangeNeedsTheVersionItIsMadeTo() {
        admin.post(full, "/organizations", "{\"id\":\"etag\",\"display_name\":\"E\"}");
        var target = "/organizations/etag";
        assertThat(admin.call("PATCH", target, full, Map.of(), "{}").status()).isEqualTo(428);
        assertThat(admin.patch(full, target, "\"2\"", "{\"display_name\":\"F\"}").status()).isEqualTo(412);
        assertThat(admin.patch(full, target, "W/\"1\"", "{\"display_name\":\"F\"}").status()).isEqualTo(412);
        assertThat(admin.patch(full, target, "\"1\"", "{\"display_name\":\"F\"}").header("ETag")).isEqualTo("\"2\"");
        assertThat(admin.patch(full, target, "\"1\"", "{\"display_name\":\"G\"}").status()).isEqualTo(412);
        assertThat(admin.call("DELETE", target, full, Map.of("if-match", "\"1\""), "").status()).isEqualTo(412);
        assertThat(admin.call("GET", target, full, Map.of("if-none-match", "\"2\""), "").status()).isEqualTo(304);
        assertThat(admin.get(full, target).json().path("display_name").asText()).isEqualTo("F");
    }

    @Test
    @DisplayName("RFC 7396: null takes away, what is absent stays, a put resets")
    void patchAndPutDiffer() {
        var made = admin.post(full, "/users", "{\"email\":\"p@x.example\",\"given_name\":\"G\",\"family_name\":\"F\"}");
        var target = "/users/" + made.json().path("id").asText();
        var patched = admin.patch(full, target, "\"1\"", "{\"given_name\":null,\"enabled\":false}");
        assertThat(patched.json().has("given_name")).isFalse();
        assertThat(patched.json().path("family_name").asText()).isEqualTo("F");
        assertThat(patched.header("Gatehouse-Changed")).isEqualTo("enabled given_name");
        var put = admin.put(full, target, "\"2\"", "{\"email\":\"p@x.example\"}");
        assertThat(put.json().has("family_name")).isFalse();
        assertThat(put.json().path("enabled").asBoolean()).isTrue();
        assertThat(admin.patch(full, target, "*", "{\"email\":null}").status()).isEqualTo(400);
    }

    @Test
    void whatIsWrongIsSaidFieldByField() {
        var refused = admin.post(full, "/clients", """
                {"client_nam":"x","grant_types":["implicit"],"enabled":"yes","access_token_lifetime":1}
                """);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.json().path("trace_id").asText()).isEqualTo("trace-1");
        assertThat(TestAdmin.problems(refused))
                .contains("/client_nam unknown field \"client_nam\", did you mean \"client_name\"?",
                        "/client_name is required")
                .anyMatch(problem -> problem.startsWith("/grant_types/0 must be one of"))
                .anyMatch(problem -> problem.startsWith("/enabled "))
                .anyMatch(problem -> problem.startsWith("/access_token_lifetime "));
        assertThat(admin.post(full, "/clients", "{\"a\":1,\"a\":2}").status()).isEqualTo(400);
        assertThat(admin.post(full, "/clients", "[]").status()).isEqualTo(400);
        assertThat(admin.post(full, "/clients", "{").json().path("detail").asText()).contains("line 1");
        assertThat(admin.call("POST", "/clients", full, Map.of("content-type", "text/plain"), "{}").status())
                .isEqualTo(415);
        assertThat(admin.post(full, "/clients", "{\"x\":\"" + "x".repeat(AdminCall.BODY_BYTES_MAX) + "\"}").status())
                .isEqualTo(413);
        assertThat(admin.get(full, "/clients?limt=3").json().path("detail").asText())
                .contains("did you mean \"limit\"?");
        assertThat(admin.get(full, "/clients?limit=1&limit=2").status()).isEqualTo(400);
        assertThat(admin.get(full, "/clients?limit=201").status()).isEqualTo(400);
        assertThat(admin.get(full, "/clients?limit=200").status()).isEqualTo(200);
        assertThat(admin.post(full, "/clients", "{\"x\":" + "[".repeat(40) + "]".repeat(40) + "}").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example/cb, true", "http://localhost:3000/cb, true", "http://127.0.0.1/cb, true",
        "http://[::1]/cb, true", "com.example.app:/cb, true", "http://app.example/cb, false",
        "https://app.example/cb#f, false", "https://*.example/cb, false", "/cb, false", "javascript:alert(1), false",
        "data:text/html;x, false", "https://u:p@app.example/, false", "https:/cb, false", "myapp:/cb, false",
        "https://app.example/ cb, false", "HTTP://app.example/cb, false"})
    void aRedirectUriMustBeOneThatCanBeTrusted(String uri, boolean accepted) {
        var answer = admin.post(full, "/clients?dry_run=true", """
                {"client_name":"C","redirect_uris":["%s"]}""".formatted(uri));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(accepted ? 201 : 400);
    }

    @Test
    void aDryRunAnswersAndLeavesNothing() {
        var answer = admin.post(full, "/organizations?dry_run=true", "{\"id\":\"dry\",\"display_name\":\"D\"}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(admin.get(full, "/organizations/dry").status()).isEqualTo(404);
    }

    @Test
    void aListIsReadPageByPageAndItsTokenCannotBeForged() {
        for (int i = 0; i < 7; i++) {
            admin.post(full, "/users", "{\"email\":\"page%d@pages.example\",\"organization\":\"b\"}".formatted(i));
        }
        var seen = new ArrayList<String>();
        var target = "/users?organization=b&limit=3";
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            var page = admin.get(full, target + (next.get().isEmpty() ? "" : "&page_token=" + next.get()));
            page.json().path("items").forEach(item -> seen.add(item.path("id").asText()));
            next = Optional.ofNullable(page.json().path("next_page_token").textValue());
        }
        assertThat(seen).hasSize(7).doesNotHaveDuplicates().isSorted();
        var token = admin.get(full, target).json().path("next_page_token").asText();
        assertThat(admin.get(full, target + "&page_token=" + token.replace(token.charAt(9), 'x') + "x")
                .status()).isEqualTo(400);
        assertThat(admin.get(full, "/users?organization=a&limit=3&page_token=" + token).status()).isEqualTo(400);
        assertThat(admin.get(full, "/clients?limit=3&page_token=" + token).status()).isEqualTo(400);
        assertThat(admin.get(admin.adminOfA(), "/users?limit=3&page_token=" + token).status()).isEqualTo(400);
        assertThat(admin.get(full, "/users?page_token=%27%3B%20drop%20table%20account").status()).isEqualTo(400);
    }

    @Test
    void aClientSecretIsShownOnceAndKeptAsAHash() {
        var made = admin.post(full, "/clients",
                "{\"client_id\":\"sec\",\"client_name\":\"S\",\"redirect_uris\":[\"https://s.example/\"]}");
        var first = made.json().path("client_secret").asText();
        assertThat(first).hasSize(43);
        assertThat(admin.get(full, "/clients/sec").json().has("client_secret")).isFalse();
        assertThat(admin.get(full, "/clients/sec").json().has("secrets")).isFalse();
        assertThat(columns("client")).noneMatch(body -> body.contains(first));

        var rotated = admin.post(full, "/clients/sec/secret?overlap_seconds=60", "");
        assertThat(rotated.status()).isEqualTo(200);
        var second = rotated.json().path("client_secret").asText();
        var secrets = admin.clients.client("main", new gatehouse.spi.ClientId("sec"), TestAdmin.soon())
                .orElseThrow().secrets();
        assertThat(secrets).hasSize(2);
        assertThat(secrets.get(0).matches(second, TestAdmin.NOW)).isTrue();
        assertThat(secrets.get(1).matches(first, TestAdmin.NOW.plusSeconds(59))).isTrue();
        assertThat(secrets.get(1).matches(first, TestAdmin.NOW.plusSeconds(60))).isFalse();
        admin.post(full, "/clients/sec/secret?overlap_seconds=60", "");
        var third = admin.clients.client("main", new gatehouse.spi.ClientId("sec"), TestAdmin.soon())
                .orElseThrow().secrets();
        assertThat(third).hasSize(2).noneMatch(secret -> secret.matches(first, TestAdmin.NOW));

        var own = admin.patch(full, "/clients/sec", "*", "{\"client_secret\":\"my-own-secret\"}");
        assertThat(own.header("Gatehouse-Changed")).isEqualTo("client_secret");
        assertThat(own.json().has("client_secret")).isFalse();
        assertThat(admin.patch(full, "/clients/sec", "*", "{\"client_secret\":\"my-own-secret\"}")
                .header("Gatehouse-Changed")).isEmpty();
        var open = admin.patch(full, "/clients/sec", "*", "{\"token_endpoint_auth_method\":\"none\"}");
        assertThat(open.status()).isEqualTo(200);
        assertThat(admin.post(full, "/clients/sec/secret", "").status()).isEqualTo(400);
    }

    @Test
    void aConnectionsSecretIsSealedKeptAndNeverShown() {
        var made = admin.post(full, "/connections", """
                {"id":"sealed","organization":"a","type":"oidc","display_name":"C",
                 "settings":{"issuer":"https://i.example","client_secret":"topsecret"}}""");
        assertThat(made.json().toString()).doesNotContain("topsecret").doesNotContain("client_secret");
        assertThat(columns("connection")).noneMatch(body -> body.contains("topsecret"));
        var put = admin.put(full, "/connections/sealed", "*", """
                {"organization":"a","type":"oidc","display_name":"D","settings":{"issuer":"https://j.example"}}""");
        assertThat(put.header("Gatehouse-Changed")).isEqualTo("display_name settings.issuer");
        assertThat(secretOfSealed()).isEqualTo("topsecret");
        admin.patch(full, "/connections/sealed", "*", "{\"settings\":{\"client_secret\":\"other\"}}");
        assertThat(secretOfSealed()).isEqualTo("other");
        admin.patch(full, "/connections/sealed", "*", "{\"settings\":{\"client_secret\":null}}");
        assertThat(secretOfSealed()).isEmpty();
        assertThat(TestAdmin.problems(admin.patch(full, "/connections/sealed", "*",
                "{\"settings\":{\"isuer\":\"x\"}}")))
                .containsExactly("/settings/isuer unknown field \"isuer\", did you mean \"issuer\"?");
        assertThat(TestAdmin.problems(admin.patch(full, "/connections/sealed", "*",
                "{\"settings\":{\"issuer\":null}}")))
                .containsExactly("/settings/issuer is required");
    }

    private static String secretOfSealed() {
        return admin.database.read(TestAdmin.soon(), sql ->
                        admin.tables.connections().find(sql, Rows.Scope.of("main"), "sealed")).orElseThrow()
                .settings().path("client_secret").asText();
    }

    private static List<String> columns(String table) {
        return admin.database.read(TestAdmin.soon(), sql ->
                sql.select("SELECT body::text FROM " + table).mapTo(String.class).list());
    }

    @Test
    void importedMetadataBecomesSettings() {
        admin.post(full, "/connections",
                "{\"id\":\"imp\",\"organization\":\"a\",\"type\":\"saml\",\"display_name\":\"S\"}");
        var target = "/connections/imp/import-metadata";
        assertThat(admin.post(full, target, "{\"metadata_xml\":\"<x/>\"}").status()).isEqualTo(428);
        var imported = admin.call("POST", target, full, Map.of("if-match", "\"1\""), "{\"metadata_xml\":\"<x/>\"}");
        assertThat(imported.json().path("settings").path("idp_entity_id").asText()).isEqualTo("https://idp.example");
        var bad = admin.call("POST", target, full, Map.of("if-match", "*"), "{\"metadata_xml\":\"no\"}");
        assertThat(TestAdmin.problems(bad)).containsExactly("/metadata_xml is not XML");
    }

    @Test
    void aDomainIsVerifiedByItsTxtRecordAndBelongsToOneOrganization() {
        var made = admin.post(full, "/domains", "{\"name\":\"Proof.Example.\",\"organization\":\"a\"}");
        assertThat(made.json().path("name").asText()).isEqualTo("proof.example");
        var record = "gatehouse-domain-verification=" + made.json().path("challenge").asText();
        var none = admin.post(full, "/domains/proof.example/verify", "");
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.json().path("detail").asText()).contains(record, "DOM-01", "ns1.test", "found none at proof.example, none at _gatehouse-challenge");
        admin.dns.put("_gatehouse-challenge.proof.example", List.of("v=spf1", "wrong"));
        assertThat(admin.post(full, "/domains/proof.example/verify", "").json().path("detail").asText())
                .contains("DOM-02", "2 TXT records at _gatehouse-challenge.proof.example: [v=spf1, wrong]");
        admin.dns.put("_gatehouse-challenge.proof.example", List.of("v=spf1", record));
        // The organization's own administrator may have it verified, but not say so.
        var own = admin.adminOfA();
        assertThat(admin.patch(own, "/domains/proof.example", "*", "{\"verified\":true}").status()).isEqualTo(400);
        var verified = admin.post(own, "/domains/proof.example/verify", "");
        assertThat(verified.status()).as(verified.json().toString()).isEqualTo(200);
        assertThat(verified.json().path("verified").asBoolean()).isTrue();
        assertThat(verified.json().path("verified_at").asText()).isEqualTo("2026-11-20T10:00:00Z");

        // Anybody may claim; nobody else can have it verified.
        assertThat(admin.post(full, "/domains", "{\"name\":\"proof.example\",\"organization\":\"b\"}")
                .status()).isEqualTo(201);
        assertThat(admin.patch(full, "/domains/proof.example?organization=b", "*", "{\"verified\":true}")
                .status()).isEqualTo(409);
        assertThat(admin.get(full, "/domains/proof.example").json().path("organization").asText()).isEqualTo("a");
        for (var bad : List.of("com", "", "a..b", "-x.example", "x_y.example", "1.2.3.4", "a b.example",
                "x".repeat(64) + ".example")) {
            assertThat(admin.post(full, "/domains", "{\"name\":\"" + bad + "\",\"organization\":\"a\"}")
                    .status()).isEqualTo(400);
        }
        admin.post(full, "/domains", "{\"name\":\"dead.example\",\"organization\":\"a\"}");
        assertThat(admin.post(full, "/domains/dead.example/verify", "").status()).isEqualTo(503);
    }

    @Test
    void conflictsAreSaid() {
        assertThat(admin.post(full, "/organizations", "{\"id\":\"a\",\"display_name\":\"A\"}").status()).isEqualTo(409);
        assertThat(admin.post(full, "/connections",
                "{\"organization\":\"nobody\",\"type\":\"saml\",\"display_name\":\"S\"}").status())
                .isEqualTo(409);
        admin.post(full, "/organizations", "{\"id\":\"used\",\"display_name\":\"U\"}");
        admin.post(full, "/connections", "{\"organization\":\"used\",\"type\":\"saml\",\"display_name\":\"S\"}");
        assertThat(admin.delete(full, "/organizations/used").status()).isEqualTo(409);
        assertThat(admin.patch(full, "/organizations/used", "*", "{\"id\":\"other\"}").status()).isEqualTo(400);
        assertThat(admin.patch(full, "/organizations/used", "*", "{\"version\":9}").status()).isEqualTo(400);
        assertThat(admin.post(full, "/organizations?issuer=none", "{\"id\":\"n\",\"display_name\":\"N\"}")
                .status()).isEqualTo(409);
        admin.post(full, "/users", "{\"email\":\"twin@x.example\"}");
        assertThat(admin.post(full, "/users", "{\"email\":\"TWIN@x.example\"}").status()).isEqualTo(409);
    }

    @Test
    void aChangeAndItsRecordAreOneTransaction() {
        admin.post(full, "/organizations", "{\"id\":\"audited\",\"display_name\":\"X\"}");
        admin.patch(full, "/organizations/audited", "*", "{\"display_name\":\"Y\"}");
        admin.delete(full, "/organizations/audited");
        var records = admin.database.read(TestAdmin.soon(), sql -> admin.audit.page(sql,
                new Rows.Scope("main", Optional.of(new gatehouse.spi.OrganizationId("audited"))),
                        OptionalLong.empty(), 10));
        assertThat(records).extracting(record -> record.event().action())
                .containsExactly(AuditAction.ADMIN_DELETED, AuditAction.ADMIN_CHANGED, AuditAction.ADMIN_CREATED);
        assertThat(records.get(1).event().details()).containsEntry("fields", "display_name")
                .containsEntry("id", "audited");
        assertThat(records.get(1).actor()).contains("full");
        Answer listed = admin.get(full, "/audit-events?organization=audited&limit=2");
        assertThat(listed.json().path("items").get(0).path("action").asText()).isEqualTo("admin.deleted");
        var rest = admin.get(full, "/audit-events?organization=audited&limit=2&page_token="
                + listed.json().path("next_page_token").asText());
        assertThat(rest.json().path("items")).hasSize(1);
    }

    @Test
    void whoMayNoLongerSignInIsSignedOut() {
        var made = admin.post(full, "/users",
                "{\"id\":\"leaver\",\"email\":\"leaver@x.example\",\"password\":\"long enough\"}");
        assertThat(made.json().has("password")).isFalse();
        admin.patch(full, "/users/leaver", "*", "{\"enabled\":false}");
        assertThat(admin.sessions.ended()).contains("user leaver");
    }

    @Test
    void keysAreListedAndRotatedByCommand() {
        var before = admin.get(full, "/keys").json().path("items");
        assertThat(before).isNotEmpty();
        assertThat(before.toString()).doesNotContain("\"d\"");
        assertThat(admin.post(full, "/keys/rotate", "").status()).isEqualTo(200);
        assertThat(admin.get(full, "/keys").json().path("items")).hasSizeGreaterThan(before.size());
    }
}
