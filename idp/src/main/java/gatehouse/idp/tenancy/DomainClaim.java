package gatehouse.idp.tenancy;

import gatehouse.idp.schema.Access;
import gatehouse.idp.schema.Described;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;
import java.time.Instant;
import java.util.Optional;

/**
 * An organization's claim on a DNS name. Several may claim one name; only one of an issuer can have it verified.
 *
 * @param name         the name: lower case, IDNA A-labels
 * @param issuer       name of the issuer
 * @param organization who claims it
 * @param connection   the connection that people of the domain are led to; empty: any of the organization's
 * @param challenge    text that the TXT record must hold as {@code gatehouse-domain-verification=<challenge>}
 * @param verified     whether the claim is proved
 * @param verifiedAt   when it was
 * @param vouched      whether an operator's word stands in for the proof, so that it is not asked for again
 * @param version      grows with every change
 */
public record DomainClaim(
        @Described(value = "The DNS name; \"*.\" and a name for everything below it.", access = Access.IDENTITY,
                min = 3, max = 253)
        String name,
        @Described(value = "Name of the issuer it belongs to.", access = Access.READ_ONLY)
        String issuer,
        @Described(value = "The organization that claims it.", access = Access.IDENTITY, min = 1, max = 64)
        OrganizationId organization,
        @Described(value = "The connection that people of the domain are led to; absent: any of the organization's.",
                min = 1, max = 64)
        Optional<ConnectionId> connection,
        @Described(value = "What the TXT record at _gatehouse-challenge.NAME must hold after "
                + "\"gatehouse-domain-verification=\".", access = Access.READ_ONLY)
        String challenge,
        @Described(value = "Whether the claim is proved. Set by verification, or by an operator who knows.",
                access = Access.OPERATOR)
        boolean verified,
        @Described(value = "When it was proved.", access = Access.READ_ONLY, format = "date-time")
        Optional<Instant> verifiedAt,
        @Described(value = "Whether an operator's word stands in for the DNS record.", access = Access.READ_ONLY)
        boolean vouched,
        @Described(value = "Grows with every change; also the ETag.", access = Access.READ_ONLY, max = Long.MAX_VALUE)
        long version) {

    /** This claim with its proof found, or fallen. @param at when it was found; empty: it is not there any more */
    public DomainClaim proved(Optional<Instant> at) {
        return new DomainClaim(name, issuer, organization, connection, challenge, at.isPresent(), at, false, version);
    }
}
