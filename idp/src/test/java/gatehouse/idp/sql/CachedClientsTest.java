package gatehouse.idp.sql;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.spi.ClientId;
import gatehouse.spi.Deadline;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class CachedClientsTest {

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(10));
    }

    private static final String CLIENT = """
            {"client_name":"C","redirect_uris":[],"post_logout_redirect_uris":[],"grant_types":["client_credentials"],
             "scopes":["b","a"],"token_endpoint_auth_method":"none","secrets":[],"id_token_signed_response_alg":"ES256",
             "access_token_signed_response_alg":"ES256","audience":[],"first_party":true,"enabled":true}""";

    @Test
    void aCachedClientCostsNoSql() {
        var database = TestDatabase.open();
        var tables = new Tables(new SecretBox(new byte[32]), TestTypes::secretsOf);
        var clients = new CachedClients(
                database, tables, 100, Executors.newVirtualThreadPerTaskExecutor(), System::nanoTime);
        database.inTransaction(soon(), tx -> {
            tx.handle().execute("INSERT INTO issuer (issuer, id, version, body) VALUES ('main', 'main', 1, '{}')");
            return tx.handle().execute(
                    "INSERT INTO client (issuer, id, version, body) VALUES ('main', 'c', 1, ?::jsonb)", CLIENT);
        });
        var id = new ClientId("c");
        assertThat(clients.client("main", id, soon()).orElseThrow().scopes()).containsExactlyInAnyOrder("a", "b");
        assertThat(clients.client("main", new ClientId("guess"), soon())).isEmpty();
        assertThat(clients.client("other", id, soon())).isEmpty();

        // Without a database there is nothing left to ask.
        database.close();
        for (int i = 0; i < 1_000; i++) {
            assertThat(clients.client("main", id, soon())).isPresent();
            assertThat(clients.client("main", new ClientId("guess"), soon())).isEmpty();
        }
    }
}
