package gatehouse.idp.samlwire;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a service provider publishes about itself (saml-metadata §2.4.4), as far as it is used here.
 *
 * @param entityId                  its entityID
 * @param assertionConsumerServices where it takes responses by POST, the usual one first
 * @param signingCertificates       what it may sign with; possibly none, and none that has expired
 * @param encryption                what assertions may be encrypted for, and how it wants that
 * @param signsAuthnRequests        whether it says that it signs its requests
 * @param logout                    where it takes messages of single logout
 * @param nameIdFormats             URNs of the NameID formats that it offers
 * @param validUntil                when it must not be imported any more
 * @param cacheDuration             how long it may be kept before it is fetched again
 */
public record SpMetadata(
        String entityId,
        List<URI> assertionConsumerServices,
        List<X509Certificate> signingCertificates,
        Optional<EncryptionChoice> encryption,
        boolean signsAuthnRequests,
        LogoutServices logout,
        List<String> nameIdFormats,
        Optional<Instant> validUntil,
        Optional<Duration> cacheDuration) {

    public SpMetadata {
        assertionConsumerServices = List.copyOf(assertionConsumerServices);
        signingCertificates = List.copyOf(signingCertificates);
        nameIdFormats = List.copyOf(nameIdFormats);
    }
}
