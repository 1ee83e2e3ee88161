package gatehouse.sessions;

import gatehouse.spi.ConnectionId;
import java.util.Optional;

/**
 * The session at the upstream identity provider that ours came from.
 *
 * @param connection the connection the user came through
 * @param subject    OIDC {@code sub} or SAML NameID
 * @param format     SAML NameID format, if SAML
 * @param index      SAML SessionIndex or OIDC {@code sid}, if the upstream gave one
 */
public record UpstreamSession(
        ConnectionId connection, String subject, Optional<String> format, Optional<String> index) {}
