package gatehouse.idp.login.check;

import gatehouse.idp.login.account.AcrPolicy;
import gatehouse.spi.Deadline;
import java.util.Optional;

/**
 * {@code acr_values}, which are wishes (OIDC Core §5.5.1.1): a session that lacks a wanted class is worth one new
 * authentication at the identity provider that can reach it; whatever comes of that will do, and silence is not
 * broken for it.
 */
final class AcrCheck implements Check {

    @Override
    public Optional<Missing> missing(Standing standing, Deadline deadline) {
        var now = standing.authentication().orElseThrow();
        var wanted = AcrPolicy.ofUpstream(standing.asked().acrValues());
        var reachable = !wanted.isEmpty() && now.upstream().isPresent() && !standing.isFresh();
        return reachable
                        && !standing.asked().acrValues().contains(now.acr())
                        && !standing.asked().prompts().contains("none")
                ? Optional.of(new Missing.Authentication())
                : Optional.empty();
    }
}
