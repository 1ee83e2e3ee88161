package gatehouse.sessions;

import gatehouse.spi.Deadline;
import java.time.Instant;
import java.util.Optional;

/** What of an access token's standing its signature cannot say: has it, its family or its session been ended? */
public interface AccessTokenStore {

    /**
     * Whether a token that verifies still stands: its session, if it has one, is alive, and neither it nor its family
     * is revoked. One round trip.
     *
     * @param jti     the token's id
     * @param session its {@code sid}, if it has one
     * @param family  the family it was issued with, if any
     */
    boolean stands(String jti, Optional<SessionId> session, Optional<FamilyId> family, Deadline deadline);

    /** Revokes one access token until {@code expiresAt}, after which it is dead anyway. Idempotent. */
    void revoke(String jti, Optional<SessionId> session, Instant expiresAt, Deadline deadline);
}
