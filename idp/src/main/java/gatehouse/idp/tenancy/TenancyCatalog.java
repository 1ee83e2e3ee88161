package gatehouse.idp.tenancy;

import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.util.List;
import java.util.Optional;

/**
 * What the data plane reads of tenancy: bounded caches that load on a miss and forget on the configuration feed. Always
 * asked with the issuer: what belongs to another one does not exist.
 */
public interface TenancyCatalog {

    Optional<IssuerSettings> issuer(String name, Deadline deadline);

    Optional<Organization> organization(String issuer, OrganizationId id, Deadline deadline);

    /** The verified domain that is exactly {@code domain} (lower case). */
    Optional<VerifiedDomain> verifiedDomain(String issuer, String domain, Deadline deadline);

    Optional<Connection> connection(String issuer, ConnectionId id, Deadline deadline);

    /** All connections of an organization, enabled or not, in a stable order. */
    List<Connection> connectionsOf(String issuer, OrganizationId organization, Deadline deadline);

    /** The organization and the connection are both enabled, now: the one gate every door asks. */
    default boolean isUsable(Connection connection, Deadline deadline) {
        return connection(connection.issuer(), connection.id(), deadline).filter(Connection::enabled).isPresent()
                && organization(connection.issuer(), connection.organization(), deadline)
                        .filter(Organization::enabled)
                        .isPresent();
    }
}
