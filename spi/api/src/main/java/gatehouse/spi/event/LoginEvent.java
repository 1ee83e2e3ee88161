package gatehouse.spi.event;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened at the server, in words any extension understands. Carries no token, code or secret.
 *
 * @param id           unique id of the event
 * @param time         when it happened
 * @param type         what happened: {@code LOGIN}, {@code LOGIN_ERROR}, {@code LOGOUT}, {@code CODE_TO_TOKEN}, …
 * @param issuer       name of the issuer
 * @param clientId     the client it happened for, if any
 * @param userId       the user it happened to, if known
 * @param sessionId    the session, if any
 * @param ipAddress    where the request came from, if known
 * @param error        reason of a failure, if it is one
 * @param details      further facts, small and free of secrets
 */
public record LoginEvent(
        String id,
        Instant time,
        String type,
        String issuer,
        Optional<String> clientId,
        Optional<String> userId,
        Optional<String> sessionId,
        Optional<String> ipAddress,
        Optional<String> error,
        Map<String, String> details) {

    public LoginEvent {
        details = Map.copyOf(details);
    }
}
