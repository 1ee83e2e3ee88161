package gatehouse.idp.admin;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionOperationsTest {

    private final TestAdmin admin = new TestAdmin();
    private final String full = admin.full();

    @BeforeEach
    void signIn() {
        admin.apply("""
                issuers:
                  - name: main
                    users:
                      - {id: ann, email: ann@a.example, organization: a}
                      - {id: bob, email: bob@b.example, organization: b}
                """);
        signIn("ann", "a", "00aaaaaaaaaaaaaaaaaaaaa1");
        signIn("ann", "a", "00aaaaaaaaaaaaaaaaaaaaa2");
        signIn("bob", "b", "00bbbbbbbbbbbbbbbbbbbbb1");
    }

    @AfterEach
    void close() {
        admin.close();
    }

    private void signIn(String user, String organization, String sid) {
        admin.sessions.put("main", user, Optional.of(organization), sid);
        var event = AuditEvent.of(AuditAction.LOGIN_SUCCEEDED, "main", "t")
                .organization(Optional.of(new OrganizationId(organization)))
                .user(new UserId(user)).session(sid).details(Map.of("connection", "c"));
        admin.audit.write(List.of(new AuditRecord(0, TestAdmin.NOW, Optional.empty(), event)), TestAdmin.soon());
    }

    private List<String> ids(String token, String target) {
        return admin.get(token, target).json().path("items").findValuesAsText("id");
    }

    @Test
    void sessionsAreListedByUserAndByOrganizationNewestFirst() {
        assertThat(ids(full, "/sessions?user=ann")).hasSize(2);
        assertThat(ids(full, "/sessions?organization=a"))
                .containsExactly("00aaaaaaaaaaaaaaaaaaaaa2", "00aaaaaaaaaaaaaaaaaaaaa1");
        var first = admin.get(full, "/sessions?organization=a&limit=1");
        var next = first.json().path("next_page_token").asText();
        assertThat(ids(full, "/sessions?organization=a&limit=1&page_token=" + next))
                .containsExactly("00aaaaaaaaaaaaaaaaaaaaa1");
        assertThat(admin.get(full, "/sessions").status()).isEqualTo(400);
        assertThat(admin.get(full, "/sessions?user=nobody").status()).isEqualTo(404);
    }

    @Test
    void oneIsEnded() {
        assertThat(admin.delete(full, "/sessions/00aaaaaaaaaaaaaaaaaaaaa1").status()).isEqualTo(204);
        assertThat(ids(full, "/sessions?organization=a")).containsExactly("00aaaaaaaaaaaaaaaaaaaaa2");
        assertThat(admin.delete(full, "/sessions/00aaaaaaaaaaaaaaaaaaaaa1").status()).isEqualTo(404);
        assertThat(admin.delete(full, "/sessions/not-a-sid").status()).isEqualTo(404);
        var trail = admin.get(full, "/audit-events?organization=a").json().path("items").get(0);
        assertThat(trail.path("action").asText()).isEqualTo("session.ended");
        assertThat(trail.path("actor").asText()).isEqualTo("full");
    }

    @Test
    void allOfAUserAreEnded() {
        assertThat(admin.delete(full, "/users/ann/sessions").status()).isEqualTo(204);
        assertThat(ids(full, "/sessions?user=ann")).isEmpty();
        assertThat(ids(full, "/sessions?user=bob")).hasSize(1);
    }

    @Test
    void allOfAnOrganizationAreEnded() {
        assertThat(admin.delete(full, "/organizations/a/sessions").status()).isEqualTo(204);
        assertThat(ids(full, "/sessions?organization=a")).isEmpty();
        assertThat(ids(full, "/sessions?organization=b")).hasSize(1);
    }

    @Test
    void anOrganizationsAdministratorEndsItsOwnOnly() {
        var own = admin.adminOfA();
        assertThat(admin.delete(own, "/sessions/00bbbbbbbbbbbbbbbbbbbbb1").status()).isEqualTo(404);
        assertThat(admin.delete(own, "/users/bob/sessions").status()).isEqualTo(404);
        assertThat(admin.delete(own, "/organizations/b/sessions").status()).isEqualTo(404);
        assertThat(admin.get(own, "/sessions?organization=b").status()).isEqualTo(404);
        assertThat(admin.delete(own, "/users/ann/sessions").status()).isEqualTo(204);
        assertThat(admin.sessions.ended()).containsExactly("user ann");
    }
}
