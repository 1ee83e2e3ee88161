package gatehouse.idp.login.account;

import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.util.List;
import java.util.Optional;

/** Finds where people are at home: by the verified domain that is exactly their address's, never by a suffix of it. */
public final class HomeRealmDiscovery {

    private final TenancyCatalog tenancy;

    public HomeRealmDiscovery(TenancyCatalog tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * An organization and its ways in.
     *
     * @param enabled     whether anybody may sign in to it
     * @param connections all of them, used or not
     */
    public record Realm(OrganizationId organization, boolean enabled, List<Connection> connections) {

        /** Whether any connection has got beyond being tried out. */
        public boolean isFederated() {
            return connections.stream().anyMatch(connection -> !connection.state().isBeingSetUp());
        }
    }

    /** Where {@code email} is at home; empty: at no organization. */
    public Optional<Realm> of(String issuer, EmailAddress email, Deadline deadline) {
        return tenancy.domainOf(issuer, email.domain(), deadline)
                .flatMap(domain -> ofOrganization(issuer, domain.organization(), deadline));
    }

    /** The realm of {@code organization}; empty if there is no such organization. */
    public Optional<Realm> ofOrganization(String issuer, OrganizationId organization, Deadline deadline) {
        return tenancy.organization(issuer, organization, deadline)
                .map(found -> new Realm(found.id(), found.enabled(),
                        tenancy.connectionsOf(issuer, found.id(), deadline)));
    }
}
