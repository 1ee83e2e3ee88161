package gatehouse.idp.login.check;

import gatehouse.idp.login.LoginReason;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.sessions.Authentication;
import gatehouse.spi.Deadline;
import java.util.Optional;

/**
 * Whoever came through a connection came through one of their own organization that may be used now; whoever belongs
 * to an organization that has connections did not get around them.
 */
final class ConnectionRequiredCheck implements Check {

    private final TenancyCatalog tenancy;

    ConnectionRequiredCheck(TenancyCatalog tenancy) {
        this.tenancy = tenancy;
    }

    @Override
    public Optional<Missing> missing(Standing standing, Deadline deadline) {
        var now = standing.authentication().orElseThrow();
        if (now.upstream().isPresent()) {
            var connection = tenancy.connection(now.issuer(), now.upstream().get().connection(), deadline)
                    .filter(found -> now.organization().filter(found.organization()::equals).isPresent())
                    .filter(found -> tenancy.isUsable(found, deadline));
            return connection.isPresent() ? Optional.empty()
                    : Check.shortfall(standing, LoginReason.CONNECTION_UNUSABLE);
        }
        return hasConnections(now, deadline) ? Check.shortfall(standing, LoginReason.CONNECTION_REQUIRED)
                : Optional.empty();
    }

    private boolean hasConnections(Authentication now, Deadline deadline) {
        return now.organization()
                .filter(organization -> !tenancy.connectionsOf(now.issuer(), organization, deadline).isEmpty())
                .isPresent();
    }
}
