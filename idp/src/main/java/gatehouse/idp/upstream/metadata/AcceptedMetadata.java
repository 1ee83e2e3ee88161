package gatehouse.idp.upstream.metadata;

import gatehouse.idp.tenancy.Connection;
import gatehouse.spi.Deadline;
import java.time.Instant;

/**
 * Published metadata as it was last accepted. Kept beyond a restart, so that an identity provider whose site is down
 * goes on being usable; renewed behind the logins, which wait for a fetch only where there has never been one.
 */
public interface AcceptedMetadata {

    /**
     * A document that was accepted.
     *
     * @param document   its octets; not to be changed
     * @param digest     names them
     * @param acceptedAt when it was accepted
     */
    record Copy(byte[] document, String digest, Instant acceptedAt) {}

    /**
     * The accepted copy for {@code connection}; fetched now if there is none yet.
     *
     * @throws MetadataRefused if there is none and none can be had
     */
    Copy current(Connection connection, Deadline deadline);

    /**
     * The accepted copy after the provider was asked again because {@code known} lacks something; {@code known} itself
     * if it was asked a moment ago, cannot be reached, or wants a change that an administrator has to accept.
     */
    Copy renewed(Connection connection, Copy known, Deadline deadline);
}
