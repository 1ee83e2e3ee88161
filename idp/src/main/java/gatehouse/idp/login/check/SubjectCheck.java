package gatehouse.idp.login.check;

import gatehouse.idp.login.LoginReason;
import gatehouse.spi.Deadline;
import java.util.Optional;

/** It is the user that the application expects ({@code id_token_hint}, OIDC Core §3.1.2.1), if it expects one. */
final class SubjectCheck implements Check {

    @Override
    public Optional<Missing> missing(Standing standing, Deadline deadline) {
        var expected = standing.asked().user();
        return expected.isEmpty() || standing.authentication().orElseThrow().user().value().equals(expected.get())
                ? Optional.empty()
                : Check.shortfall(standing, LoginReason.ACCOUNT_OTHER);
    }
}
