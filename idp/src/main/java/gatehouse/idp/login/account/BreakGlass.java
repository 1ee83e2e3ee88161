package gatehouse.idp.login.account;

import gatehouse.idp.directory.User;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.tenancy.BreakGlassAccount;
import gatehouse.idp.tenancy.Organization;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.sessions.Authentication;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Who may get around an enforced connection now: named, activated, and only for so long. */
public final class BreakGlass {

    private final TenancyCatalog tenancy;
    private final UserStore users;
    private final InstantSource clock;

    public BreakGlass(TenancyCatalog tenancy, UserStore users, InstantSource clock) {
        this.tenancy = tenancy;
        this.users = users;
        this.clock = clock;
    }

    /** Whether {@code now} is a sign-in that only break-glass makes possible: by password, to an activated account. */
    public boolean covers(Authentication now, Deadline deadline) {
        return endOf(now, deadline).isPresent();
    }

    /** When the activation that made the sign-in possible ends: the session ends by then. */
    public Optional<Instant> endOf(Authentication now, Deadline deadline) {
        return now.upstream().isPresent() ? Optional.empty()
                : now.organization().flatMap(own -> tenancy.organization(now.issuer(), own, deadline)).stream()
                        .flatMap(organization -> organization.breakGlass().stream())
                        .filter(account -> account.user().equals(now.user()) && account.isOpen(clock.instant()))
                        .findFirst().flatMap(BreakGlassAccount::activeUntil);
    }

    /** Whether the address that was typed is that of an activated account of {@code organization}. */
    public boolean isOpenFor(String issuer, OrganizationId organization, EmailAddress email, Deadline deadline) {
        var open = open(issuer, organization, deadline);
        // Asked only while somebody has broken the glass: at other times a known address costs what an unknown one does.
        return !open.isEmpty() && users.findByEmail(issuer, email.value(), deadline).map(User::id)
                .filter(open::contains).isPresent();
    }

    private List<UserId> open(String issuer, OrganizationId organization, Deadline deadline) {
        return tenancy.organization(issuer, organization, deadline).map(Organization::breakGlass).orElse(List.of())
                .stream().filter(account -> account.isOpen(clock.instant())).map(BreakGlassAccount::user).toList();
    }
}
