package gatehouse.idp.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.InvalidSettings;
import gatehouse.idp.upstream.metadata.Drift;
import gatehouse.idp.upstream.metadata.Drift.Difference;
import gatehouse.idp.upstream.metadata.Drift.Difference.Kind;
import gatehouse.idp.upstream.metadata.MetadataFacts;
import gatehouse.idp.upstream.metadata.MetadataRefused;
import gatehouse.idp.upstream.metadata.PublishedMetadata;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What a change of a connection's settings does to what the connection trusts, as far as that is known: for the author
 * of the change to see and to accept.
 */
public final class SettingsDrift {

    private final MetadataRefresh refresh;
    private final CertificateWatch certificates;

    SettingsDrift(MetadataRefresh refresh, CertificateWatch certificates) {
        this.refresh = refresh;
        this.certificates = certificates;
    }

    /**
     * How {@code connection} with the settings {@code after} differs from itself as it is. Settings that cannot work are
     * somebody else's to refuse: of them there is nothing to compare.
     *
     * @param sql where the accepted metadata is read
     */
    public Drift between(Handle sql, Connection connection, ObjectNode after) {
        var protocol = refresh.protocol(connection);
        if (protocol.isEmpty() || connection.settings().equals(after)) {
            return new Drift(List.of());
        }
        try {
            return between(protocol.get(), certificates.known(connection, sql).facts(), connection.settings(), after);
        } catch (MetadataRefused | InvalidSettings unreadable) {
            return new Drift(List.of());
        }
    }

    private static Drift between(
            PublishedMetadata protocol, Optional<MetadataFacts> known, ObjectNode before, ObjectNode after) {
        var found = new ArrayList<>(followed(protocol, known.isPresent(), before, after));
        found.addAll(protocol.loosened(before, after));
        var told = protocol.address(after).isEmpty() ? protocol.settled(after) : Optional.<MetadataFacts>empty();
        var facts = known.isPresent() && told.isPresent()
                ? Drift.between(known.get(), told.get(), false) : new Drift(List.of());
        return facts.and(found);
    }

    /** What becomes of the address that is followed: what is at another one will be the first that is accepted. */
    private static List<Difference> followed(
            PublishedMetadata protocol, boolean known, ObjectNode before, ObjectNode after) {
        var was = protocol.address(before);
        var is = protocol.address(after);
        if (was.equals(is) || was.isEmpty() && !known) {
            return List.of();
        }
        return List.of(new Difference(is.isEmpty() ? Kind.PUBLISHED_METADATA_DROPPED : Kind.METADATA_ADDRESS_CHANGED,
                was.map(URI::toString).orElse(""), is.map(URI::toString).orElse("")));
    }
}
