package gatehouse.idp.portal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.sql.watch.MetadataRow;
import gatehouse.idp.sql.watch.MetadataRow.Accepted;
import gatehouse.idp.upstream.InvalidSettings;
import gatehouse.idp.upstream.MetadataImporter;
import gatehouse.idp.watch.Watch;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The identity provider as logins know it: of one whose metadata is followed, what was accepted of it last, and not
 * what it said when the setup read it.
 */
final class KnownProvider {

    private final Watch watch;
    private final MetadataImporter metadata;

    KnownProvider(PortalParts parts) {
        this.watch = parts.watch();
        this.metadata = parts.metadata();
    }

    /** Its addresses and keys, named as settings are. */
    ObjectNode of(PortalCall call, Setup setup) {
        return accepted(call, setup).flatMap(copy -> read(call, setup, copy)).orElseGet(() ->
                setup.progress().get("idp") instanceof ObjectNode read ? read : setup.connection().settings());
    }

    private Optional<Accepted> accepted(PortalCall call, Setup setup) {
        return setup.isConfigured() && setup.connection().type().equals(metadata.type())
                ? watch.certificates().known(setup.connection(), call.deadline()).row().flatMap(MetadataRow::accepted)
                : Optional.empty();
    }

    private Optional<ObjectNode> read(PortalCall call, Setup setup, Accepted copy) {
        var source = JsonNodeFactory.instance.objectNode()
                .put("metadata_xml", new String(copy.document(), StandardCharsets.UTF_8));
        Optional.ofNullable(setup.connection().settings().get("idp_entity_id"))
                .ifPresent(id -> source.set("idp_entity_id", id));
        try {
            return Optional.of(metadata.settings(source, call.deadline()));
        } catch (InvalidSettings outdated) {
            // A copy may have expired since; what the setup read of it is still worth showing.
            return Optional.empty();
        }
    }
}
