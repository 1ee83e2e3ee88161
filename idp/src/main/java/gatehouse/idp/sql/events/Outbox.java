package gatehouse.idp.sql.events;

import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.events.EventMessage;
import gatehouse.spi.OrganizationId;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Where audit records become events, in the transaction that wrote them. Only what a webhook wants is written.
 *
 * <p>Transactions that tell of the same organization follow one another from here on, so that the order of ids is the
 * order of commits: nothing later can go out before something earlier that could not be seen yet.
 */
public final class Outbox {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String PUT = "WITH hooks AS (SELECT id FROM webhook WHERE issuer = :issuer"
            + " AND (body ->> 'enabled')::boolean AND (organization IS NULL OR organization = :organization)"
            + " AND (CAST(:only AS text) IS NULL OR id = :only)"
            + " AND (CAST(:only AS text) IS NOT NULL OR jsonb_array_length(body -> 'event_types') = 0"
            + " OR body -> 'event_types' @> to_jsonb(CAST(:type AS text)))),"
            + " event AS (INSERT INTO webhook_event (message, issuer, organization, type, at, body)"
            + " SELECT :message, :issuer, :organization, :type, :at, :body WHERE EXISTS (SELECT 1 FROM hooks)"
            + " RETURNING id)"
            + " INSERT INTO webhook_delivery (issuer, webhook, event, lane, next_at)"
            + " SELECT :issuer, hooks.id, event.id, :lane, :at FROM hooks, event";

    private Outbox() {
    }

    /** Writes the events that {@code records} are. To be called last in a transaction: it takes locks for ordering. */
    public static void put(Handle sql, List<AuditRecord> records) {
        var messages = records.stream().map(EventMessage::of).flatMap(Optional::stream).toList();
        if (messages.isEmpty() || !anybodyListens(sql, messages)) {
            return;
        }
        // In one order for everybody: who waits for whom is never a circle.
        new TreeSet<>(messages.stream().map(Outbox::order).toList()).forEach(key ->
                sql.createQuery("SELECT true FROM pg_advisory_xact_lock(hashtextextended(:key, 0))")
                        .bind("key", key).mapTo(Boolean.class).one());
        messages.forEach(message -> put(sql, message, Optional.empty()));
    }

    private static boolean anybodyListens(Handle sql, List<EventMessage> messages) {
        var issuers = messages.stream().map(EventMessage::issuer).collect(Collectors.toSet());
        return sql.createQuery("SELECT EXISTS (SELECT 1 FROM webhook WHERE issuer = ANY(:issuers))")
                .bindArray("issuers", String.class, issuers.toArray())
                .mapTo(Boolean.class).one();
    }

    private static String order(EventMessage message) {
        return "webhook_event " + message.issuer() + ' ' + lane(message);
    }

    private static String lane(EventMessage message) {
        return message.organization().map(OrganizationId::value).orElse("");
    }

    /**
     * Writes one event.
     *
     * @param only the webhook it is for, whatever that wants to be told; empty: all that want it
     * @return deliveries made
     */
    static int put(Handle sql, EventMessage message, Optional<String> only) {
        return sql.createUpdate(PUT)
                .bind("issuer", message.issuer())
                .bind("organization", message.organization().map(OrganizationId::value).orElse(null))
                .bind("only", only.orElse(null))
                .bind("type", message.type().wireName())
                .bind("message", newId())
                .bind("at", message.at().atOffset(ZoneOffset.UTC))
                .bind("body", message.body())
                .bind("lane", lane(message))
                .execute();
    }

    private static String newId() {
        var bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        return "evt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
