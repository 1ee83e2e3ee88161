package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What has been suspended, disabled or deleted opens no door any more: neither one that is tried afterwards nor one
 * that somebody was already passing through. Each door is first shown to open while nothing is wrong.
 */
class EveryDoorTest {

    private static RunningServer server;
    private static String main;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
        main = server.url();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /**
     * A way in, or a way of using what came of one.
     *
     * @param approach goes as far as one can before the change; what it answers goes through the door, and says whether
     *                 it was open
     */
    private record Door(String name, Function<Tenant, BooleanSupplier> approach) {}

    /** What happens meanwhile. @param open doors that it leaves open, for a reason that is written beside it */
    private record Change(String name, Consumer<Tenant> made, Set<String> open) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static final String CALLBACK = "/demo/callback";

    private static List<Door> doors() {
        return List.of(
                new Door("a new sign-in", tenant -> () -> isLetIn(whole(tenant, new Browser(main), "openid"))),
                new Door("an answer of the provider on its way", tenant -> stoppedAt(tenant, "/login/arrive/")),
                new Door("an answer that has arrived", EveryDoorTest::arrived),
                new Door("a login that has ended", tenant -> stoppedAt(tenant, "/authorize/resume")),
                new Door("a session", tenant -> session(tenant, Map.of())),
                new Door("a session, silently", tenant -> session(tenant, Map.of("prompt", "none"))),
                new Door("an authorization code", EveryDoorTest::code),
                new Door("a refresh token", tenant -> refresh(tenant, "openid")),
                new Door("a refresh token that outlives the session",
                        tenant -> refresh(tenant, "openid offline_access")),
                new Door("introspection of an access token", tenant -> introspect(tenant, "openid", "access_token")),
                new Door("introspection of one without a session",
                        tenant -> introspect(tenant, "openid offline_access", "access_token")),
                new Door("introspection of a refresh token", tenant -> introspect(tenant, "openid", "refresh_token")),
                new Door("user info", tenant -> userInfo(tenant, "openid")),
                new Door("user info without a session", tenant -> userInfo(tenant, "openid offline_access")),
                new Door("a session, for SAML", EveryDoorTest::samlSession),
                new Door("a login for SAML that has ended", EveryDoorTest::samlResume),
                new Door("logout that leads back to the application", EveryDoorTest::logout),
                new Door("client credentials", tenant -> () -> service(tenant).status() == 200),
                new Door("introspection of a client's own token", EveryDoorTest::introspectService));
    }

    private static final Set<String> OF_APPLICATIONS =
            Set.of("client credentials", "introspection of a client's own token",
                    "logout that leads back to the application");
    private static final Set<String> FOR_SAML = Set.of("a session, for SAML", "a login for SAML that has ended");
    /** A person without an account gets one, where the organization's policy is to make them. */
    private static final Set<String> NEW_ACCOUNTS = Set.of("a new sign-in", "an answer of the provider on its way",
            "an answer that has arrived", "a session");

