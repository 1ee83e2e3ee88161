package gatehouse.sessions;

import gatehouse.spi.ClientId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The refresh tokens born from one authorization: one of them is current at any time (RFC 9700 §4.14.2).
 *
 * @param id             identifies it
 * @param client         the client it was issued to
 * @param scopes         scopes granted by the user; a refresh may narrow, never widen them
 * @param authentication who signed in
 * @param session        the session it lives and dies with; empty for offline access
 * @param audience       resources granted (RFC 8707), or empty
 * @param parameters     further facts the issuing protocol wants back; small
 * @param expiresAt      absolute end
 */
public record RefreshFamily(
        FamilyId id,
        ClientId client,
        List<String> scopes,
        Authentication authentication,
        Optional<SessionId> session,
        List<String> audience,
        Map<String, String> parameters,
        Instant expiresAt) {

    public RefreshFamily {
        scopes = List.copyOf(scopes);
        audience = List.copyOf(audience);
        parameters = Map.copyOf(parameters);
        expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS); // what every store keeps
    }
}
