package gatehouse.idp.client;

import gatehouse.spi.OrganizationId;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A downstream SAML service provider that trusts us as its identity provider.
 *
 * @param entityId                   its entityID
 * @param issuer                     name of the issuer it is registered at
 * @param organization               only that organization's people may use it; empty: anybody's
 * @param displayName                what people read
 * @param assertionConsumerServices  its ACS URLs (HTTP-POST), default first, by index
 * @param certificates               its signing certificates, for signed AuthnRequests
 * @param wantsAuthnRequestsSigned   whether an unsigned AuthnRequest is refused
 * @param nameIdFormat               NameID format it gets: emailAddress, persistent or transient (full URN)
 * @param attributes                 released attributes: its name → ours ({@code email}, {@code given_name}, …)
 * @param enabled                    whether it may be used
 * @param version                    grows with every change
 */
public record ServiceProvider(
        String entityId,
        String issuer,
        Optional<OrganizationId> organization,
        String displayName,
        List<String> assertionConsumerServices,
        List<X509Certificate> certificates,
        boolean wantsAuthnRequestsSigned,
        String nameIdFormat,
        Map<String, String> attributes,
        boolean enabled,
        long version) {}
