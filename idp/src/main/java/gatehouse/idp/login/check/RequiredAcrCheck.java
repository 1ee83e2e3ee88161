package gatehouse.idp.login.check;

import gatehouse.idp.login.LoginReason;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.spi.Deadline;
import java.util.Optional;

/** The authentication reached a class that the person's organization requires, if it requires any. */
final class RequiredAcrCheck implements Check {

    private final TenancyCatalog tenancy;

    RequiredAcrCheck(TenancyCatalog tenancy) {
        this.tenancy = tenancy;
    }

    @Override
    public Optional<Missing> missing(Standing standing, Deadline deadline) {
        var now = standing.authentication().orElseThrow();
        var required = now.organization()
                .flatMap(id -> tenancy.organization(now.issuer(), id, deadline))
                .map(organization -> organization.policy().requiredAcr());
        return required.filter(classes -> !classes.isEmpty() && !classes.contains(now.acr()))
                .flatMap(_ -> Check.shortfall(standing, LoginReason.ACR_INSUFFICIENT));
    }
}
