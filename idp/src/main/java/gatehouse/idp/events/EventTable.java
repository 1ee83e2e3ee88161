package gatehouse.idp.events;

import static gatehouse.idp.audit.AuditAction.ADMIN_CHANGED;
import static gatehouse.idp.audit.AuditAction.ADMIN_CREATED;
import static gatehouse.idp.audit.AuditAction.ADMIN_DELETED;
import static gatehouse.idp.audit.AuditAction.BREAKGLASS_ACTIVATED;
import static gatehouse.idp.audit.AuditAction.BREAKGLASS_CONFIRMED;
import static gatehouse.idp.audit.AuditAction.BREAKGLASS_NAMED;
import static gatehouse.idp.audit.AuditAction.BREAKGLASS_USED;
import static gatehouse.idp.audit.AuditAction.CERTIFICATE_EXPIRED;
import static gatehouse.idp.audit.AuditAction.CERTIFICATE_EXPIRING;
import static gatehouse.idp.audit.AuditAction.CONNECTION_STATE_CHANGED;
import static gatehouse.idp.audit.AuditAction.DOMAIN_FAILING;
import static gatehouse.idp.audit.AuditAction.DOMAIN_FELL;
import static gatehouse.idp.audit.AuditAction.DOMAIN_VERIFIED;
import static gatehouse.idp.audit.AuditAction.ENFORCEMENT_ROLLED_BACK;
import static gatehouse.idp.audit.AuditAction.KEY_ROTATED;
import static gatehouse.idp.audit.AuditAction.METADATA_APPLIED;
import static gatehouse.idp.audit.AuditAction.METADATA_APPROVED;
import static gatehouse.idp.audit.AuditAction.METADATA_FAILED;
import static gatehouse.idp.audit.AuditAction.METADATA_HELD;
import static gatehouse.idp.audit.AuditAction.METADATA_REJECTED;
import static gatehouse.idp.audit.AuditAction.WEBHOOK_DISABLED;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import java.util.List;
import java.util.Optional;

/** Which audited action is which event: the one list. The first line that fits counts; what has no line is no event. */
public final class EventTable {

    /**
     * One line.
     *
     * @param action what was audited
     * @param detail a detail of it that has to be there; empty: none
     * @param begins what that detail begins with
     * @param type   the event
     */
    record Line(AuditAction action, String detail, String begins, EventType type) {

        boolean fits(AuditEvent event) {
            return event.action() == action
                    && (detail.isEmpty() || event.details().getOrDefault(detail, "").startsWith(begins));
        }
    }

    static final List<Line> LINES = List.of(
            new Line(ADMIN_CREATED, "kind", "connection", EventType.CONNECTION__CREATED),
            new Line(ADMIN_CHANGED, "kind", "connection", EventType.CONNECTION__CHANGED),
            new Line(ADMIN_DELETED, "kind", "connection", EventType.CONNECTION__DELETED),
            new Line(CONNECTION_STATE_CHANGED, "to", "enforced", EventType.ENFORCEMENT__ON),
            new Line(CONNECTION_STATE_CHANGED, "from", "enforced", EventType.ENFORCEMENT__OFF),
            line(CONNECTION_STATE_CHANGED, EventType.CONNECTION__STATE_CHANGED),
            line(ENFORCEMENT_ROLLED_BACK, EventType.ENFORCEMENT__ROLLED_BACK),
            line(BREAKGLASS_NAMED, EventType.BREAK_GLASS__NAMED),
            line(BREAKGLASS_CONFIRMED, EventType.BREAK_GLASS__CONFIRMED),
            line(BREAKGLASS_ACTIVATED, EventType.BREAK_GLASS__ACTIVATED),
            line(BREAKGLASS_USED, EventType.BREAK_GLASS__USED),
            new Line(ADMIN_CREATED, "kind", "domain", EventType.DOMAIN__CLAIMED),
            line(DOMAIN_VERIFIED, EventType.DOMAIN__VERIFIED),
            line(DOMAIN_FAILING, EventType.DOMAIN__FAILING),
            line(DOMAIN_FELL, EventType.DOMAIN__LOST),
            new Line(ADMIN_DELETED, "kind", "domain", EventType.DOMAIN__RELEASED),
            line(CERTIFICATE_EXPIRING, EventType.CERTIFICATE__EXPIRING),
            line(CERTIFICATE_EXPIRED, EventType.CERTIFICATE__EXPIRED),
            new Line(METADATA_APPLIED, "changes", "certificate", EventType.CERTIFICATE__CHANGED),
            line(METADATA_APPLIED, EventType.METADATA__APPLIED),
            line(METADATA_HELD, EventType.METADATA__HELD),
            line(METADATA_APPROVED, EventType.METADATA__APPROVED),
            line(METADATA_REJECTED, EventType.METADATA__REJECTED),
            line(METADATA_FAILED, EventType.METADATA__FAILED),
            new Line(ADMIN_CREATED, "kind", "setup-link", EventType.SETUP_LINK__ISSUED),
            new Line(ADMIN_CHANGED, "kind", "setup-link", EventType.SETUP_LINK__USED),
            new Line(ADMIN_DELETED, "kind", "setup-link", EventType.SETUP_LINK__REVOKED),
            line(KEY_ROTATED, EventType.KEYS__ROTATED),
            line(WEBHOOK_DISABLED, EventType.WEBHOOK__DISABLED));

    private EventTable() {
    }

    private static Line line(AuditAction action, EventType type) {
        return new Line(action, "", "", type);
    }

    /** The event that {@code audited} is, if it is one. */
    public static Optional<EventType> of(AuditEvent audited) {
        return LINES.stream().filter(line -> line.fits(audited)).findFirst().map(Line::type);
    }
}
