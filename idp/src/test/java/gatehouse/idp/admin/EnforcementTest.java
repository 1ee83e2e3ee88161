package gatehouse.idp.admin;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.sql.Rows;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EnforcementTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
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

    @AfterEach
    void backToday() {
        admin.later = Duration.ZERO;
    }

    private static String connection(String organization, String state) {
        var made = admin.post(full, "/connections", """
                {"organization":"%s","type":"oidc","display_name":"C","state":"%s",
                 "settings":{"issuer":"https://i.example","client_id":"c","client_secret":"s"}}
                """.formatted(organization, state));
        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        return made.json().path("id").asText();
    }

    private static String person(String organization, String email, boolean password) {
        var made = admin.post(full, "/users", "{\"email\":\"" + email + "\",\"organization\":\"" + organization + "\""
                + (password ? ",\"password\":\"a-long-password\"" : "") + "}");
        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        return made.json().path("id").asText();
    }

    private static void organization(String id) {
        assertThat(admin.post(full, "/organizations", "{\"id\":\"" + id + "\",\"display_name\":\"O\"}").status())
                .isEqualTo(201);
    }

    private static void sql(String update, Object... values) {
        admin.database.inTransaction(TestAdmin.soon(), transaction -> transaction.handle().execute(update, values));
    }

    private static void attempt(String organization, String connection, String kind, String outcome, String code) {
        sql("INSERT INTO sign_in_attempt (issuer, id, organization, connection, at, kind, outcome, code, trace_id,"
                        + " body) VALUES ('main', ?, ?, ?, ?, ?, ?, nullif(?, ''), 't', '{}')",
                "n" + NUMBER.incrementAndGet(), organization, connection, Timestamp.from(admin.clock.instant()), kind,
                outcome, code);
    }

    private static String state(String connection) {
        return admin.get(full, "/connections/" + connection).json().path("state").asText();
    }

    @Test
    void theRehearsalNamesWhoHasAPasswordAndNeverCameOverTheConnection() {
        organization("rehearsing");
        var connection = connection("rehearsing", "active");
        person("rehearsing", "nopass@r.example", false);
        var came = person("rehearsing", "came@r.example", true);
        var never = person("rehearsing", "never@r.example", true);
        var lately = person("rehearsing", "lately@r.example", true);
        person("a", "elsewhere@r.example", true);
        sql("INSERT INTO account_link (issuer, connection, subject, account) VALUES ('main', ?, 's', ?)", connection,
                came);
        sql("INSERT INTO login_event (at, issuer, organization, account, session) VALUES ('2026-11-01T00:00:00Z',"
                + " 'main', 'rehearsing', ?, 's')", lately);

        var rehearsal = admin.get(full, "/connections/" + connection + "/rehearsal").json();
        assertThat(rehearsal.path("passwords").asInt()).isEqualTo(3);
        assertThat(rehearsal.path("locked_out").asInt()).isEqualTo(2);
        var named = new ArrayList<String>();
        rehearsal.path("people").forEach(locked -> named.add(locked.path("user").asText() + " "
                + locked.path("last_sign_in").asText("never")));
        assertThat(named).containsExactly(lately + " 2026-11-01T00:00:00Z", never + " never");
        assertThat(state(connection)).isEqualTo("active");
        assertThat(admin.get(admin.adminOfA(), "/connections/" + connection + "/rehearsal").status()).isEqualTo(404);
    }

    @Test
    void anOrganizationsAdministratorEnforcesOnlyWhenNobodyIsLockedOutByIt() {
        var own = admin.adminOfA();
        var connection = connection("a", "active");
        var target = "/connections/" + connection;
        var enforce = "{\"state\":\"enforced\"}";
        var refused = admin.patch(own, target, "*", enforce);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(TestAdmin.problems(refused).toString())
                .contains("verified_domain", "recent_success", "break_glass");

        admin.post(full, "/domains", "{\"name\":\"enforce.example\",\"organization\":\"a\",\"verified\":true}");
        attempt("b", connection, "test", "succeeded", "");
        var hers = person("a", "glass@enforce.example", true);
        assertThat(TestAdmin.problems(admin.patch(own, target, "*", enforce)).toString())
                .doesNotContain("verified_domain").contains("recent_success", "break_glass");
        attempt("a", connection, "test", "succeeded", "");
        assertThat(admin.patch(own, "/organizations/a", "*", "{\"break_glass\":[{\"user\":\"" + hers + "\"}]}")
                .status()).isEqualTo(200);
        assertThat(TestAdmin.problems(admin.patch(own, target, "*", enforce)).toString())
                .doesNotContain("recent_success").contains("break_glass");
        sql("INSERT INTO audit_event (at, issuer, organization, action, account, trace_id, details)"
                + " VALUES (now(), 'main', 'a', 'BREAKGLASS_USED', ?, 't', '{}')", hers);
        var enforced = admin.patch(own, target, "*", enforce);
        assertThat(enforced.status()).as(enforced.json().toString()).isEqualTo(200);
        assertThat(admin.patch(own, "/organizations/a", "*", "{\"break_glass\":[]}").status()).isEqualTo(200);
    }

    @Test
    void anEnforcementWhoseSignInsCollapseEndsByItself() {
        organization("collapsing");
        var connection = connection("collapsing", "enforced");
        admin.later = Duration.ofMinutes(5);
        for (int i = 0; i < 9; i++) {
            attempt("collapsing", connection, "real", "succeeded", "");
        }
        for (int i = 0; i < 10; i++) {
            attempt("collapsing", connection, "real", "refused", "SAML-SIG-01");
            // What says nothing of the connection: tests, people who gave up, answers that came twice.
            attempt("collapsing", connection, "test", "refused", "SAML-SIG-01");
            attempt("collapsing", connection, "real", "refused", "OIDC-DENIED-02");
            attempt("collapsing", connection, "real", "refused", "LOGIN-ARRIVAL-01");
            attempt("collapsing", connection, "real", "arrived", "");
        }
        admin.enforcement.rollBack(TestAdmin.soon());
        admin.later = Duration.ZERO;
        assertThat(state(connection)).as("nineteen are too few to judge by").isEqualTo("enforced");
        admin.later = Duration.ofMinutes(6);
        attempt("collapsing", connection, "real", "refused", "SAML-SIG-01");
        admin.enforcement.rollBack(TestAdmin.soon());
        admin.later = Duration.ZERO;
        assertThat(state(connection)).isEqualTo("active");
        assertThat(admin.get(full, "/audit-events?limit=20").json().toString())
                .contains("enforcement.rolled_back", "\"attempts\":\"20\"", "\"succeeded\":\"9\"",
                        "connection.state_changed");
    }

    @Test
    void anEnforcementThatHalfComeThroughOrThatIsOldStays() {
        organization("steady");
        var half = connection("steady", "enforced");
        var old = connection("steady", "enforced");
        for (int i = 0; i < 10; i++) {
            attempt("steady", half, "real", "succeeded", "");
            attempt("steady", half, "real", "refused", "SAML-SIG-01");
            attempt("steady", old, "real", "refused", "SAML-SIG-01");
            attempt("steady", old, "real", "refused", "SAML-SIG-01");
        }
        admin.later = Duration.ofMinutes(61);
        admin.enforcement.rollBack(TestAdmin.soon());
        admin.later = Duration.ZERO;
        assertThat(state(half)).isEqualTo("enforced");
        assertThat(state(old)).isEqualTo("enforced");
    }

    @Test
    void onlyNamedPeopleOfTheOrganizationWithAPasswordBreakTheGlassAndNotForLong() {
        organization("glassy");
        var able = person("glassy", "able@g.example", true);
        var without = person("glassy", "without@g.example", false);
        var foreign = person("b", "foreign@g.example", true);
        for (var user : new String[] {without, foreign, "nobody"}) {
            assertThat(admin.patch(full, "/organizations/glassy", "*",
                    "{\"break_glass\":[{\"user\":\"" + user + "\"}]}").status()).isEqualTo(400);
        }
        var activate = "/organizations/glassy/break-glass/" + able + "/activate";
        assertThat(admin.post(full, activate, "").status()).as("not named").isEqualTo(404);
        // Naming somebody does not activate them, whatever is sent.
        var named = admin.patch(full, "/organizations/glassy", "*", "{\"break_glass\":[{\"user\":\"" + able
                + "\",\"active_until\":\"2099-01-01T00:00:00Z\"}]}");
        assertThat(named.status()).as(named.json().toString()).isEqualTo(200);
        assertThat(named.json().path("break_glass").path(0).has("active_until")).isFalse();
        assertThat(admin.post(admin.adminOfA(), activate, "").status()).isEqualTo(404);
        assertThat(admin.post(full, activate + "?seconds=86401", "").status()).isEqualTo(400);
        assertThat(admin.post(full, activate + "?seconds=600", "").json().path("break_glass").path(0)
                .path("active_until").asText()).isEqualTo("2026-11-20T10:10:00Z");
        var renamed = admin.patch(full, "/organizations/glassy", "*", "{\"display_name\":\"G\"}");
        assertThat(renamed.json().path("break_glass").path(0).has("active_until")).isTrue();
        assertThat(admin.post(full, activate + "?seconds=0", "").json().path("break_glass").path(0)
                .has("active_until")).isFalse();
        assertThat(admin.get(full, "/audit-events?limit=20").json().toString()).contains("breakglass.activated");
    }

    @Test
    void aShareOfPeopleIsAlwaysTheSameAndGrowsWithoutLosingAny() {
        organization("sharing");
        var connection = connection("sharing", "enforced");
        var ofSharing = new OrganizationId("sharing");
        var before = new ArrayList<String>();
        for (int share : new int[] {10, 50, 100}) {
            admin.patch(full, "/connections/" + connection, "*", "{\"enforced_share\":" + share + "}");
            var now = admin.database.read(TestAdmin.soon(), sql -> admin.tables.connections().find(sql,
                    new Rows.Scope("main", Optional.of(ofSharing)), connection))
                    .orElseThrow();
            var inside = new ArrayList<String>();
            for (int i = 0; i < 1_000; i++) {
                if (now.isOnlyWayFor(new UserId("user-" + i))) {
                    inside.add("user-" + i);
                }
            }
            assertThat(inside).containsAll(before);
            assertThat(inside.size()).isBetween(share * 10 - 60, share * 10 + 60);
            before.addAll(inside);
        }
        assertThat(before).contains("user-0", "user-999");
    }
}
