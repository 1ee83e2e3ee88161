package gatehouse.idp.keys;

import gatehouse.spi.Deadline;
import java.time.Instant;
import java.util.List;

/** Rotation by command, beside the schedule. */
public interface KeyRotator {

    /** A key as operators see it: no private part. */
    record KeyView(String kid, String algorithm, String use, String state, Instant createdAt, Instant signsFrom) {}

    /** The keys of {@code issuer}, newest first. */
    List<KeyView> keys(String issuer, Deadline deadline);

    /**
     * Makes the published next key of each token algorithm current at once, and publishes a new next one. SAML keys
     * follow their schedule only: partners who imported our certificate by hand would refuse what another one signs.
     *
     * @return the keys afterwards
     */
    List<KeyView> rotateNow(String issuer, Deadline deadline);
}
