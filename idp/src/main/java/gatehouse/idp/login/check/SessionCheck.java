package gatehouse.idp.login.check;

import gatehouse.spi.Deadline;
import java.util.Optional;

/** Somebody has signed in at all. */
final class SessionCheck implements Check {

    @Override
    public Optional<Missing> missing(Standing standing, Deadline deadline) {
        return standing.authentication().isEmpty() ? Optional.of(new Missing.Authentication()) : Optional.empty();
    }
}
