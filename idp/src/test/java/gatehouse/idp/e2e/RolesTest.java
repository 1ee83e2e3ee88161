package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Roles and groups on their way from the organization's policy into tokens. */
class RolesTest {

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

    @Test
    void tokensTellRolesAndGroupsWhenTheScopeAsks() throws ParseException {
        var tenant = Tenant.make(main, "roles", "active");
        var changed = tenant.admin("PATCH", "/organizations/roles", """
                {"policy":{"default_roles":["viewer"],"default_groups":["everybody"],
                 "mappings":[{"attribute":"no-such","value":"x","roles":["admin"]}]}}""");
        assertThat(changed.status()).as("%s", changed).isEqualTo(200);
        var client = tenant.admin("PATCH", "/clients/" + tenant.client(),
                "{\"scopes\":[\"openid\",\"email\",\"roles\",\"groups\"]}");
        assertThat(client.status()).as("%s", client).isEqualTo(200);

        var told = claims(tenant, "openid roles groups");
        for (var token : List.of("access_token", "id_token")) {
            var claims = SignedJWT.parse(told.text(token)).getJWTClaimsSet();
            assertThat(claims.getStringListClaim("roles")).containsExactly("viewer");
            assertThat(claims.getStringListClaim("groups")).containsExactly("everybody");
        }
        assertThat(new Browser(main).userInfo(told.text("access_token")).json().path("roles").toString())
                .isEqualTo("[\"viewer\"]");
        var silent = SignedJWT.parse(claims(tenant, "openid").text("access_token")).getJWTClaimsSet();
        assertThat(silent.getClaims()).doesNotContainKeys("roles", "groups");
    }

    private static Answer claims(Tenant tenant, String scope) {
        var browser = new Browser(main);
        var asked = tenant.asked(browser, scope, Map.of());
        return tenant.redeem(asked, Browser.code(tenant.signIn(browser, asked, asked.redirectUri())));
    }
}
