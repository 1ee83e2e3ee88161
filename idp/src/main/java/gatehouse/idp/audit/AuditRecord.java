package gatehouse.idp.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * An event as it is kept.
 *
 * @param id    its place in the trail; 0 before it is written
 * @param at    when it happened
 * @param actor who did it, for changes by administrators
 * @param event what happened
 */
public record AuditRecord(long id, Instant at, Optional<String> actor, AuditEvent event) {}