    private static Stream<Change> changes() {
        return Stream.of(
                new Change("connection suspended", tenant -> change(tenant, "PATCH",
                        "/connections/" + tenant.connection(), "{\"state\":\"suspended\"}"), OF_APPLICATIONS),
                new Change("connection deleted", tenant -> change(tenant, "DELETE",
                        "/connections/" + tenant.connection(), ""), OF_APPLICATIONS),
                new Change("client disabled", EveryDoorTest::disableClients, FOR_SAML),
                new Change("client deleted", EveryDoorTest::deleteClients, FOR_SAML),
                new Change("user disabled", tenant -> change(tenant, "PATCH", "/users/" + tenant.userId(),
                        "{\"enabled\":false}"), OF_APPLICATIONS),
                new Change("user deleted", tenant -> change(tenant, "DELETE", "/users/" + tenant.userId(), ""),
                        union(OF_APPLICATIONS, NEW_ACCOUNTS)),
                new Change("organization disabled", tenant -> change(tenant, "PATCH", "/organizations/" + tenant.id(),
                        "{\"enabled\":false}"), Set.of("logout that leads back to the application")),
                new Change("organization deleted", EveryDoorTest::deleteOrganization,
                        Set.of("logout that leads back to the application")));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        var both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    private static void change(Tenant tenant, String method, String path, String body) {
        var answer = tenant.admin(method, path, body);
        assertThat(answer.status()).as("%s %s: %s", method, path, answer).isBetween(200, 204);
    }

    private static void disableClients(Tenant tenant) {
        for (var client : List.of(tenant.client(), "service-" + tenant.id())) {
            change(tenant, "PATCH", "/clients/" + client, "{\"enabled\":false}");
        }
    }

    private static void deleteClients(Tenant tenant) {
        for (var client : List.of(tenant.client(), "service-" + tenant.id())) {
            change(tenant, "DELETE", "/clients/" + client, "");
        }
    }

    private static void deleteOrganization(Tenant tenant) {
        change(tenant, "DELETE", "/clients/service-" + tenant.id(), "");
        change(tenant, "DELETE", "/users/" + tenant.userId(), "");
        change(tenant, "DELETE", "/connections/" + tenant.connection(), "");
        change(tenant, "DELETE", "/organizations/" + tenant.id(), "");
    }

    @Test
    void everyDoorOpensWhileNothingIsWrong() {
        var tenant = Tenant.make(main, "untouched", "active");
        assertThat(isLetIn(whole(tenant, new Browser(main), "openid"))).isTrue();
        doors().forEach(door ->
                assertThat(door.approach().apply(tenant).getAsBoolean()).as(door.name()).isTrue());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void noDoorOpensAfterwards(Change change) {
        var tenant = Tenant.make(main, change.name().replace(' ', '-'), "active");
        assertThat(isLetIn(whole(tenant, new Browser(main), "openid"))).isTrue();
        var approached = new LinkedHashMap<String, BooleanSupplier>();
        doors().forEach(door -> approached.put(door.name(), door.approach().apply(tenant)));

        change.made().accept(tenant);

        var open = new ArrayList<String>();
        approached.forEach((name, door) -> {
            if (door.getAsBoolean() && !change.open().contains(name)) {
                open.add(name);
            }
        });
        assertThat(open).isEmpty();
    }

    /** Whether the application got a code. */
    private static boolean isLetIn(Answer answer) {
        return answer.location().filter(to -> to.toString().startsWith(main + CALLBACK))
                .map(Answer::parameters).filter(parameters -> parameters.containsKey("code")).isPresent();
    }

    private static Answer whole(Tenant tenant, Browser browser, String scope) {
        return tenant.signIn(browser, tenant.asked(browser, scope, Map.of()), main + CALLBACK);
    }

    /** A browser on its way to an address of ours, which it reaches only after the change. */
    private static BooleanSupplier stoppedAt(Tenant tenant, String path) {
        var browser = new Browser(main);
        var stopped = tenant.signIn(browser, tenant.asked(browser, "openid", Map.of()), main + path);
        var on = stopped.location().orElseThrow(() -> new AssertionError(stopped)).toString();
        assertThat(on).startsWith(main + path);
        return () -> isLetIn(browser.open(on, main + CALLBACK));
    }

    private static BooleanSupplier arrived(Tenant tenant) {
        var browser = new Browser(main);
        var stopped = tenant.signIn(browser, tenant.asked(browser, "openid", Map.of()), main + "/login/arrive/");
        var kept = browser.get(stopped.location().orElseThrow().toString()).location().orElseThrow().toString();
        return () -> isLetIn(browser.open(kept, main + CALLBACK));
    }

    private static BooleanSupplier session(Tenant tenant, Map<String, String> more) {
        var browser = new Browser(main);
        whole(tenant, browser, "openid");
        return () -> isLetIn(browser.open(tenant.asked(browser, "openid", more).url(), main + CALLBACK));
    }

    private static BooleanSupplier code(Tenant tenant) {
        var browser = new Browser(main);
        var asked = tenant.asked(browser, "openid", Map.of());
        var code = Browser.code(tenant.signIn(browser, asked, main + CALLBACK));
        return () -> tenant.redeem(asked, code).status() == 200;
    }

    private static Answer tokens(Tenant tenant, String scope) {
        var browser = new Browser(main);
        var asked = tenant.asked(browser, scope, Map.of());
        var tokens = tenant.redeem(asked, Browser.code(tenant.signIn(browser, asked, main + CALLBACK)));
        assertThat(tokens.status()).as("%s", tokens).isEqualTo(200);
        return tokens;
    }

    private static BooleanSupplier refresh(Tenant tenant, String scope) {
        var refresh = tokens(tenant, scope).text("refresh_token");
        return () -> tenant.token(Map.of("grant_type", "refresh_token", "refresh_token", refresh)).status() == 200;
    }

    private static BooleanSupplier introspect(Tenant tenant, String scope, String kind) {
        var token = tokens(tenant, scope).text(kind);
        return kind.equals("access_token")
                ? () -> isActive(new Browser(main).introspect(token))
                : () -> isActive(new Browser(main).post(main + "/introspect", Map.of("token", token,
                        "client_id", tenant.client(), "client_secret", Tenant.SECRET)));
    }

    private static boolean isActive(Answer answer) {
        return answer.status() == 200 && answer.json().path("active").asBoolean();
    }

    private static BooleanSupplier userInfo(Tenant tenant, String scope) {
        var token = tokens(tenant, scope).text("access_token");
        return () -> new Browser(main).userInfo(token).status() == 200;
    }

    private static BooleanSupplier samlSession(Tenant tenant) {
        var browser = new Browser(main);
        whole(tenant, browser, "openid");
        return () -> isSamlSuccess(browser.open(tenant.samlRequest(), main + CALLBACK));
    }

    private static BooleanSupplier samlResume(Tenant tenant) {
        var browser = new Browser(main);
        var until = main + "/saml/idp/resume";
        var stopped = tenant.signIn(browser, new Browser.Asked(tenant.samlRequest(), until, ""), until);
        var on = stopped.location().orElseThrow(() -> new AssertionError(stopped)).toString();
        return () -> isSamlSuccess(browser.get(on));
    }

    private static boolean isSamlSuccess(Answer answer) {
        return answer.form().map(form -> form.fields().get("SAMLResponse"))
                .map(response -> new String(Base64.getMimeDecoder().decode(response), StandardCharsets.UTF_8))
                .filter(xml -> xml.contains("status:Success"))
                .isPresent();
    }

    private static BooleanSupplier logout(Tenant tenant) {
        var hint = tokens(tenant, "openid").text("id_token");
        return () -> new Browser(main).get(main + "/logout?post_logout_redirect_uri=" + main.replace(":", "%3A")
                + "/demo&id_token_hint=" + hint).location().isPresent();
    }

    private static Answer service(Tenant tenant) {
        return tenant.token(Map.of("grant_type", "client_credentials", "client_id", "service-" + tenant.id()));
    }

    private static BooleanSupplier introspectService(Tenant tenant) {
        var token = service(tenant).text("access_token");
        return () -> isActive(new Browser(main).introspect(token));
    }
}
