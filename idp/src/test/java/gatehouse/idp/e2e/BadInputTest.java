package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.e2e.RawHttp.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nonsense and malice at every address: an error in the protocol's form, and never a word about our insides. */
class BadInputTest {

    private static final List<String> READ = List.of(
            "/", "/authorize", "/authorize/resume", "/userinfo", "/logout", "/jwks",
                    "/.well-known/openid-configuration",
            "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration/realms/demo-idp",
            "/.well-known/oauth-authorization-server/realms/demo-idp", "/login/arrive/acme-oidc",
            "/login/arrive/globex-saml", "/login/arrive/nobody", "/login/0123456789abcdef", "/saml/idp",
                    "/saml/idp/sso",
            "/saml/idp/resume", "/saml/sp/globex-saml", "/saml/sp/nobody", "/resources/x/login/gatehouse/css/login.css",
            "/health/live", "/health/ready", "/metrics", "/demo", "/demo/callback", "/demo/api/hello", "/admin/v1",
            "/admin/v1/openapi.json", "/admin/v1/clients", "/admin/v1/clients/nobody", "/admin/v1/audit-events",
            "/realms/demo-idp/authorize", "/realms/demo-idp/jwks", "/realms/demo-idp/saml/idp/sso",
            "/realms/nobody/authorize", "/realms/nobody/jwks", "/realms/nobody/.well-known/openid-configuration",
            "/realms/main/jwks", "/realms/", "/nothing/here");
    private static final List<String> WRITE = List.of(
            "/authorize", "/token", "/userinfo", "/introspect", "/revoke", "/logout", "/login/arrive/acme-oidc",
            "/login/arrive/globex-saml", "/login/0123456789abcdef", "/saml/idp/sso", "/admin/v1/clients",
            "/admin/v1/users", "/admin/v1/connections/globex-saml/import-metadata", "/realms/demo-idp/token",
            "/realms/demo-idp/introspect", "/realms/nobody/token", "/nothing/here");
    private static final List<String> BOTH = Stream.concat(READ.stream(), WRITE.stream()).distinct().toList();
    private static final Pattern INSIDES = Pattern.compile(
            "\\bat [\\w.$]+\\(|Exception|\\bjava[.x]|\\bio\\.(?:vertx|netty|lettuce)|\\borg\\.(?:postgresql|jdbi|jboss|apache)"
                    + "|gatehouse\\.(?:idp|sessions|spi)\\.|SELECT .* FROM|INSERT INTO|evil\\.example");
    private static final Pattern TRACE = Pattern.compile("\\b[0-9a-f]{32}\\b");

    private static RunningServer server;
    private static RawHttp http;
    private static String admin;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
        http = new RawHttp(server.url());
        var warm = new Browser(server.url());
        admin = warm.adminToken();
        for (var path : BOTH) {
            FailureTest.await("a first answer of " + path, () -> warm.get(server.url() + path).status() != 503);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyAddressAnswersInItsOwnFormAndSaysNothingOfItsInsides(Malice malice) {
        var wrong = new ArrayList<String>();
        for (var path : BOTH) {
            var sent = malice.of(path);
            var answer = http.send(sent);
            problem(answer).ifPresent(what -> wrong.add(what + ": " + sent + "\n   " + answer));
        }
        assertThat(wrong).isEmpty();
    }

    private static Optional<String> problem(Answer answer) {
        if (answer.status() == 0) {
            return Optional.of("no answer");
        }
        if (answer.status() >= 500 && answer.status() != 503) {
            return Optional.of("status");
        }
        if (answer.status() >= 400 && answer.header("content-type").isEmpty()) {
            return Optional.of("an error without a word");
        }
        if (answer.status() >= 400 && !TRACE.matcher(answer.body()).find()) {
            return Optional.of("no trace id");
        }
        if (INSIDES.matcher(answer.body() + answer.headers()).find() || answer.body().contains("<script>alert")) {
            return Optional.of("says too much");
        }
        if (answer.location().filter(to -> !to.toString().startsWith(server.url() + '/')).isPresent()) {
            return Optional.of("an unproven redirect");
        }
        return answer.headers().getOrDefault("set-cookie", List.of()).stream()
                .anyMatch(cookie -> cookie.startsWith("a="))
                ? Optional.of("a header of the request's making") : Optional.empty();
    }

    @ParameterizedTest
    @MethodSource("oauthErrors")
    void theTokenEndpointAndItsLikeNameTheErrorOfTheRfc(String request, int status, String error) {
        var parts = request.split(" ", 2);
        var answer = http.send(Sent.form(parts[0], parts[1]));

        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.text("error")).isEqualTo(error);
        assertThat(answer.header("content-type")).startsWith("application/json");
        assertThat(answer.header("cache-control")).contains("no-store");
    }

