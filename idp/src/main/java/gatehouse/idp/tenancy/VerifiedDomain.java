package gatehouse.idp.tenancy;

import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;
import java.util.Optional;

/**
 * A DNS name that an organization has proved to own. Compared by whole labels, in lower case, IDNA A-labels.
 *
 * @param name         the name, for example {@code acme-ads.example}; {@code *.} and a name: all below it
 * @param issuer       name of the issuer
 * @param organization its one owner within the issuer
 * @param connection   the connection that its people are led to; empty: any of the organization's
 */
public record VerifiedDomain(
        String name, String issuer, OrganizationId organization, Optional<ConnectionId> connection) {}
