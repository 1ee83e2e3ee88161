package gatehouse.idp.upstream.saml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.samlwire.SamlError;
import gatehouse.idp.upstream.InvalidSettings;
import gatehouse.idp.upstream.MetadataImporter;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Metadata of SAML identity providers, as administrators bring it: an address, a file or the clipboard. */
public final class SamlMetadataImporter implements MetadataImporter {

    private final MetadataImport imports;

    public SamlMetadataImporter(MetadataImport imports) {
        this.imports = imports;
    }

    @Override
    public String type() {
        return "saml";
    }

    @Override
    public ObjectNode settings(ObjectNode source, Deadline deadline) {
        var url = text(source, "metadata_url");
        var xml = text(source, "metadata_xml");
        var entityId = text(source, "idp_entity_id");
        if (url.isPresent() == xml.isPresent()) {
            throw new InvalidSettings("metadata_url", "give either metadata_url or metadata_xml");
        }
        try {
            var settings = url.isPresent()
                    ? imports.settings(address(url.get()), entityId, deadline)
                    : imports.settings(xml.orElseThrow().getBytes(StandardCharsets.UTF_8), entityId);
            // What is imported stands for itself: beside it, another source of the same would never be looked at.
            List.of("metadata_url", "metadata_xml", "metadata_signing_certificates", "metadata_signing_fingerprints")
                    .forEach(settings::putNull);
            return settings;
        } catch (SamlError invalid) {
            throw new InvalidSettings(url.isPresent() ? "metadata_url" : "metadata_xml", invalid.description());
        }
    }

    private static URI address(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException malformed) {
            throw new InvalidSettings("metadata_url", "must be a URL");
        }
    }

    private static Optional<String> text(ObjectNode source, String name) {
        return Optional.ofNullable(source.get(name)).filter(value -> value.isTextual() && !value.asText().isBlank())
                .map(value -> value.asText());
    }
}
