package gatehouse.idp.login.check;

import gatehouse.idp.directory.User;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.login.LoginReason;
import gatehouse.idp.tenancy.Organization;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.spi.Deadline;
import java.util.Optional;

/** The user exists and may sign in, and so may their organization: as it is now, not as it was at the first factor. */
final class AccountStateCheck implements Check {

    private final UserStore users;
    private final TenancyCatalog tenancy;

    AccountStateCheck(UserStore users, TenancyCatalog tenancy) {
        this.users = users;
        this.tenancy = tenancy;
    }

    @Override
    public Optional<Missing> missing(Standing standing, Deadline deadline) {
        var now = standing.authentication().orElseThrow();
        var user = standing.isFresh()
                ? users.find(now.issuer(), now.user(), deadline)
                : users.findCached(now.issuer(), now.user(), deadline);
        if (user.filter(User::enabled).isEmpty() || !user.get().organization().equals(now.organization())) {
            return Check.shortfall(standing, LoginReason.ACCOUNT_DISABLED);
        }
        if (now.organization().isPresent()
                && tenancy.organization(now.issuer(), now.organization().get(), deadline).filter(Organization::enabled)
                        .isEmpty()) {
            return Check.shortfall(standing, LoginReason.ORGANIZATION_DISABLED);
        }
        return Optional.empty();
    }
}
