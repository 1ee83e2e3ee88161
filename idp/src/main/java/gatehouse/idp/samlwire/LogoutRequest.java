package gatehouse.idp.samlwire;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request to end sessions (saml-core §3.7.1), as it is sent and as it is received.
 *
 * @param id             answered by {@code InResponseTo}
 * @param issuer         entityID of the sender
 * @param issueInstant   when it was made
 * @param destination    where it was sent
 * @param notOnOrAfter   when it is no longer to be obeyed
 * @param name           whose sessions
 * @param sessionIndexes which of them; empty: all
 */
public record LogoutRequest(
        String id,
        String issuer,
        Instant issueInstant,
        Optional<String> destination,
        Optional<Instant> notOnOrAfter,
        Name name,
        List<String> sessionIndexes) {

    /** Sessions that one request names. */
    public static final int SESSION_INDEXES_MAX = 64;

    public LogoutRequest {
        sessionIndexes = List.copyOf(sessionIndexes);
    }

    /**
     * A NameID (saml-core §2.2.3).
     *
     * @param format      URN, if said
     * @param qualifier   {@code NameQualifier}
     * @param spQualifier {@code SPNameQualifier}
     */
    public record Name(
            String value, Optional<String> format, Optional<String> qualifier, Optional<String> spQualifier) {
        @Override
        public String toString() {
            return "Name[•••]";
        }
    }
}
