package gatehouse.idp.admin;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.admin.IsolationMatrix.Disagreement;
import gatehouse.idp.admin.TestAdmin.Answer;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.Tables;
import gatehouse.idp.upstream.xray.TestAttempts;
import gatehouse.sessions.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every operation, called by every kind of caller, on an organization of its own and on a foreign one. */
class AdminMatrixTest {

    private enum Actor { NOBODY, EXPIRED, REVOKED, OTHER_AUDIENCE, NO_SCOPE, PERSON, READER, ADMIN_OF_A, FULL }

    private static TestAdmin admin;

    @BeforeAll
    static void open() {
        admin = new TestAdmin();
        admin.revoked.add("revoked");
        for (var organization : List.of("a", "b")) {
            admin.apply("""
                    issuers:
                      - name: main
                        organizations:
                          - id: ORG
                            domains: [{name: ORG.example}]
                            connections: [{id: saml-ORG, type: saml, display_name: C}]
                            webhooks: [{id: hook-ORG, url: "https://x.example/"}]
                        clients:
                          - {client_id: app-ORG, organization: ORG, client_name: C, redirect_uris: ["https://x.example/"]}
                        service-providers:
                          - {entity_id: "https://ORG.example", organization: ORG, display_name: S,
                             assertion_consumer_services: ["https://x.example/"]}
                        users: [{id: user-ORG, email: u@ORG.example, organization: ORG, password: a-long-password}]
                    """.replace("ORG", organization));
            admin.patch(admin.full(), "/organizations/" + organization, "*",
                    "{\"break_glass\":[{\"user\":\"user-" + organization + "\"}]}");
            admin.post(admin.full(), "/domains/" + organization + ".example/check", "");
            var attempt = TestAttempts.seen(TestAttempts.refused(
                    "attempt-" + organization, organization, "saml-" + organization, TestAdmin.NOW), Optional.of("m"));
            admin.attempts.write(List.of(attempt), List.of(attempt), TestAdmin.soon());
        }
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    private static String token(Actor actor) {
        return switch (actor) {
            case NOBODY -> "";
            case EXPIRED -> admin.token("full", "gatehouse:admin",
                    Map.of("exp", TestAdmin.NOW.minusSeconds(600).getEpochSecond()));
            case REVOKED -> admin.token("full", "gatehouse:admin", Map.of("jti", "revoked"));
            case OTHER_AUDIENCE -> admin.token("full", "gatehouse:admin",
                    Map.of("aud", "https://main.example/demo/api"));
            case NO_SCOPE -> admin.token("nothing", "api:read", Map.of());
            case PERSON -> admin.token("full", "gatehouse:admin", Map.of("sub", "user-a"));
            case READER -> admin.reader();
            case ADMIN_OF_A -> admin.adminOfA();
            case FULL -> admin.full();
        };
    }

    @TestFactory
    Stream<DynamicTest> everyOperationByEveryCallerOnEveryOrganization() {
        var tests = new ArrayList<DynamicTest>();
        for (var operation : admin.admin.operations()) {
            for (var actor : Actor.values()) {
                for (var organization : List.of("a", "b")) {
                    tests.add(DynamicTest.dynamicTest(
                            operation.id() + " by " + actor + " on " + organization,
                            () -> check(operation, actor, organization)));
                }
            }
        }
        return tests.stream();
    }

    private static void check(Operation operation, Actor actor, String organization) {
        admin.sessions.put("main", "user-" + organization, Optional.of(organization), sid(organization));
        int status = call(operation, token(actor), organization).status();
        switch (actor) {
            case NOBODY, EXPIRED, REVOKED, OTHER_AUDIENCE -> assertThat(status).isEqualTo(401);
            case NO_SCOPE, PERSON -> assertThat(status).isEqualTo(403);
            case READER -> {
                if (operation.need().changes()) {
                    assertThat(status).isEqualTo(403);
                } else {
                    assertThat(status).isEqualTo(200);
                }
            }
            case ADMIN_OF_A -> {
                boolean forOperators = operation.need() == Operation.Need.OPERATOR
                        || operation.need() == Operation.Need.DEPLOYMENT_READ;
                if (forOperators) {
                    assertThat(status).isEqualTo(403);
                } else if (organization.equals("a") || isWithoutTarget(operation)) {
                    assertThat(status).isNotIn(401, 403, 404).isLessThan(500);
                } else {
                    // A new thing for somebody else is a wrong field; an existing one does not exist.
                    assertThat(status).isEqualTo(operation.id().startsWith("create_") ? 400 : 404);
                }
            }
            case FULL -> assertThat(status).isNotIn(401, 403, 404).isLessThan(500);
        }
    }

    @TestFactory
    Stream<DynamicTest> noDisagreementReachesAnotherOrganization() {
        return admin.admin.operations().stream()
                .filter(operation -> !isWithoutTarget(operation))
                .flatMap(operation -> Stream.of(Disagreement.values())
                        .filter(disagreement -> isPossible(operation, disagreement))
                        .map(disagreement -> DynamicTest.dynamicTest(operation.id() + " with " + disagreement,
                                () -> checkDisagreement(operation, disagreement))));
    }

    private static boolean isPossible(Operation operation, Disagreement disagreement) {
        boolean target = operation.path().contains("{id}");
        boolean query = operation.parameters().stream().anyMatch(p -> p.name().equals("organization"));
        boolean body = List.of("POST", "PUT", "PATCH").contains(operation.method()) && operation.request().isPresent()
                && admin.kinds.all().stream().map(kind -> "/" + kind.path())
                        .filter(path -> !path.equals("/issuers") && !path.equals("/organizations"))
                        .anyMatch(path -> operation.path().equals(path) || operation.path().equals(path + "/{id}"));
        return switch (disagreement) {
            case PATH -> target;
            case PATH_AGAINST_QUERY -> target && query;
            case QUERY -> query;
            case BODY -> body;
            case ALL -> target && query;
            case ISSUER -> true;
        };
    }

    private static void checkDisagreement(Operation operation, Disagreement disagreement) {
        admin.sessions.put("main", "user-b", Optional.of("b"), sid("b"));
        var before = IsolationMatrix.stored(admin.database, "b");
        assertThat(before).hasSizeGreaterThan(4);
        boolean foreignPath = switch (disagreement) {
            case PATH, PATH_AGAINST_QUERY, ALL -> true;
            case QUERY, BODY, ISSUER -> false;
        };
        var query = switch (disagreement) {
            case PATH, BODY -> "";
            case PATH_AGAINST_QUERY -> "?organization=a";
            case QUERY, ALL -> "?organization=b";
            case ISSUER -> "?issuer=other";
        };
        var path = foreignPath ? "b" : "a";
        var target = operation.path().replace("{id}", id(operation, path)).replace("{user}", "user-b") + query;
        var body = disagreement == Disagreement.BODY ? IsolationMatrix.made(operation.tag(), "b") : "{}";
        if (operation.method().equals("PUT") && disagreement != Disagreement.BODY) {
            body = admin.get(admin.full(), operation.path().replace("{id}", id(operation, "b"))).json().toString();
        }
        var bodiless = List.of("GET", "DELETE").contains(operation.method());
        var answer = admin.call(operation.method(), target, admin.adminOfA(), Map.of("if-match", "*"),
                bodiless ? "" : body);
        assertThat(answer.status()).as(answer.json() == null ? "" : answer.json().toString())
                .isIn(disagreement == Disagreement.BODY ? List.of(400, 403, 404) : List.of(403, 404));
        assertThat(IsolationMatrix.stored(admin.database, "b")).isEqualTo(before);
        assertThat(admin.sessions.findById(new SessionId(sid("b")), TestAdmin.soon())).isPresent();
    }

    /** Listings without a filter for the organization: they show the own one, as another test says. */
    private static boolean isWithoutTarget(Operation operation) {
        return operation.id().equals("list_organizations");
    }

    private static String sid(String organization) {
        return "00" + organization.repeat(22);
    }

    private static Answer call(Operation operation, String token, String organization) {
        var target = operation.path().replace("{id}", id(operation, organization))
                .replace("{link}", operation.path().contains("{link}") ? link(organization) : "")
                .replace("{user}", "user-" + organization);
        return switch (operation.method()) {
            case "GET" -> admin.get(token, target + filter(operation, organization));
            case "PATCH" -> admin.patch(token, target, "*", "{}");
            case "PUT" -> admin.put(token, target, "*", admin.get(admin.full(), target).json().toString());
            case "DELETE" -> admin.call("DELETE", target, token, Map.of("if-match", "\"999\""), "");
            case "POST" -> operation.path().contains("{id}") || operation.tag().equals("keys")
                    ? admin.call("POST", target, token, Map.of("if-match", "*"), "{}")
                    : admin.post(token, target + "?dry_run=true", IsolationMatrix.made(operation.tag(), organization));
            default -> throw new IllegalStateException(operation.method());
        };
    }

    /** A setup link of {@code organization}. */
    private static String link(String organization) {
        return admin.post(admin.full(), "/organizations/" + organization + "/setup-links",
                "{\"intent\":\"sso\",\"contacts\":[\"it\"]}").json().path("items").path(0).path("id").asText();
    }

    private static String filter(Operation operation, String organization) {
        boolean known = operation.parameters().stream().anyMatch(parameter -> parameter.name().equals("organization"));
        return known ? "?organization=" + organization : "";
    }

    private static String id(Operation operation, String organization) {
        return switch (operation.path().split("/")[1]) {
            case "issuers" -> "main";
            case "organizations" -> organization;
            case "domains" -> organization + ".example";
            case "connections" -> "saml-" + organization;
            case "clients" -> "app-" + organization;
            case "service-providers" -> Tables.serviceProviderId("https://" + organization + ".example");
            case "users" -> "user-" + organization;
            case "webhooks" -> "hook-" + organization;
            case "sessions" -> sid(organization);
            case "sign-in-attempts" -> "attempt-" + organization;
            default -> "";
        };
    }

    @Test
    void theAdministratorOfADisabledOrganizationIsNobody() {
        var own = admin.adminOfA();
        admin.patch(admin.full(), "/organizations/a", "*", "{\"enabled\":false}");
        assertThat(admin.get(own, "/connections").status()).isEqualTo(401);
        admin.patch(admin.full(), "/organizations/a", "*", "{\"enabled\":true}");
        assertThat(admin.get(own, "/connections").status()).isEqualTo(200);
    }

    @Test
    void anOrganizationsAdministratorSeesItsOwnAndChangesNothingElse() {
        var own = admin.adminOfA();
        for (var kind : admin.kinds.all()) {
            if (!kind.path().equals("issuers")) {
                var items = admin.get(own, "/" + kind.path()).json().path("items");
                assertThat(items).as(kind.path()).isNotEmpty().allSatisfy(item ->
                        assertThat(item.path(kind.path().equals("organizations") ? "id" : "organization")
                                .asText()).isEqualTo("a"));
            }
        }
        assertThat(admin.get(own, "/audit-events").json().path("items"))
                .isNotEmpty().allSatisfy(item -> assertThat(item.path("organization").asText()).isEqualTo("a"));
        // What it makes is its own, said or not.
        var made = admin.post(own, "/connections", "{\"id\":\"mine\",\"type\":\"saml\",\"display_name\":\"M\"}");
        assertThat(made.json().path("organization").asText()).isEqualTo("a");
        var other = admin.database.read(TestAdmin.soon(), sql ->
                admin.tables.connections().find(sql, Rows.Scope.of("main"), "saml-b")).orElseThrow();
        assertThat(other.version()).isEqualTo(1);
    }

    @Test
    void whatIsForOperatorsIsNotTakenByOthers() {
        var own = admin.adminOfA();
        assertThat(TestAdmin.problems(admin.post(own, "/clients", """
                {"client_name":"N","grant_types":["client_credentials"],"scopes":["gatehouse:admin"]}""")))
                .containsExactly("/scopes scopes that begin with gatehouse: are for operators to give");
        for (var field : List.of("\"first_party\":true", "\"audience\":[\"https://main.example/admin/v1\"]")) {
            assertThat(admin.patch(own, "/clients/app-a", "*", "{" + field + "}").status()).isEqualTo(400);
        }
        assertThat(admin.patch(own, "/organizations/a", "*", "{\"enabled\":false}").status()).isEqualTo(400);
        assertThat(admin.patch(own, "/users/user-a", "*", "{\"email_verified\":true}").status()).isEqualTo(400);
        assertThat(admin.patch(own, "/users/user-a", "*", "{\"organization\":\"b\"}").status()).isEqualTo(400);
        assertThat(admin.get(own, "/users?issuer=demo-idp").status()).isEqualTo(404);
    }

    @Test
    void aScopeThatWasTakenFromTheClientOpensNothingAnyMore() {
        admin.apply("""
                issuers:
                  - name: main
                    clients:
                      - {client_id: former, client_name: F, grant_types: [client_credentials], scopes: ["gatehouse:admin"]}
                """);
        var token = admin.token("former", "gatehouse:admin", Map.of());
        assertThat(admin.get(token, "/issuers").status()).isEqualTo(200);
        admin.patch(admin.full(), "/clients/former", "*", "{\"scopes\":[\"api:read\"]}");
        assertThat(admin.get(token, "/issuers").status()).isEqualTo(403);
        admin.patch(admin.full(), "/clients/former", "*", "{\"enabled\":false}");
        assertThat(admin.get(token, "/issuers").status()).isEqualTo(401);
        // A client of an organization is never an operator, whatever its scopes.
        var foreign = admin.token("admin-of-a", "gatehouse:admin gatehouse:org-admin", Map.of("org_id", "b"));
        assertThat(admin.get(foreign, "/issuers").status()).isEqualTo(403);
        assertThat(admin.get(foreign, "/users").status()).isEqualTo(403);
    }

    @Test
    void refusedAttemptsAreOnRecordAndSayHowToAuthenticate() {
        admin.trail.clear();
        var nobody = admin.post("", "/clients", "{}");
        assertThat(nobody.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"admin\"");
        var garbage = admin.get("garbage", "/clients");
        assertThat(garbage.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
        var reader = admin.post(admin.reader(), "/clients", "{}");
        assertThat(reader.header("WWW-Authenticate")).contains("error=\"insufficient_scope\"");
        assertThat(admin.trail).extracting(event -> event.reason().orElseThrow() + " " + event.details()
                .get("operation"))
                .containsExactly("not_authenticated create_client", "token_invalid list_clients",
                        "not_allowed create_client");
        assertThat(admin.trail.getLast().details()).containsEntry("actor", "reader");
    }
}
