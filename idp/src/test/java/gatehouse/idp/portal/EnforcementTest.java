package gatehouse.idp.portal;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.e2e.Browser;
import gatehouse.idp.e2e.RunningServer;
import gatehouse.idp.samlwire.FakeSamlIdp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The last step of the setup: rehearsed, refused until all that it needs is there, in force, and taken back. */
class EnforcementTest {

    private static final String FREELANCER = "freelancer@elsewhere.example";
    private static final String GLASS = "glass@elsewhere.example";

    private static RunningServer server;
    private static Customer customer;
    private static FakeProvider provider;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
        customer = new Customer(server.url());
        operator("POST", "/organizations", "{\"id\":\"enforcing\",\"display_name\":\"Enforcing Ltd\"}");
        customer.enter("enforcing", "\"intent\":\"sso\"");
        provider = FakeProvider.setUp(customer, server.url(), "okta");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Customer.Answer operator(String method, String path, String json) {
        var answer = customer.admin(method, path, json);
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
        return answer;
    }

    private static String person(String email) {
        return Customer.text(operator("POST", "/users", "{\"email\":\"" + email
                + "\",\"organization\":\"enforcing\",\"password\":\"" + Browser.PASSWORD + "\"}"), "id");
    }

    private static boolean isLetInByPassword(String email) {
        return Browser.isLetInByPassword(server.url(), email);
    }

    private static void breakGlass(String account, int seconds) {
        operator("POST", "/organizations/enforcing/break-glass/" + account + "/activate?seconds=" + seconds, "");
    }

    private static String page(String step) {
        return customer.get(provider.page(step)).body();
    }

    private static Customer.Answer enforce(Map<String, String> more) {
        var form = new HashMap<>(Map.of("action", "enforce", "share", "100", "sure", "yes"));
        form.putAll(more);
        form.values().removeIf(String::isEmpty);
        return customer.submit(provider.page("enforce"), form);
    }

    private static String state() {
        return Customer.text(customer.admin("GET", "/connections/" + provider.connection(), ""), "state");
    }

    @Test
    void isReachedStepByStepHoldsAndIsTakenBack() {
        everybodyIsLetInOnlyWithADomainAndATest();
        var glass = person(GLASS);
        person(FREELANCER);
        assertThat(isLetInByPassword(FREELANCER)).isTrue();

        assertThat(page("enforce")).contains("2 of 2 people could not sign in any more", FREELANCER, GLASS,
                "has a password only", "A way in for emergencies is ready").contains(" disabled>Enforce<");
        assertThat(enforce(Map.of()).status()).as("no way in for emergencies").isEqualTo(409);

        operator("PATCH", "/organizations/enforcing", "{\"break_glass\":[{\"user\":\"" + glass + "\"}]}");
        assertThat(enforce(Map.of()).status()).as("named, and never tried out").isEqualTo(409);
        breakGlass(glass, 300);
        assertThat(isLetInByPassword(GLASS)).isTrue();
        // The audit trail, which proves that the glass was tried, is written behind the sign-in.
        FakeProvider.await(() -> !page("enforce").contains(" disabled>Enforce<"));

        assertThat(enforce(Map.of("sure", "")).status()).isEqualTo(409);
        for (var share : List.of("0", "101", "-1", "ten", "1e2")) {
            assertThat(enforce(Map.of("share", share)).status()).as(share).isEqualTo(400);
        }
        assertThat(state()).isEqualTo("active");
        assertThat(enforce(Map.of()).location()).endsWith("?done=enforced");
        assertThat(state()).isEqualTo("enforced");
        assertThat(page("enforce")).contains("Enforced for 100 %");
        inForce(glass);

        var relaxed = customer.submit(provider.page("enforce"), Map.of("action", "relax"));
        assertThat(relaxed.location()).as(relaxed.body()).endsWith("?done=relaxed");
        assertThat(state()).isEqualTo("active");
        assertThat(isLetInByPassword(FREELANCER)).isTrue();
    }

    private static void everybodyIsLetInOnlyWithADomainAndATest() {
        assertThat(page("activate")).contains(" disabled>Let everybody in<");
        assertThat(everybody().status()).isEqualTo(409);
        operator("POST", "/domains", "{\"name\":\"enforcing.example\",\"organization\":\"enforcing\",\"verified\":true}");
        assertThat(everybody().status()).as("not tested yet").isEqualTo(409);
        assertThat(enforce(Map.of()).status()).as("not active yet").isEqualTo(409);
        Consumer<FakeSamlIdp> ann = idp -> {
            idp.nameId = "ann@enforcing.example";
            idp.attributes = FakeSamlIdp.attribute("email", idp.nameId);
        };
        assertThat(provider.tryOut(ann).body()).contains("It works");
        assertThat(page("activate")).doesNotContain(" disabled>Let everybody in<");
        assertThat(everybody().location()).endsWith("?done=activated");
        assertThat(state()).isEqualTo("active");
    }

    private static Customer.Answer everybody() {
        return customer.submit(provider.page("activate"), Map.of("action", "everybody"));
    }

    private static void inForce(String glass) {
        assertThat(isLetInByPassword(FREELANCER)).isFalse();
        assertThat(isLetInByPassword(GLASS)).as("while it is activated").isTrue();
        breakGlass(glass, 0);
        assertThat(isLetInByPassword(GLASS)).isFalse();
        assertThat(Browser.isLetInByPassword(server.url(), "someone@nowhere.example")).isFalse();
        assertThat(customer.admin("GET", "/audit-events?organization=enforcing", "").body())
                .contains("connection.state_changed", "portal:it@customer.example", "breakglass.used");
    }
}
