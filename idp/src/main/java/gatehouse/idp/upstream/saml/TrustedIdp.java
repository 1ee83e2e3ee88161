package gatehouse.idp.upstream.saml;

import gatehouse.idp.samlwire.IdpMetadata;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.idp.samlwire.SignaturePolicy;
import java.net.URI;
import java.util.Optional;

/**
 * The identity provider of one connection, its keys ready for use.
 *
 * @param entityId                 issuer of its responses
 * @param ssoRedirect              where it takes requests by redirect
 * @param ssoPost                  where it takes requests by POST
 * @param keys                     what it may sign with
 * @param wantsAuthnRequestsSigned whether it refuses unsigned requests
 */
record TrustedIdp(
        String entityId,
        Optional<URI> ssoRedirect,
        Optional<URI> ssoPost,
        SignaturePolicy keys,
        boolean wantsAuthnRequestsSigned) {

    /** From settings that say it all. */
    static TrustedIdp of(SamlConnection settings, SamlWire wire) {
        boolean post = settings.prefersPost() || settings.signsSimply();
        return new TrustedIdp(settings.idpEntityId().orElseThrow(),
                post ? Optional.empty() : settings.ssoUrl(), post ? settings.ssoUrl() : Optional.empty(),
                wire.policy(settings.certificates()), false);
    }

    static TrustedIdp of(IdpMetadata metadata, SamlWire wire) {
        return new TrustedIdp(metadata.entityId(), metadata.ssoRedirect(), metadata.ssoPost(),
                wire.policy(metadata.signingCertificates()), metadata.wantsAuthnRequestsSigned());
    }
}
