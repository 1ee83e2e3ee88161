package gatehouse.idp.samlwire;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an identity provider publishes about itself (saml-metadata §2.4.3), as far as it is used here.
 *
 * @param entityId                 its entityID
 * @param ssoRedirect              where it takes requests by the Redirect binding
 * @param ssoPost                  where it takes requests by the POST binding; at least one of the two is present
 * @param logout                   where it takes messages of single logout
 * @param signingCertificates      its keys; at least one, and none that has expired, where it is to be used
 * @param wantsAuthnRequestsSigned whether it refuses unsigned requests
 * @param validUntil               when it must not be used any more
 * @param cacheDuration            how long it may be kept before it is fetched again
 * @param nameIdFormats            the NameID formats it offers
 */
public record IdpMetadata(
        String entityId,
        Optional<URI> ssoRedirect,
        Optional<URI> ssoPost,
        LogoutServices logout,
        List<X509Certificate> signingCertificates,
        boolean wantsAuthnRequestsSigned,
        Optional<Instant> validUntil,
        Optional<Duration> cacheDuration,
        List<String> nameIdFormats) {

    public IdpMetadata {
        signingCertificates = List.copyOf(signingCertificates);
        nameIdFormats = List.copyOf(nameIdFormats);
    }

    /** This with other certificates. */
    IdpMetadata with(List<X509Certificate> certificates) {
        return new IdpMetadata(entityId, ssoRedirect, ssoPost, logout, certificates, wantsAuthnRequestsSigned, validUntil,
                cacheDuration, nameIdFormats);
    }
}
