package gatehouse.idp.upstream.saml;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.SamlError;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Turns an identity provider's metadata, from a URL, a file or the clipboard, into settings of a connection. */
public final class MetadataImport {

    private final SamlWire wire;
    private final HttpCaller http;

    public MetadataImport(SamlWire wire, HttpCaller http) {
        this.wire = wire;
        this.http = http;
    }

    /**
     * The settings that the document says: {@code idp_entity_id}, {@code sso_url}, {@code sso_binding} and
     * {@code idp_certificates}, to be laid over those of a connection. No other setting is touched: an import cannot
     * loosen a check.
     *
     * @param entityId which identity provider, if the document describes several
     * @throws SamlError METADATA_INVALID, with a description for the administrator
     */
    public ObjectNode settings(byte[] xml, Optional<String> entityId) {
        var metadata = wire.metadata().read(xml, entityId);
        var settings = JsonNodeFactory.instance.objectNode();
        settings.put("idp_entity_id", metadata.entityId());
        settings.put("sso_url", metadata.ssoRedirect().or(metadata::ssoPost).orElseThrow().toString());
        settings.put("sso_binding", metadata.ssoRedirect().isPresent() ? "redirect" : "post");
        var certificates = settings.putArray("idp_certificates");
        metadata.signingCertificates().forEach(certificate -> certificates.add(Certificates.pem(certificate)));
        return settings;
    }

    /** As {@link #settings(byte[], Optional)}, fetched from {@code url}. @throws SamlError also METADATA_UNAVAILABLE */
    public ObjectNode settings(URI url, Optional<String> entityId, Deadline deadline) {
        return settings(body(url, deadline), entityId);
    }

    private byte[] body(URI url, Deadline deadline) {
        try {
            var answer = http.get(url, Map.of("accept", "application/samlmetadata+xml, application/xml, text/xml"),
                    deadline);
            if (answer.status() != 200) {
                throw new SamlError(SamlReason.METADATA_UNAVAILABLE,
                        "The address of the metadata answers with status " + answer.status() + '.');
            }
            return answer.body();
        } catch (OutboundRefused refused) {
            throw new SamlError(SamlReason.METADATA_UNAVAILABLE,
                    "The metadata cannot be fetched: " + refused.description());
        }
    }
}
