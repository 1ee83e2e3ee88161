package gatehouse.idp.tenancy;

import java.time.Instant;
import java.util.Optional;

/**
 * A browser that has exchanged a setup link: bound to the link's organization and intent, until it expires or the link
 * is revoked.
 *
 * @param link      the link it came from
 * @param expiresAt when it ends
 * @param language  language tag that was chosen on a page, if one was
 */
public record PortalSession(SetupLink link, Instant expiresAt, Optional<String> language) {}
