package gatehouse.idp.tenancy;

import gatehouse.idp.schema.Described;
import gatehouse.spi.OrganizationId;
import java.util.List;

/**
 * An owner's offer to let people of another organization come through a connection of theirs: an agency signs in its
 * staff at its clients'. It has effect while the other organization accepts it in its policy, and no longer.
 *
 * @param organization the other organization
 * @param domains      domains of that organization whose addresses may come; empty: all that it has verified
 */
public record ConnectionShare(
        @Described(value = "The other organization.", min = 1, max = 64)
        OrganizationId organization,
        @Described(value = "Its domains whose addresses may come; none: all that it has verified.", min = 3, max = 253)
        List<String> domains) {

    /** Whether addresses at {@code domain} may come. */
    public boolean covers(String domain) {
        return domains.isEmpty() || DomainName.covering(domain).stream().anyMatch(domains::contains);
    }
}
