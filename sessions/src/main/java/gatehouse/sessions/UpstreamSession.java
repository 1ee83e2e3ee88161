package gatehouse.sessions;

import gatehouse.spi.ConnectionId;
import java.util.Optional;

/**
 * The session at the upstream identity provider that ours came from.
 *
 * @param connection the connection the user came through
 * @param subject    who the user is there, for good: the key of the account link
 * @param format     SAML NameID format, if SAML
 * @param index      SAML SessionIndex or OIDC {@code sid}, if the upstream gave one
 * @param name       SAML NameID of this sign-in, if SAML: what the upstream calls the user when either side signs out
 */
public record UpstreamSession(
        ConnectionId connection,
        String subject,
        Optional<String> format,
        Optional<String> index,
        Optional<Name> name) {

    /**
     * A NameID as it came (saml-core §2.2.3).
     *
     * @param value       the identifier; the subject, unless an attribute is that
     * @param qualifier   {@code NameQualifier}
     * @param spQualifier {@code SPNameQualifier}
     */
    public record Name(String value, Optional<String> qualifier, Optional<String> spQualifier) {}

    /** A session of a protocol that names people by their subject. */
    public UpstreamSession(
            ConnectionId connection, String subject, Optional<String> format, Optional<String> index) {
        this(connection, subject, format, index, Optional.empty());
    }

    /** What the upstream calls the user when the session ends. */
    public String named() {
        return name.map(Name::value).orElse(subject);
    }

    /** Whether the user is called otherwise than by the key of the account link. */
    public boolean isNamedApart() {
        return !named().equals(subject);
    }

    /** Whether the upstream may name this session without naming the user: OIDC may, SAML does not. */
    public boolean isNamedByIndexAlone() {
        return name.isEmpty() && index.isPresent();
    }
}
