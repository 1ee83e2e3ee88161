package gatehouse.idp.audit;

import gatehouse.spi.ClientId;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that happened. Time and id are given by the trail.
 *
 * @param action       what
 * @param issuer       name of the issuer
 * @param organization the organization it concerns
 * @param user         the user it concerns
 * @param client       the client it concerns
 * @param session      the {@code sid} it concerns
 * @param address      where the request came from
 * @param reason       why it was refused, from the refusal's closed list
 * @param traceId      the request
 * @param details      further facts, small, free of secrets and tokens
 */
public record AuditEvent(
        AuditAction action,
        String issuer,
        Optional<OrganizationId> organization,
        Optional<UserId> user,
        Optional<ClientId> client,
        Optional<String> session,
        Optional<String> address,
        Optional<String> reason,
        String traceId,
        Map<String, String> details) {

    public AuditEvent {
        details = Map.copyOf(details);
    }

    /** An event of {@code action} with nothing else known yet. */
    public static AuditEvent of(AuditAction action, String issuer, String traceId) {
        return new AuditEvent(action, issuer, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), traceId, Map.of());
    }

    /** The same facts, of another action. */
    public AuditEvent as(AuditAction other) {
        return new AuditEvent(other, issuer, organization, user, client, session, address, reason, traceId, details);
    }

    public AuditEvent organization(Optional<OrganizationId> value) {
        return new AuditEvent(action, issuer, value, user, client, session, address, reason, traceId, details);
    }

    public AuditEvent user(UserId value) {
        return new AuditEvent(action, issuer, organization, Optional.of(value), client, session, address,
                reason, traceId, details);
    }

    public AuditEvent client(ClientId value) {
        return new AuditEvent(action, issuer, organization, user, Optional.of(value), session, address, reason,
                traceId, details);
    }

    public AuditEvent session(String value) {
        return new AuditEvent(action, issuer, organization, user, client, Optional.of(value), address, reason,
                traceId, details);
    }

    public AuditEvent address(String value) {
        return new AuditEvent(action, issuer, organization, user, client, session, Optional.of(value), reason,
                traceId, details);
    }

    public AuditEvent reason(String value) {
        return new AuditEvent(action, issuer, organization, user, client, session, address, Optional.of(value),
                traceId, details);
    }

    public AuditEvent details(Map<String, String> value) {
        return new AuditEvent(action, issuer, organization, user, client, session, address, reason, traceId, value);
    }
}
