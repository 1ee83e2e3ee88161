package gatehouse.idp.login.check;

import gatehouse.idp.login.LoginReason;
import gatehouse.spi.Deadline;
import java.util.Optional;

/** The person signed in to the organization that was asked for, if one was. */
final class OrganizationCheck implements Check {

    @Override
    public Optional<Missing> missing(Standing standing, Deadline deadline) {
        var asked = standing.asked().organization();
        return asked.isEmpty() || standing.authentication().orElseThrow().organization().equals(asked)
                ? Optional.empty()
                : Check.shortfall(standing, LoginReason.ORGANIZATION_OTHER);
    }
}
