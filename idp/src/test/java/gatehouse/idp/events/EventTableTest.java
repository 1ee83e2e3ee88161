package gatehouse.idp.events;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EventTableTest {

    @Test
    void everyTypeOfEventHappensSomewhere() {
        var told = EventTable.LINES.stream().map(EventTable.Line::type).collect(Collectors.toSet());
        told.add(EventType.WEBHOOK__TEST);
        assertThat(told).containsExactlyInAnyOrder(EventType.values());
    }

    @Test
    void firstLineThatFitsCounts() {
        var applied = AuditEvent.of(AuditAction.METADATA_APPLIED, "main", "t");
        assertThat(EventTable.of(applied.details(Map.of("changes", "certificate_added"))))
                .contains(EventType.CERTIFICATE__CHANGED);
        assertThat(EventTable.of(applied.details(Map.of("changes", "endpoint_path_changed"))))
                .contains(EventType.METADATA__APPLIED);
        var made = AuditEvent.of(AuditAction.ADMIN_CREATED, "main", "t");
        assertThat(EventTable.of(made.details(Map.of("kind", "connection")))).contains(EventType.CONNECTION__CREATED);
        assertThat(EventTable.of(made.details(Map.of("kind", "user")))).isEmpty();
        assertThat(EventTable.of(AuditEvent.of(AuditAction.LOGIN_SUCCEEDED, "main", "t"))).isEmpty();
    }

    @Test
    void addressOfAPersonStaysInTheTrail() {
        var event = AuditEvent.of(AuditAction.ADMIN_CHANGED, "main", "t")
                .details(Map.of("kind", "setup-link", "id", "l", "contact", "person@a.example"));
        for (var actor : List.of("portal:person@a.example", "person@a.example", "a@b:c@d")) {
            var body = EventMessage.of(new AuditRecord(0, Instant.EPOCH, Optional.of(actor), event)).orElseThrow().body();
            assertThat(body).contains("setup_link.used").doesNotContain("@");
        }
        assertThat(EventMessage.of(new AuditRecord(0, Instant.EPOCH, Optional.of("portal:person@a.example"), event))
                .orElseThrow().body()).contains("\"actor\":\"portal\"");
    }

    @Test
    void pageForOperatorsListsExactlyTheTypesThereAre() throws IOException {
        var rows = Arrays.stream(EventType.values())
                .map(type -> "| `" + type.wireName() + "` | " + type.description() + " |").collect(Collectors.joining("\n"));
        assertThat(Files.readString(Path.of("docs/events.md"))).contains(rows);
    }
}
