package gatehouse.idp.login;

import gatehouse.idp.login.check.Check;
import gatehouse.idp.login.check.Missing;
import gatehouse.idp.login.check.Standing;
import gatehouse.spi.Deadline;
import java.util.List;
import java.util.Optional;

/** Decides what comes next in a login; nobody else does. */
final class LoginDispatcher {

    private final List<Check> checks;
    private final WayIn wayIn;

    LoginDispatcher(List<Check> checks, WayIn wayIn) {
        this.checks = checks;
        this.wayIn = wayIn;
    }

    /** The first thing that is missing; nothing if the login may finish. */
    Optional<Missing> missing(Standing standing, Deadline deadline) {
        for (var check : checks) {
            var missing = check.missing(standing, deadline);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    /** What the browser must do next. */
    NextStep next(Standing standing, Deadline deadline) {
        return missing(standing, deadline).map(missing -> towards(missing, standing, deadline))
                .orElseGet(NextStep.Finish::new);
    }

    /** The step that gets what is missing. */
    NextStep towards(Missing missing, Standing standing, Deadline deadline) {
        return switch (missing) {
            case Missing.Authentication(), Missing.AccountChoice() -> wayIn.next(standing.flow(), deadline);
            case Missing.Consent(var scopes) -> new NextStep.AskConsent(scopes);
            case Missing.Permission(var reason) -> new NextStep.Refuse(reason);
        };
    }
}
