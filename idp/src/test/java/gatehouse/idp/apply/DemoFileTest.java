package gatehouse.idp.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.idp.admin.FakeHasher;
import gatehouse.idp.admin.FakeSessions;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.sql.CachedClients;
import gatehouse.idp.sql.CachedTenancy;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.SecretBox;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.sql.SqlUserStore;
import gatehouse.idp.sql.Tables;
import gatehouse.idp.sql.TestDatabase;
import gatehouse.idp.sql.TestTypes;
import gatehouse.idp.tenancy.ConnectionUse;
import gatehouse.spi.ClientId;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The file of the demo, applied to an empty PostgreSQL. */
class DemoFileTest {

    private static final Map<String, String> VARIABLES = Map.of("public-url", "http://localhost:8080");

    private static Database database;
    private static Tables tables;
    private static ConfigApply apply;

    @BeforeAll
    static void open() {
        database = TestDatabase.open();
        tables = new Tables(new SecretBox(new byte[32]), TestTypes::secretsOf);
        var clock = InstantSource.fixed(Instant.parse("2026-11-20T10:00:00Z"));
        var kinds = Kinds.of(tables, TestTypes.all(), new FakeHasher(), new FakeSessions(), clock);
        apply = new ConfigApply(database, kinds, new Editor(new SqlAudit(database), clock));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private static String demo() {
        try (var in = DemoFileTest.class.getResourceAsStream("/demo.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Test
    void theDemoAppliesOnceAndTheDataPlaneSeesIt() {
        var dry = apply.apply(ConfigFile.read("demo.yaml", demo(), VARIABLES), true, soon());
        assertThat(dry.createdCount()).isEqualTo(16);
        var first = apply.apply(ConfigFile.read("demo.yaml", demo(), VARIABLES), false, soon());
        assertThat(first.text()).isEqualTo(dry.text()).doesNotContain("demo-password").doesNotContain("-secret");

        var second = apply.apply(ConfigFile.read("demo.yaml", demo(), VARIABLES), false, soon());
        assertThat(second.text()).isEqualTo("0 created, 0 changed, 16 unchanged");

        var pool = Executors.newVirtualThreadPerTaskExecutor();
        var tenancy = new CachedTenancy(database, tables, 100, pool, System::nanoTime);
        assertThat(tenancy.verifiedDomain("main", "acme-ads.example", soon()).orElseThrow().organization())
                .isEqualTo(new OrganizationId("acme-ads"));
        var connection = tenancy.connection("main", new ConnectionId("acme-oidc"), soon()).orElseThrow();
        assertThat(connection.settings().path("issuer").asText()).isEqualTo("http://localhost:8080/realms/demo-idp");
        assertThat(connection.settings().path("client_secret").asText()).isEqualTo("gatehouse-acme-secret");
        assertThat(tenancy.isUsable(connection, new ConnectionUse.Ongoing(), soon())).isTrue();
        var clients = new CachedClients(database, tables, 100, pool, System::nanoTime);
        assertThat(clients.serviceProvider("demo-idp", "http://localhost:8080/saml/sp/globex-saml", soon()))
                .isPresent();
        var service = clients.client("main", new ClientId("demo-service"), soon()).orElseThrow();
        assertThat(service.secrets().getFirst().matches("demo-service-secret", Instant.now())).isTrue();
        var users = new SqlUserStore(database, tables, 100, pool, System::nanoTime);
        var ada = users.findByEmail("demo-idp", "Ada@Acme-Ads.example", soon()).orElseThrow();
        assertThat(users.passwordOf("demo-idp", ada.id(), soon()))
                .contains(new FakeHasher().hash("demo-password".toCharArray()));
        assertThat(users.findByEmail("main", "ada@acme-ads.example", soon())).isEmpty();
    }

    @Test
    void aChangedFileSaysWhatChangedAndHidesSecrets() {
        apply.apply(ConfigFile.read("demo.yaml", demo(), VARIABLES), false, soon());
        var changed = demo().replace("display_name: Acme Ads", "display_name: Acme")
                .replace("demo-service-secret", "another-secret")
                .replace("client_secret: gatehouse-acme-secret", "client_secret: rotated-secret");
        var report = apply.apply(ConfigFile.read("demo.yaml", changed, VARIABLES), true, soon());
        assertThat(report.text()).contains("~ organization acme-ads", "display_name: \"Acme Ads\" → \"Acme\"",
                "settings.client_secret: ••• → •••", "~ client demo-service\n    client_secret: ••• → •••");
        assertThat(report.text()).doesNotContain("another-secret").doesNotContain("rotated-secret");
        // A dry run leaves nothing.
        assertThat(apply.apply(ConfigFile.read("demo.yaml", demo(), VARIABLES), true, soon()).changedCount()).isZero();
    }

    @Test
    void whatIsWrongIsNamedWithItsPlaceAndNothingIsDone() {
        assertThatThrownBy(() -> ConfigFile.read("f.yaml", """
                issuers:
                  - name: other
                    display_nam: Other
                    organizations:
                      - id: x1
                        enabled: "yes"
                    clients:
                      - client_id: c
                        redirect_uris: ["${publc-url}/x"]
                """, VARIABLES))
                .isInstanceOf(InvalidFile.class)
                .hasMessageContaining("f.yaml:9:25: unknown variable \"publc-url\", did you mean \"public-url\"?");
        assertThatThrownBy(() -> ConfigFile.read("f.yaml", """
                issuers:
                  - name: other
                    display_nam: Other
                    organizations:
                      - id: x1
                        enabled: "yes"
                """, VARIABLES))
                .hasMessageContaining("f.yaml:3:5: display_nam: unknown field \"display_nam\", did you mean \"display_name\"?")
                .hasMessageContaining("f.yaml:6:9: enabled:");
        var file = ConfigFile.read("f.yaml", """
                issuers:
                  - name: other
                    display_name: Other
                    clients:
                      - client_id: c
                        client_name: C
                        redirect_uris: ["javascript:alert(1)"]
                """, VARIABLES);
        assertThatThrownBy(() -> apply.apply(file, false, soon()))
                .hasMessageContaining("f.yaml:7:25: ")
                .hasMessageContaining("must not have the scheme javascript");
        var left = database.read(soon(), sql -> tables.issuers().find(sql, Rows.Scope.of("other"), "other"));
        assertThat(left).isEmpty();
    }
}
