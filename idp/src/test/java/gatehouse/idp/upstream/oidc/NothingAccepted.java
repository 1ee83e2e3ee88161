package gatehouse.idp.upstream.oidc;

import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.metadata.AcceptedMetadata;
import gatehouse.idp.upstream.metadata.MetadataRefused;
import gatehouse.spi.Deadline;

/** No copy of any document was ever accepted: connectors ask the provider themselves. */
public final class NothingAccepted implements AcceptedMetadata {

    @Override
    public Copy current(Connection connection, Deadline deadline) {
        throw new MetadataRefused(MetadataRefused.Cause.UNAVAILABLE, "nothing was accepted");
    }

    @Override
    public Copy renewed(Connection connection, Copy known, Deadline deadline) {
        return known;
    }
}
