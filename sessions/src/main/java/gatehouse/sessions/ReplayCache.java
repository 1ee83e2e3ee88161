package gatehouse.sessions;

import gatehouse.spi.Deadline;
import java.time.Instant;

/** Remembers one-time values: a {@code jti}, a SAML assertion id, a TOTP step. */
public interface ReplayCache {

    /**
     * Marks {@code id} as used until {@code until}. Atomic: of any number of concurrent calls, one gets true. A call
     * that times out may have marked it.
     */
    boolean firstUse(String kind, String id, Instant until, Deadline deadline);
}
