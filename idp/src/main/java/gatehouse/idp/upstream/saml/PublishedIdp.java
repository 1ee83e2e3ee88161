package gatehouse.idp.upstream.saml;

import gatehouse.idp.samlwire.MetadataReader;
import gatehouse.idp.samlwire.SamlError;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.metadata.AcceptedMetadata;
import gatehouse.idp.upstream.metadata.MetadataRefused;
import gatehouse.spi.Deadline;
import java.util.Optional;

/**
 * An identity provider known from the metadata that it publishes: the accepted copy, read once for each. A login waits
 * for a fetch only if nothing was ever accepted, or if the provider signed with a key that the copy does not have.
 */
final class PublishedIdp implements IdpSource {

    private final Connection connection;
    private final Optional<String> entityId;
    private final AcceptedMetadata published;
    private final SamlWire wire;
    private volatile Optional<Read> read = Optional.empty();

    /** A copy and what it says. */
    private record Read(AcceptedMetadata.Copy copy, TrustedIdp idp) {}

    PublishedIdp(Connection connection, SamlConnection settings, AcceptedMetadata published, SamlWire wire) {
        this.connection = connection;
        this.entityId = settings.idpEntityId();
        this.published = published;
        this.wire = wire;
    }

    @Override
    public TrustedIdp current(Deadline deadline) {
        try {
            return read(published.current(connection, deadline)).idp();
        } catch (MetadataRefused refused) {
            throw error(refused);
        }
    }

    @Override
    public TrustedIdp afterUnknownKey(TrustedIdp known, Deadline deadline) {
        try {
            var copy = read.orElseThrow().copy();
            return read(published.renewed(connection, copy, deadline)).idp();
        } catch (MetadataRefused unavailable) {
            return known;
        }
    }

    /** What {@code copy} says, read as it was when it was accepted: a certificate's end is no end of a login. */
    private Read read(AcceptedMetadata.Copy copy) {
        var known = read.filter(one -> one.copy().digest().equals(copy.digest()));
        if (known.isPresent()) {
            return known.get();
        }
        var described = wire.metadata().describe(copy.document(), entityId);
        var fresh = new Read(copy, TrustedIdp.of(MetadataReader.usable(described, copy.acceptedAt()), wire));
        read = Optional.of(fresh);
        return fresh;
    }

    private static SamlError error(MetadataRefused refused) {
        var reason = switch (refused.why()) {
            case UNAVAILABLE -> SamlReason.METADATA_UNAVAILABLE;
            case INVALID, EXPIRED -> SamlReason.METADATA_INVALID;
        };
        return new SamlError(reason, refused.description());
    }
}
