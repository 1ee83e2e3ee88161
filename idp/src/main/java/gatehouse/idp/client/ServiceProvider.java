package gatehouse.idp.client;

import gatehouse.idp.schema.Access;
import gatehouse.idp.schema.Described;
import gatehouse.spi.OrganizationId;
import java.net.URI;
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
 * @param attributeNameFormats       how its names of attributes are to be understood, where that is not told by a colon
 * @param signedParts                what is signed: {@code both}, {@code response} or {@code assertion}
 * @param encryption                 how its assertions are encrypted; empty: they are not
 * @param singleLogout               where it takes part in single logout
 * @param idpInitiated               whether people may begin here, without a request of its own
 * @param metadataUrl                where it publishes its metadata
 * @param enabled                    whether it may be used
 * @param version                    grows with every change
 */
public record ServiceProvider(
        @Described(value = "Its entityID.", access = Access.IDENTITY, min = 1, max = 1024)
        String entityId,
        @Described(value = "Name of the issuer it belongs to.", access = Access.READ_ONLY)
        String issuer,
        @Described(value = "Only this organization's people may use it; absent: anybody's.", access = Access.OPERATOR,
                min = 1, max = 64)
        Optional<OrganizationId> organization,
        @Described(value = "What people read.", max = 200, min = 1)
        String displayName,
        @Described(value = "Its ACS URLs (HTTP-POST), default first, by index.", min = 1, max = 2048, entriesMax = 20,
                format = "uri")
        List<String> assertionConsumerServices,
        @Described(value = "Its signing certificates, PEM or Base64 DER.", max = 16_384, entriesMax = 10)
        List<X509Certificate> certificates,
        @Described("Whether an unsigned AuthnRequest is refused.")
        boolean wantsAuthnRequestsSigned,
        @Described(value = "NameID format it gets.",
                oneOf = { "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
                "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
                "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"})
        String nameIdFormat,
        @Described(value = "Released attributes: its name to ours (email, given_name, …).", max = 256,
                entriesMax = 100)
        Map<String, String> attributes,
        @Described(value = "NameFormat of released attributes, by its name. Default: uri for names with a colon, basic"
                + " for others.", oneOf = {"uri", "basic", "unspecified"}, entriesMax = 100)
        Optional<Map<String, String>> attributeNameFormats,
        @Described(value = "What is signed. Default: both.", oneOf = {"both", "response", "assertion"})
        Optional<String> signedParts,
        @Described("How assertions are encrypted for it. Default: they are not.")
        Optional<AssertionEncryption> encryption,
        @Described("Where it takes part in single logout. Default: nowhere.")
        Optional<LogoutAddresses> singleLogout,
        @Described("Whether people may begin at this server, without a request of its own. Default: false.")
        Optional<Boolean> idpInitiated,
        @Described(value = "Where it publishes its metadata.", min = 1, max = 2048, format = "uri")
        Optional<URI> metadataUrl,
        @Described("Whether it may be used.")
        boolean enabled,
        @Described(value = "Grows with every change; also the ETag.", access = Access.READ_ONLY, max = Long.MAX_VALUE)
        long version) {

    /** One that asks for nothing special. */
    public ServiceProvider(String entityId, String issuer, Optional<OrganizationId> organization, String displayName,
            List<String> assertionConsumerServices, List<X509Certificate> certificates,
            boolean wantsAuthnRequestsSigned, String nameIdFormat, Map<String, String> attributes, boolean enabled,
            long version) {
        this(entityId, issuer, organization, displayName, assertionConsumerServices, certificates,
                wantsAuthnRequestsSigned, nameIdFormat, attributes, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), enabled, version);
    }

    /** Where it takes part in single logout. */
    public LogoutAddresses logout() {
        return singleLogout.orElse(LogoutAddresses.NONE);
    }

    public boolean signsResponse() {
        return !signedParts.equals(Optional.of("assertion"));
    }

    public boolean signsAssertion() {
        return !signedParts.equals(Optional.of("response"));
    }
}
