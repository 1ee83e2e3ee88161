package gatehouse.idp.login.flow;

import gatehouse.sessions.Authentication;
import java.time.Instant;
import java.util.Optional;

/**
 * What a person has proved in this very flow.
 *
 * @param authentication who, how and when
 * @param email          the user's e-mail address, for pages
 * @param notOnOrAfter   when the session at the identity provider ends, if it said so: ours ends by then too
 */
public record Proof(Authentication authentication, String email, Optional<Instant> notOnOrAfter) {}
