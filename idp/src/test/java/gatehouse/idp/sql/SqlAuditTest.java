package gatehouse.idp.sql;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.spi.ClientId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SqlAuditTest {

    private static final Instant AT = Instant.parse("2026-11-20T10:00:00.123456Z");
    private final Database database = TestDatabase.open();
    private final SqlAudit audit = new SqlAudit(database);

    @AfterEach
    void close() {
        database.close();
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    private static AuditRecord record(AuditEvent event) {
        return new AuditRecord(0, AT, Optional.empty(), event);
    }

    private List<AuditRecord> newestFirst() {
        return database.read(soon(), sql -> audit.page(sql, Rows.Scope.of("main"), OptionalLong.empty(), 1000));
    }

    @Test
    void aRecordComesBackAsItWasWhateverItsWords() {
        var odd = "a,b\\{\"NULL\"} 'x' :at ?\nж";
        var full = AuditEvent.of(AuditAction.LOGIN_SUCCEEDED, "main", odd).organization(Optional.of(
                new OrganizationId("o"))).user(new UserId(odd)).client(new ClientId("NULL")).session("")
                .address("192.0.2.1").reason(odd).details(Map.of("connection", "c", odd, odd));
        audit.write(List.of(new AuditRecord(0, AT, Optional.of(odd), full)), soon());

        assertThat(newestFirst()).singleElement().satisfies(kept -> {
            assertThat(kept.at()).isEqualTo(AT);
            assertThat(kept.actor()).contains(odd);
            assertThat(kept.event()).isEqualTo(full);
        });
    }

    @Test
    void aBatchKeepsItsOrderAndWhatIsMissingStaysMissing() {
        var bare = IntStream.range(0, 500).mapToObj(i -> AuditEvent.of(AuditAction.LOGIN_REFUSED, "main", "t" + i))
                .toList();
        audit.write(bare.stream().map(SqlAuditTest::record).toList(), soon());

        assertThat(newestFirst()).map(AuditRecord::event).containsExactlyElementsOf(bare.reversed());
    }

    @Test
    void onlySignInsOfAPersonIntoASessionAreSignIns() {
        var login = AuditEvent.of(AuditAction.LOGIN_SUCCEEDED, "main", "t")
                .organization(Optional.of(new OrganizationId("o"))).user(new UserId("u")).session("s");
        audit.write(List.of(
                record(AuditEvent.of(AuditAction.LOGIN_REFUSED, "main", "t").organization(login.organization())),
                record(AuditEvent.of(AuditAction.LOGIN_SUCCEEDED, "main", "t").organization(login.organization())),
                record(login),
                record(login.session("s2").client(new ClientId("app")).details(Map.of("connection", "c")))), soon());

        var seen = database.read(soon(), sql -> audit.logins(sql, "main", new OrganizationId("o"),
                AT.minusSeconds(1), OptionalLong.empty(), 10));
        assertThat(seen).map(SqlAudit.LoginSeen::session).containsExactly("s2", "s");
        assertThat(seen.getFirst().client()).contains("app");
        assertThat(seen.getFirst().connection()).contains("c");
        assertThat(seen.getLast().client()).isEmpty();
        assertThat(seen.getLast().connection()).isEmpty();
        assertThat(newestFirst()).hasSize(4);
    }
}
