package gatehouse.idp.tenancy;

import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the data plane reads of tenancy: bounded caches that load on a miss and forget on the configuration feed. Always
 * asked with the issuer: what belongs to another one does not exist.
 */
public interface TenancyCatalog {

    Optional<IssuerSettings> issuer(String name, Deadline deadline);

    Optional<Organization> organization(String issuer, OrganizationId id, Deadline deadline);

    /** The verified claim that is spelled exactly {@code claim}. */
    Optional<VerifiedDomain> verifiedDomain(String issuer, String claim, Deadline deadline);

    /**
     * The verified domain that {@code host} (lower case, A-labels) is at: the claim on it, else the one on all below
     * the closest name above it. Compared label by label, never by the end of a text.
     */
    default Optional<VerifiedDomain> domainOf(String issuer, String host, Deadline deadline) {
        for (var claim : DomainName.covering(host)) {
            var found = verifiedDomain(issuer, claim, deadline);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    Optional<Connection> connection(String issuer, ConnectionId id, Deadline deadline);

    /** All connections of an organization, whatever their state, in a stable order. */
    List<Connection> connectionsOf(String issuer, OrganizationId organization, Deadline deadline);

    /**
     * The connections that people of {@code organization} may come through: its own, and those of others that are
     * shared with it and that it accepts. Of those at most as many as a policy can name.
     */
    default List<Connection> waysInto(String issuer, OrganizationId organization, Deadline deadline) {
        var ways = new ArrayList<>(connectionsOf(issuer, organization, deadline));
        organization(issuer, organization, deadline).map(found -> found.policy().acceptedConnections())
                .orElse(List.of()).stream()
                .flatMap(id -> connection(issuer, id, deadline).stream())
                .filter(connection -> !connection.organization().equals(organization))
                .filter(connection -> connection.shareOf(organization).isPresent())
                .forEach(ways::add);
        return ways;
    }

    /** Whether people of {@code organization} may come through {@code connection}: both sides say so, now. */
    default boolean serves(Connection connection, OrganizationId organization, Deadline deadline) {
        return connection.organization().equals(organization)
                || connection.shareOf(organization).isPresent()
                        && organization(connection.issuer(), organization, deadline)
                                .filter(found -> found.policy().acceptedConnections().contains(connection.id()))
                                .isPresent();
    }

    /**
     * Whether {@code use} may be made of the connection, as it is and as its organization is now: the one gate that
     * every door asks, before it opens and again before it closes.
     */
    default boolean isUsable(Connection connection, ConnectionUse use, Deadline deadline) {
        return connection(connection.issuer(), connection.id(), deadline)
                        .filter(now -> now.organization().equals(connection.organization()))
                        .filter(now -> admits(now, use))
                        .isPresent()
                && organization(connection.issuer(), connection.organization(), deadline)
                        .filter(Organization::enabled)
                        .isPresent();
    }

    private static boolean admits(Connection connection, ConnectionUse use) {
        return switch (connection.state()) {
            case ACTIVE, ENFORCED -> true;
            case SUSPENDED -> false;
            case DRAFT -> use instanceof ConnectionUse.TestSignIn;
            case TESTING -> switch (use) {
                case ConnectionUse.TestSignIn() -> true;
                case ConnectionUse.Ongoing() -> !connection.testers().isEmpty();
                case ConnectionUse.SignIn(var email) -> email.filter(connection.testers()::contains).isPresent();
            };
        };
    }
}