    static Stream<Arguments> oauthErrors() {
        var service = "&client_id=demo-service&client_secret=demo-service-secret";
        var app = "&client_id=demo-app";
        return Stream.of(
                        List.of("/token client_id=demo-app", 400, "invalid_request"),
                        List.of("/token grant_type=" + app, 400, "invalid_request"),
                        List.of("/token grant_type=password&username=a&password=b" + app, 400,
                                "unsupported_grant_type"),
                        List.of("/token grant_type=client_credentials" + app, 400, "unauthorized_client"),
                        List.of("/token grant_type=client_credentials&client_id=nobody&client_secret=x", 401,
                                "invalid_client"),
                        List.of("/token grant_type=client_credentials&client_id=demo-service", 401, "invalid_client"),
                        List.of("/token grant_type=authorization_code" + app, 400, "invalid_request"),
                        List.of("/token grant_type=authorization_code&code=x&redirect_uri=x&code_verifier="
                                + "v".repeat(43) + app,
                                400, "invalid_grant"),
                        List.of("/token grant_type=refresh_token" + app, 400, "invalid_request"),
                        List.of("/token grant_type=refresh_token&refresh_token=x" + app, 400, "invalid_grant"),
                        List.of("/token grant_type=refresh_token&refresh_token=x&refresh_token=y" + app, 400,
                                "invalid_request"),
                        List.of("/introspect token=x" + app, 401, "invalid_client"),
                        List.of("/introspect token=x", 401, "invalid_client"),
                        List.of("/revoke token=x&client_id=nobody", 401, "invalid_client"))
                .map(row -> Arguments.of(row.toArray()));
    }

    @ParameterizedTest
    @MethodSource("authorizationErrors")
    void aProvenRedirectUriIsToldTheErrorWithStateAndIssuer(Map<String, String> wrong, String error) {
        var browser = new Browser(server.url());
        var asked = browser.ask(server.url(), "demo-app", server.url() + "/demo/callback", wrong);
        var told = browser.get(asked.url()).redirectParameters();

        assertThat(told).containsEntry("error", error).containsEntry("iss", server.url()).containsKey("state")
                .doesNotContainKey("code");
    }

    static Stream<Arguments> authorizationErrors() {
        return Stream.of(
                Arguments.of(Map.of("response_type", "token"), "unsupported_response_type"),
                Arguments.of(Map.of("code_challenge", ""), "invalid_request"),
                Arguments.of(Map.of("code_challenge", "short"), "invalid_request"),
                Arguments.of(Map.of("code_challenge_method", "plain"), "invalid_request"),
                Arguments.of(Map.of("scope", "gatehouse:admin openid"), "invalid_scope"),
                Arguments.of(Map.of("prompt", "none login"), "invalid_request"),
                Arguments.of(Map.of("prompt", "none"), "login_required"),
                Arguments.of(Map.of("max_age", "minus one"), "invalid_request"),
                Arguments.of(Map.of("request", "eyJ"), "request_not_supported"),
                Arguments.of(Map.of("request_uri", "https://evil.example"), "request_uri_not_supported"));
    }

