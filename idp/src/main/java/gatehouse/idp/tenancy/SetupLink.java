package gatehouse.idp.tenancy;

import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;
import java.time.Instant;
import java.util.Optional;

/**
 * A customer's one-time entry to the portal. Its token is known to nobody but the contact it was sent to; here is only
 * what may be read of it.
 *
 * @param id            names it in lists and audit records; opens nothing
 * @param issuer        name of the issuer
 * @param organization  whose setup it opens
 * @param intent        for what
 * @param connection    the one connection it is about; empty: the organization's setup as a whole
 * @param step          where in the setup its bearer begins, if it was handed to a colleague for one step
 * @param contact       who it was made for, for example an e-mail address
 * @param inviter       who made it, as its bearer reads it
 * @param createdAt     when it was made
 * @param expiresAt     when it stops working
 * @param usedAt        when it was exchanged
 * @param revokedAt     when it was taken back
 * @param wantedAgainAt when its bearer asked for a new one
 */
public record SetupLink(
        String id,
        String issuer,
        OrganizationId organization,
        SetupIntent intent,
        Optional<ConnectionId> connection,
        Optional<String> step,
        String contact,
        String inviter,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> usedAt,
        Optional<Instant> revokedAt,
        Optional<Instant> wantedAgainAt) {

    /** Whether it can be exchanged, and if not, why. */
    public enum Standing {
        OPEN,
        USED,
        EXPIRED,
        REVOKED
    }

    /** How it stands at {@code now}. */
    public Standing standing(Instant now) {
        if (revokedAt.isPresent()) {
            return Standing.REVOKED;
        }
        if (usedAt.isPresent()) {
            return Standing.USED;
        }
        return now.isBefore(expiresAt) ? Standing.OPEN : Standing.EXPIRED;
    }
}
