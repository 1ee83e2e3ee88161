package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.boot.config.ServerConfig;
import gatehouse.idp.tenancy.domain.NameServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A domain from its claim to somebody's sign-in, with a real name server. */
class DomainOverHttpTest {

    private static NameServer dns;
    private static RunningServer server;
    private static String main;

    @BeforeAll
    static void start() {
        dns = new NameServer();
        server = RunningServer.start(DomainOverHttpTest::asking);
        main = server.url();
    }

    private static ServerConfig asking(ServerConfig config) {
        var port = dns.address().getPort();
        var outbound = new ServerConfig.Outbound(true, true, config.outbound().caFile(),
                List.of("127.0.0.1:" + port), port);
        return new ServerConfig(config.publicUrl(), config.masterKey(), config.listen(), config.database(),
                config.redis(), config.keys(), outbound, config.providers(), config.budgets(),
                config.attempts(), config.logging());
    }

    @AfterAll
    static void stop() {
        server.close();
        dns.close();
    }

    private static Answer admin(String method, String path, String body) {
        var browser = new Browser(main);
        return browser.json(method, main + "/admin/v1" + path, body, "Authorization",
                "Bearer " + browser.adminToken(), "If-Match", "*");
    }

    @Test
    void aDomainIsProvedByWhatItsOwnNameServersShow() {
        admin("POST", "/organizations", "{\"id\":\"prover\",\"display_name\":\"P\"}");
        var claim = admin("POST", "/domains", "{\"name\":\"prover.example\",\"organization\":\"prover\"}");
        assertThat(claim.status()).as("%s", claim).isEqualTo(201);
        var record = "gatehouse-domain-verification=" + claim.text("challenge");

        dns.serve("prover.example", "_gatehouse-challenge.prover.example TXT \"" + record + "\"", "127.0.0.1");
        var misplaced = admin("POST", "/domains/prover.example/check", "");
        assertThat(misplaced.text("code")).as("%s", misplaced).isEqualTo("DOM-03");
        assertThat(misplaced.text("explanation")).contains("your provider has added .prover.example itself");
        var refused = admin("POST", "/domains/prover.example/verify", "");
        assertThat(refused.status()).isEqualTo(422);

        dns.serve("prover.example", "_gatehouse-challenge TXT \"" + record + "\"", "127.0.0.1");
        var verified = admin("POST", "/domains/prover.example/verify", "");
        assertThat(verified.status()).as("%s", verified).isEqualTo(200);
        assertThat(verified.json().path("verified").asBoolean()).isTrue();
        assertThat(verified.json().path("vouched").asBoolean()).isFalse();
        assertThat(admin("GET", "/audit-events?limit=5", "").body()).contains("domain.verified");
    }
}
