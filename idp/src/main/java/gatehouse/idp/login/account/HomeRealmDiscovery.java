package gatehouse.idp.login.account;

import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.util.List;
import java.util.Optional;

/** Finds where people are at home: by the verified domain that their address is at, label by label. */
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

        /** The realm of those whose domain is led to one connection; all of them if it is not among them any more. */
        Realm ledTo(ConnectionId chosen) {
            var one = connections.stream().filter(connection -> connection.id().equals(chosen)).toList();
            return one.isEmpty() ? this : new Realm(organization, enabled, one);
        }

        /** Whether any connection has got beyond being tried out. */
        public boolean isFederated() {
            return connections.stream().anyMatch(connection -> !connection.state().isBeingSetUp());
        }
    }

    /** Where {@code email} is at home; empty: at no organization. */
    public Optional<Realm> of(String issuer, EmailAddress email, Deadline deadline) {
        return tenancy.domainOf(issuer, email.domain(), deadline)
                .flatMap(domain -> ofOrganization(issuer, domain.organization(), deadline)
                        .map(realm -> domain.connection().map(realm::ledTo).orElse(realm)));
    }

    /** The realm of {@code organization}; empty if there is no such organization. */
    public Optional<Realm> ofOrganization(String issuer, OrganizationId organization, Deadline deadline) {
        return tenancy.organization(issuer, organization, deadline)
                .map(found -> new Realm(found.id(), found.enabled(),
                        tenancy.waysInto(issuer, found.id(), deadline)));
    }
}
