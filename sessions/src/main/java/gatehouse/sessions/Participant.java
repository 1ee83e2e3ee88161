package gatehouse.sessions;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A relying party that was told about a session, and must hear of its end.
 *
 * @param kind {@code oidc} or {@code saml}
 * @param id   client id or SP entity id
 * @param at   when it joined
 */
public record Participant(String kind, String id, Instant at) {

    public Participant {
        at = at.truncatedTo(ChronoUnit.SECONDS); // what every store keeps
    }
}
