package gatehouse.idp.upstream.saml;

import gatehouse.idp.samlwire.IdpMetadata;
import gatehouse.idp.samlwire.LogoutServices;
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
 * @param logout                   where it takes messages of single logout
 * @param keys                     what it may sign with
 * @param wantsAuthnRequestsSigned whether it refuses unsigned requests
 */
record TrustedIdp(
        String entityId,
        Optional<URI> ssoRedirect,
        Optional<URI> ssoPost,
        LogoutServices logout,
        SignaturePolicy keys,
        boolean wantsAuthnRequestsSigned) {

    /** From settings that say it all. */
    static TrustedIdp of(SamlConnection settings, SamlWire wire) {
        boolean post = settings.prefersPost() || settings.signsSimply();
        return new TrustedIdp(settings.idpEntityId().orElseThrow(),
                post ? Optional.empty() : settings.ssoUrl(), post ? settings.ssoUrl() : Optional.empty(),
                settings.logoutServices(),
                wire.policy(settings.certificates()), false);
    }

    static TrustedIdp of(IdpMetadata metadata, SamlWire wire) {
        return new TrustedIdp(metadata.entityId(), metadata.ssoRedirect(), metadata.ssoPost(), metadata.logout(),
                wire.policy(metadata.signingCertificates()), metadata.wantsAuthnRequestsSigned());
    }
}
