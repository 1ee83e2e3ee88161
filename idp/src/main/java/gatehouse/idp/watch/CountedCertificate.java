package gatehouse.idp.watch;

import gatehouse.idp.watch.CertificateWarning.Urgency;
import java.time.Instant;
import java.util.Optional;

/**
 * A certificate that a connection lives by, and how long it has left: whether or not that is worth a warning yet.
 *
 * @param owner       whose it is
 * @param fingerprint SHA-256 of the certificate in DER, hexadecimal
 * @param endsAt      theirs: its own end; ours: when the next one takes over
 * @param daysLeft    whole days until then, 0 from the day itself on
 * @param urgency     of the warning there is; empty while the first mark is ahead
 * @param replaced    whether what follows is there already
 */
public record CountedCertificate(
        Owner owner,
        String fingerprint,
        Instant endsAt,
        long daysLeft,
        Optional<Urgency> urgency,
        boolean replaced) {

    /** Whose a certificate is. */
    public enum Owner {
        PROVIDER,
        OWN
    }
}
