package gatehouse.idp.sql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.idp.keys.KeyStore;
import gatehouse.idp.keys.KeyStoreContract;
import gatehouse.spi.Deadline;
import gatehouse.spi.Unavailable;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The key store against a real PostgreSQL. */
class SqlKeyStoreTest extends KeyStoreContract {

    private static EmbeddedPostgres postgres;
    private static Jdbi jdbi;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        jdbi = Jdbi.create(postgres.getPostgresDatabase());
        try (var migration = SqlKeyStoreTest.class.getResourceAsStream("/db/migration/V2__keys.sql")) {
            var sql = new String(migration.readAllBytes(), StandardCharsets.UTF_8);
            jdbi.useHandle(handle -> handle.createScript(sql).execute());
        }
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @Override
    protected KeyStore store() {
        return new SqlKeyStore(jdbi);
    }

    @Test
    void outageIsUnavailable() {
        var nowhere = new SqlKeyStore(Jdbi.create("jdbc:postgresql://127.0.0.1:1/none?connectTimeout=1"));

        assertThatThrownBy(() -> nowhere.keys("main", Deadline.after(Duration.ofSeconds(5))))
                .isInstanceOf(Unavailable.class);
    }
}
