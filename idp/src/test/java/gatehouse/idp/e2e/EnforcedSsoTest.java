package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Single sign-on as the only way in, and the way around it for when all else is broken. */
class EnforcedSsoTest {

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

    private static boolean isLetInByPassword(String email) {
        return Browser.isLetInByPassword(main, email);
    }

    private static String localUser(Tenant tenant, String email) {
        var made = tenant.admin("POST", "/users", "{\"email\":\"" + email + "\",\"organization\":\"" + tenant.id()
                + "\",\"password\":\"" + Browser.PASSWORD + "\"}");
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        return made.text("id");
    }

    private static void become(Tenant tenant, String state) {
        var changed = tenant.admin("PATCH", "/connections/" + tenant.connection(), "{\"state\":\"" + state + "\"}");
        assertThat(changed.status()).as("%s", changed).isEqualTo(200);
    }

    @Test
    void aPasswordWorksUntilSingleSignOnIsEnforcedAndABrokenGlassLetsOnePersonIn() {
        var tenant = Tenant.make(main, "enforcing", "active");
        var email = "freelancer@elsewhere.example";
        localUser(tenant, email);
        var inside = "glass@enforcing.example";
        var glass = localUser(tenant, inside);
        assertThat(isLetInByPassword(email)).isTrue();
        var before = new Browser(main).tokensOf(email);
        assertThat(new Browser(main).refresh(before.text("refresh_token")).status()).isEqualTo(200);
        before = new Browser(main).tokensOf(email);

        become(tenant, "enforced");
        assertThat(new Browser(main).refresh(before.text("refresh_token")).status())
                .as("what a password opened before").isEqualTo(400);
        assertThat(isLetInByPassword(email)).isFalse();
        become(tenant, "suspended");
        assertThat(isLetInByPassword(email)).as("stopping it opens no other door").isFalse();

        tenant.admin("PATCH", "/organizations/" + tenant.id(), "{\"break_glass\":[{\"user\":\"" + glass + "\"}]}");
        assertThat(isLetInByPassword(inside)).as("named, not activated").isFalse();
        var activated = tenant.admin("POST", "/organizations/" + tenant.id() + "/break-glass/" + glass
                + "/activate?seconds=300", "");
        assertThat(activated.status()).as("%s", activated).isEqualTo(200);
        assertThat(isLetInByPassword(inside)).isTrue();
        assertThat(isLetInByPassword(email)).as("nobody else").isFalse();
        tenant.admin("POST", "/organizations/" + tenant.id() + "/break-glass/" + glass + "/activate?seconds=0", "");
        assertThat(isLetInByPassword(inside)).isFalse();

        become(tenant, "active");
        assertThat(isLetInByPassword(email)).isTrue();
    }
}
