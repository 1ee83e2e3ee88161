package gatehouse.idp.samlwire;

import java.time.Instant;
import java.util.Optional;

/**
 * An answer to a {@link LogoutRequest} (saml-core §3.7.2), as it is sent and as it is received.
 *
 * @param id           its ID
 * @param issuer       entityID of the sender
 * @param issueInstant when it was made
 * @param destination  where it was sent
 * @param inResponseTo the request it answers
 * @param status       URN of the top-level status code
 * @param detail       URN of the second-level status code
 */
public record LogoutResponse(
        String id,
        String issuer,
        Instant issueInstant,
        Optional<String> destination,
        Optional<String> inResponseTo,
        String status,
        Optional<String> detail) {

    /** Whether the sender has ended all it was to end. */
    public boolean isComplete() {
        return status.equals(StatusCode.SUCCESS.urn())
                && !detail.equals(Optional.of(StatusCode.PARTIAL_LOGOUT.urn()));
    }
}
