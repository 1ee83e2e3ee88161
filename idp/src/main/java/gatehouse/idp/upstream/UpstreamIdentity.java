package gatehouse.idp.upstream;

import gatehouse.sessions.UpstreamSession;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who the identity provider says it is, taken from nothing but verified bytes. Made by connectors only.
 *
 * @param session       connection, subject (the key of the account link), format and index
 * @param key           what the subject is; empty if it can be but one thing
 * @param email         e-mail address, as the connection's mapping found it
 * @param emailVerified whether the provider says that it was verified; SAML has no such word: false
 * @param givenName     mapped given name
 * @param familyName    mapped family name
 * @param displayName   mapped full name
 * @param locale        mapped language
 * @param attributes    everything else that came, bounded
 * @param authTime      when the user proved it there, if said
 * @param acr           authentication context class there, if said
 * @param amr           methods there, if said
 * @param notOnOrAfter  when the session there ends at the latest ({@code SessionNotOnOrAfter}), if said
 */
public record UpstreamIdentity(
        UpstreamSession session,
        Optional<UserKey> key,
        Optional<String> email,
        boolean emailVerified,
        Optional<String> givenName,
        Optional<String> familyName,
        Optional<String> displayName,
        Optional<String> locale,
        Map<String, List<String>> attributes,
        Optional<Instant> authTime,
        Optional<String> acr,
        List<String> amr,
        Optional<Instant> notOnOrAfter) {

    public UpstreamIdentity {
        attributes = Map.copyOf(attributes);
        amr = List.copyOf(amr);
    }

    /** An identity whose subject can be but one thing. */
    public UpstreamIdentity(
            UpstreamSession session, Optional<String> email, boolean emailVerified, Optional<String> givenName,
            Optional<String> familyName, Optional<String> displayName, Optional<String> locale,
            Map<String, List<String>> attributes, Optional<Instant> authTime, Optional<String> acr, List<String> amr,
            Optional<Instant> notOnOrAfter) {
        this(session, Optional.empty(), email, emailVerified, givenName, familyName, displayName, locale, attributes,
                authTime, acr, amr, notOnOrAfter);
    }
}
