package gatehouse.idp.keys;

import gatehouse.spi.Deadline;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rotation by command, beside the schedule. */
public interface KeyRotator {

    /** A key as operators see it: no private part. @param certificate that of a SAML key */
    record KeyView(String kid, String algorithm, String use, String state, Instant createdAt, Instant signsFrom,
            Optional<X509Certificate> certificate) {}

    /** The keys of {@code issuer}, newest first. */
    List<KeyView> keys(String issuer, Deadline deadline);

    /**
     * Makes the published next key of each token algorithm current at once, and publishes a new next one. SAML keys
     * are left alone: partners who imported our certificate by hand would refuse what another one signs.
     *
     * @return the keys afterwards
     */
    List<KeyView> rotateNow(String issuer, Deadline deadline);

    /**
     * Publishes the next SAML certificates now, beside the current ones, to take over as soon as the configuration's
     * time in advance has passed; earlier than the schedule would. Those that are published already stay.
     *
     * @return the keys afterwards
     */
    List<KeyView> prepareSaml(String issuer, Deadline deadline);

    /**
     * Makes the published next SAML keys current at once. The ones before go on decrypting for the overlap.
     *
     * @param unprepared whether partners may be surprised: the only way before the time in advance has passed
     * @return the keys afterwards
     * @throws RotationRefused if there is no next key, or it has not been published long enough
     */
    List<KeyView> rotateSaml(String issuer, boolean unprepared, Deadline deadline);
}
