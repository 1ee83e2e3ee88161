package gatehouse.sessions;

import gatehouse.spi.ClientId;
import gatehouse.spi.Deadline;
import java.util.Optional;

/** Refresh token families: rotation with reuse detection (RFC 9700 §4.14.2). Token values are stored hashed. */
public interface RefreshFamilyStore {

    /** Opens a family and answers its first token: a secret, at least 256 bits. */
    String open(RefreshFamily family, Deadline deadline);

    /**
     * Spends the presented token for its successor. Atomic: of concurrent calls with one current token one gets
     * {@link Rotation.Rotated} and the others, within the grace window, {@link Rotation.Retried} with the same
     * successor; after it, {@link Rotation.Replayed}. Checks in the same step that the family's session is alive,
     * and that the family belongs to {@code client}; a foreign client spends and revokes nothing.
     */
    Rotation rotate(String tokenValue, ClientId client, Deadline deadline);

    /** The family that {@code tokenValue} is the current token of; spends nothing (introspection, RFC 7662). */
    Optional<RefreshFamily> find(String tokenValue, Deadline deadline);

    /**
     * Revokes a family, and with it, for at most {@code accessTokenLifetime} that is left to them, the access tokens
     * that carry its id. Idempotent.
     */
    void revoke(FamilyId family, java.time.Duration accessTokenLifetime, Deadline deadline);
}
