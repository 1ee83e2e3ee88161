package gatehouse.idp.client;

import gatehouse.spi.ClientId;
import gatehouse.spi.Deadline;
import java.util.Optional;

/**
 * What the data plane reads of clients: bounded caches that load on a miss and forget on the configuration feed. A
 * cached client costs no SQL; an unknown id is remembered as unknown for a short time, so that guessing does not reach
 * SQL.
 */
public interface ClientCatalog {

    /** The client, enabled or not. */
    Optional<Client> client(String issuer, ClientId id, Deadline deadline);

    /** The SAML service provider, enabled or not. */
    Optional<ServiceProvider> serviceProvider(String issuer, String entityId, Deadline deadline);
}
