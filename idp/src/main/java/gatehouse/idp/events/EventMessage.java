package gatehouse.idp.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.spi.ClientId;
import gatehouse.spi.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An event as it is sent: the thin payload of Standard Webhooks, with ids and names of fields and nothing that a person
 * could be known by. Where it came from, user ids, addresses and reasons stay in the audit trail.
 *
 * @param issuer       name of the issuer
 * @param organization whose it is; empty: the issuer's
 * @param type         what happened
 * @param at           when
 * @param data         what it is about
 */
public record EventMessage(
        String issuer, Optional<OrganizationId> organization, EventType type, Instant at, ObjectNode data) {

    /** The details of an audit record that may leave the house. What is not here does not. */
    private static final List<String> DETAILS = List.of("kind", "id", "fields", "from", "to", "drift", "changes", "why",
            "certificate", "ends_at", "days", "replaced", "by", "verdict");
    private static final int DETAIL_LENGTH_MAX = 1024;

    /** The message about {@code record}, if it is an event. */
    public static Optional<EventMessage> of(AuditRecord record) {
        return EventTable.of(record.event()).map(type -> {
            var event = record.event();
            var data = JsonNodeFactory.instance.objectNode().put("issuer", event.issuer());
            event.organization().ifPresent(id -> data.put("organization", id.value()));
            event.client().map(ClientId::value).ifPresent(id -> data.put("client", id));
            record.actor().flatMap(EventMessage::impersonal).ifPresent(actor -> data.put("actor", actor));
            for (var name : DETAILS) {
                var value = event.details().getOrDefault(name, "");
                if (!value.isEmpty()) {
                    data.put(name, value.length() <= DETAIL_LENGTH_MAX ? value : value.substring(0, DETAIL_LENGTH_MAX));
                }
            }
            return new EventMessage(event.issuer(), event.organization(), type, record.at(), data);
        });
    }

    /** Who did it, without the address of a person: a client by its id, the portal as such. */
    private static Optional<String> impersonal(String actor) {
        return actor.indexOf('@') < 0 ? Optional.of(actor)
                : Optional.of(actor.substring(0, Math.max(0, actor.indexOf(':')))).filter(kind -> !kind.contains("@")
                        && !kind.isEmpty());
    }

    /** A message that somebody asked for, to see whether it arrives. */
    public static EventMessage test(String issuer, Optional<OrganizationId> organization, Instant at) {
        var data = JsonNodeFactory.instance.objectNode().put("issuer", issuer);
        organization.ifPresent(id -> data.put("organization", id.value()));
        return new EventMessage(issuer, organization, EventType.WEBHOOK__TEST, at, data);
    }

    /** The body of the request. */
    public String body() {
        var body = JsonNodeFactory.instance.objectNode()
                .put("type", type.wireName())
                .put("timestamp", at.toString());
        body.set("data", data);
        return body.toString();
    }
}