    @ParameterizedTest
    @MethodSource("unprovenRedirectUris")
    void anUnprovenRedirectUriOrClientIsAPageAndNoRedirect(Map<String, String> wrong) {
        var browser = new Browser(server.url());
        var answer = browser.get(browser.ask(server.url(), "demo-app", server.url() + "/demo/callback", wrong).url());

        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.header("content-type")).startsWith("text/html");
        assertThat(answer.location()).isEmpty();
        assertThat(answer.traceId()).isPresent();
    }

    static Stream<Map<String, String>> unprovenRedirectUris() {
        return Stream.of("https://evil.example/", "//evil.example", "javascript:alert(1)", "data:text/html,x", "",
                "\u0000",
                        "http://localhost/demo/callback/", "http://localhost/demo/callback?x=1",
                        "http://localhost@evil.example/demo/callback", "http://localhost/demo/../callback")
                .map(uri -> Map.of("redirect_uri", uri, "prompt", "none"))
                .flatMap(wrong -> Stream.of(wrong, Map.of("client_id", "nobody", "redirect_uri",
                        wrong.get("redirect_uri"))));
    }

    @Test
    void issuersAndLinksComeFromTheConfigurationWhateverTheHost() {
        for (var path : List.of("/.well-known/openid-configuration",
                "/realms/demo-idp/.well-known/openid-configuration",
                "/saml/sp/globex-saml", "/realms/demo-idp/saml/idp")) {
            var honest = http.send(Sent.get(path));
            var spoofed = http.send(Malice.FORWARDED_HOST.of(path).with("Host: evil.example"));
            assertThat(spoofed.body()).as(path).isEqualTo(honest.body()).contains(server.url());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "POST /clients {\"client_id\":\"a\\u0000b\",\"client_name\":\"x\"}",
        "POST /clients {\"client_name\":\"a\\u0000b\",\"grant_types\":[\"client_credentials\"]}",
        "POST /clients {\"client_name\":\"\\ud800\",\"grant_types\":[\"client_credentials\"]}",
        "POST /users {\"email\":\"a@b.example\",\"given_name\":\"\\u0000\"}",
        "POST /users {\"email\":\"a@b.example\",\"attributes\":{\"a\\u0000\":[\"\\u0000\"]}}",
        "POST /users {\"email\":\"a@b.example\",\"no_such_field\":1}", "POST /users []", "POST /users null",
                "POST /users",
        "POST /users {\"email\":1}", "POST /users {\"email\":\"a\",\"email\":\"b\"}", "POST /users {]",
        "GET /clients?after=%00", "GET /clients?limit=x", "GET /clients?limit=-1", "GET /clients?limit=99999999999",
        "GET /clients?issuer=%00", "GET /sessions?user=%00", "GET /audit-events?after=x",
        "PATCH /clients/demo-app {\"redirect_uris\":[\"javascript:alert(1)\"]}",
        "DELETE /clients/nobody", "POST /connections/globex-saml/import-metadata {\"xml\":\"<!DOCTYPE a []><a/>\"}",
        "POST /connections/globex-saml/import-metadata {\"url\":\"file:///etc/passwd\"}"})
    void whatAnAdministratorGetsWrongIsAProblemDocument(String request) {
        var parts = request.split(" ", 3);
        var sent = new Sent(parts[0], "/admin/v1" + parts[1], List.of("Content-Type: application/json"),
                parts.length > 2 ? parts[2] : "")
                .with("Authorization: Bearer " + admin);
        var answer = http.send(sent);

        assertThat(problem(answer)).as("%s", answer).isEmpty();
        assertThat(answer.status()).as("%s", answer).isBetween(400, 499);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    }

    @Test
    void aRequestThatTwoServersWouldReadDifferentlyIsRefused() {
        var smuggled = Sent.form("/token", "0\r\n\r\nGET /admin/v1/clients HTTP/1.1\r\n\r\n").with("Content-Length: 5")
                .with("Transfer-Encoding: chunked");
        assertThat(http.send(smuggled).status()).isIn(0, 400);
        assertThat(http.send(Sent.form("/token", "a=b").with("Content-Length: 3").with("Content-Length: 4")).status())
                .isEqualTo(400);
        assertThat(http.send(Sent.form("/token", "a=b").with("Content-Length: -1")).status()).isEqualTo(400);
        assertThat(http.send(Sent.form("/token", "a=b").with("Content-Length: x")).status()).isEqualTo(400);
        assertThat(http.send(Sent.get("/jw\u0000ks")).status()).isIn(400, 404);
    }
}
