package gatehouse.idp.login.check;

import gatehouse.idp.directory.User;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.login.LoginReason;
import gatehouse.idp.login.account.BreakGlass;
import gatehouse.idp.login.flow.Proof;
import gatehouse.idp.tenancy.ConnectionUse;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.sessions.Authentication;
import gatehouse.spi.Deadline;
import java.util.Optional;

/**
 * Whoever came through a connection came through one that serves their organization and may be used now; whoever belongs
 * to an organization that enforces one did not get around it.
 */
final class ConnectionRequiredCheck implements Check {

    private final TenancyCatalog tenancy;
    private final UserStore users;
    private final BreakGlass breakGlass;

    ConnectionRequiredCheck(TenancyCatalog tenancy, UserStore users, BreakGlass breakGlass) {
        this.breakGlass = breakGlass;
        this.tenancy = tenancy;
        this.users = users;
    }

    @Override
    public Optional<Missing> missing(Standing standing, Deadline deadline) {
        var now = standing.authentication().orElseThrow();
        if (now.upstream().isPresent()) {
            var connection = tenancy.connection(now.issuer(), now.upstream().get().connection(), deadline)
                    .filter(found -> now.organization().filter(own -> tenancy.serves(found, own, deadline))
                            .isPresent())
                    .filter(found -> tenancy.isUsable(found, use(standing, now, deadline), deadline));
            return connection.isPresent() ? Optional.empty()
                    : Check.shortfall(standing, LoginReason.CONNECTION_UNUSABLE);
        }
        return mustComeThroughOne(now, deadline) && !breakGlass.covers(now, deadline) ? Check.shortfall(standing, LoginReason.CONNECTION_REQUIRED)
                : Optional.empty();
    }

    private ConnectionUse use(Standing standing, Authentication now, Deadline deadline) {
        var email = standing.flow().proof().map(Proof::email)
                .or(() -> users.findCached(now.issuer(), now.user(), deadline).map(User::email));
        return new ConnectionUse.SignIn(email);
    }

    private boolean mustComeThroughOne(Authentication now, Deadline deadline) {
        return now.organization().stream()
                .flatMap(organization -> tenancy.connectionsOf(now.issuer(), organization, deadline).stream())
                .anyMatch(connection -> connection.isOnlyWayFor(now.user()));
    }
}
