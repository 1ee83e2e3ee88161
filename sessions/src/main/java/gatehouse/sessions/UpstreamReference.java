package gatehouse.sessions;

import gatehouse.spi.ConnectionId;
import java.util.Optional;

/**
 * What an upstream identity provider calls the sessions that it wants ended. At least one of the two is present; where
 * both are, a session must have both.
 *
 * @param issuer     name of the issuer of ours that the connection belongs to
 * @param connection the connection that the provider speaks for: it can name no session of another one
 * @param name       OIDC {@code sub} or SAML NameID
 * @param index      OIDC {@code sid} or SAML SessionIndex
 */
public record UpstreamReference(
        String issuer, ConnectionId connection, Optional<String> name, Optional<String> index) {

    public UpstreamReference {
        if (name.isEmpty() && index.isEmpty()) {
            throw new IllegalArgumentException("a reference names somebody or a session");
        }
    }

    /** Whether {@code authentication} came from what is meant. */
    public boolean means(Authentication authentication) {
        return authentication.issuer().equals(issuer) && authentication.upstream()
                .filter(came -> came.connection().equals(connection))
                .filter(came -> name.map(came.named()::equals).orElse(true))
                .filter(came -> index.isEmpty() || came.index().equals(index))
                .isPresent();
    }
}
