package gatehouse.idp.watch;

import java.time.Instant;
import java.util.Optional;

/**
 * Something about a connection's keys or metadata that will stop logins, or already may.
 *
 * @param code        what
 * @param connection  id of the connection; empty: the issuer's own keys
 * @param fingerprint SHA-256 of the certificate in DER, hexadecimal; empty if it is about metadata
 * @param endsAt      when it happens
 * @param daysLeft    whole days until then, 0 from the day itself on
 * @param replaced    whether what follows is there already, and no action is needed if the partner has taken it in
 */
public record CertificateWarning(
        Code code,
        Optional<String> connection,
        Optional<String> fingerprint,
        Instant endsAt,
        long daysLeft,
        boolean replaced) {

    /** What is warned of. */
    public enum Code {
        /** A certificate of the identity provider ends. */
        PROVIDER_CERTIFICATE_EXPIRING,
        PROVIDER_CERTIFICATE_EXPIRED,
        /** Our certificate is about to be replaced by the published next one. */
        OWN_CERTIFICATE_CHANGING,
        /** The provider's metadata has passed its own end. */
        METADATA_EXPIRED,
        /** The provider's metadata could not be fetched for a while; the copy at hand is used. */
        METADATA_STALE,
        /** A change of the provider's metadata waits for an administrator. */
        METADATA_HELD
    }

    /** How urgent it is. */
    public enum Urgency {
        NOTICE,
        WARNING,
        CRITICAL
    }

    /** How urgent it is. */
    public Urgency urgency() {
        return switch (code) {
            case PROVIDER_CERTIFICATE_EXPIRING, OWN_CERTIFICATE_CHANGING ->
                    replaced || daysLeft > 14 ? Urgency.NOTICE : daysLeft > 1 ? Urgency.WARNING : Urgency.CRITICAL;
            case PROVIDER_CERTIFICATE_EXPIRED -> replaced ? Urgency.NOTICE : Urgency.CRITICAL;
            case METADATA_EXPIRED, METADATA_HELD -> Urgency.CRITICAL;
            case METADATA_STALE -> Urgency.WARNING;
        };
    }
}
