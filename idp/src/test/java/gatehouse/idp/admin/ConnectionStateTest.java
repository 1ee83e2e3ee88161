package gatehouse.idp.admin;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.tenancy.ConnectionState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionStateTest {

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

    private static String made(ConnectionState state) {
        var answer = admin.post(full, "/connections", """
                {"organization":"a","type":"oidc","display_name":"C","state":"%s",
                 "settings":{"issuer":"https://i.example","client_id":"c","client_secret":"s"}}
                """.formatted(state));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(201);
        return "/connections/" + answer.json().path("id").asText();
    }

    private static int becoming(String connection, ConnectionState state) {
        return admin.patch(full, connection, "*", "{\"state\":\"" + state + "\"}").status();
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionBecomesWhatMayFollowAndNothingElse(ConnectionState from) {
        for (var to : ConnectionState.values()) {
            var connection = made(from);
            var allowed = from == to || from.next().contains(to)
                    && !(from == ConnectionState.SUSPENDED && to == ConnectionState.ENFORCED);
            assertThat(becoming(connection, to)).as("%s to %s", from, to).isEqualTo(allowed ? 200 : 400);
            assertThat(admin.get(full, connection).json().path("state").asText())
                    .isEqualTo((allowed ? to : from).toString());
        }
    }

    @Test
    void everyStateLeadsToEveryOther() {
        for (var from : ConnectionState.values()) {
            var reached = new ArrayList<>(List.of(from));
            var open = new ArrayDeque<>(List.of(from));
            while (!open.isEmpty()) {
                open.remove().next().stream().filter(next -> !reached.contains(next)).forEach(next -> {
                    reached.add(next);
                    open.add(next);
                });
            }
            assertThat(Set.copyOf(reached)).containsExactlyInAnyOrder(ConnectionState.values());
        }
    }

    @Test
    void aConnectionIsActiveUnlessSaidAndAReplacementThatDoesNotSayLeavesItSuspended() {
        var answer = admin.post(full, "/connections",
                "{\"organization\":\"a\",\"type\":\"oidc\",\"display_name\":\"C\",\"settings\":{\"issuer\":\"https://i.example\"}}");
        assertThat(answer.json().path("state").asText()).isEqualTo("active");
        var connection = "/connections/" + answer.json().path("id").asText();
        assertThat(becoming(connection, ConnectionState.SUSPENDED)).isEqualTo(200);
        var replaced = admin.put(full, connection, "*",
                "{\"organization\":\"a\",\"type\":\"oidc\",\"display_name\":\"D\",\"settings\":{\"issuer\":\"https://i.example\"}}");
        assertThat(replaced.json().path("display_name").asText()).isEqualTo("D");
        assertThat(replaced.json().path("state").asText()).isEqualTo("suspended");
    }

    @Test
    void enforcementOutlivesASuspensionAndEndsWithActive() {
        var connection = made(ConnectionState.ENFORCED);
        var since = admin.get(full, connection).json().path("enforced_since").asText();
        assertThat(since).isNotEmpty();
        assertThat(becoming(connection, ConnectionState.SUSPENDED)).isEqualTo(200);
        assertThat(admin.get(full, connection).json().path("enforced_since").asText()).isEqualTo(since);
        assertThat(becoming(connection, ConnectionState.ENFORCED)).isEqualTo(200);
        assertThat(admin.get(full, connection).json().path("enforced_since").asText()).isEqualTo(since);
        assertThat(becoming(connection, ConnectionState.ACTIVE)).isEqualTo(200);
        assertThat(admin.get(full, connection).json().has("enforced_since")).isFalse();
    }

    @Test
    void whatIsNoStateAndWhatTheServerSetsIsRefused() {
        var connection = made(ConnectionState.DRAFT);
        assertThat(admin.patch(full, connection, "*", "{\"state\":\"Testing\"}").status()).isEqualTo(400);
        assertThat(admin.patch(full, connection, "*", "{\"state\":null}").status()).isEqualTo(400);
        assertThat(admin.patch(full, connection, "*", "{\"enabled\":true}").status()).isEqualTo(400);
        assertThat(admin.patch(full, connection, "*", "{\"enforced_since\":\"2026-01-01T00:00:00Z\"}").status())
                .isEqualTo(400);
        assertThat(admin.patch(full, connection, "*", "{\"enforced_share\":0}").status()).isEqualTo(400);
        assertThat(admin.patch(full, connection, "*", "{\"enforced_share\":101}").status()).isEqualTo(400);
        assertThat(admin.patch(full, connection, "*", "{\"testers\":[\"no address\"]}").status()).isEqualTo(400);
    }

    @Test
    void everyChangeOfStateIsAuditedWithBothStates() {
        var connection = made(ConnectionState.DRAFT);
        becoming(connection, ConnectionState.TESTING);
        var trail = admin.get(full, "/audit-events?limit=10").json().path("items");
        assertThat(trail.toString()).contains("connection.state_changed", "\"from\":\"draft\"", "\"to\":\"testing\"");
    }
}
