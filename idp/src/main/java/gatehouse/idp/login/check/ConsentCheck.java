package gatehouse.idp.login.check;

import gatehouse.idp.login.account.Consents;
import gatehouse.spi.Deadline;
import java.util.Optional;

/**
 * The person has allowed what the application asks: in this flow, or, unless it insists, earlier in the same session.
 */
final class ConsentCheck implements Check {

    private final Consents consents;

    ConsentCheck(Consents consents) {
        this.consents = consents;
    }

    @Override
    public Optional<Missing> missing(Standing standing, Deadline deadline) {
        var scopes = standing.asked().consentScopes();
        if (scopes.isEmpty() || standing.flow().consented()) {
            return Optional.empty();
        }
        var remembered = !standing.asked().prompts().contains("consent")
                && standing.sameSession()
                        .filter(session -> consents.cover(session.id(), standing.asked().relyingParty(), scopes,
                                deadline))
                        .isPresent();
        return remembered ? Optional.empty() : Optional.of(new Missing.Consent(scopes));
    }
}
