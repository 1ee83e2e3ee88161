package gatehouse.idp.login.check;

import gatehouse.idp.login.LoginReason;
import gatehouse.spi.Deadline;
import java.util.Optional;

/** One condition of a finished login. */
@FunctionalInterface
public interface Check {

    /** What is still missing, or nothing. */
    Optional<Missing> missing(Standing standing, Deadline deadline);

    /**
     * The shortfall of an authentication: an old session makes room for a new authentication; one that has just been
     * made and still falls short is refused.
     */
    static Optional<Missing> shortfall(Standing standing, LoginReason reason) {
        return Optional.of(standing.isFresh() ? new Missing.Permission(reason) : new Missing.Authentication());
    }
}
