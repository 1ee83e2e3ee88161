package gatehouse.idp.samlidp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.NameIdFormat;
import gatehouse.idp.samlwire.SamlError;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.idp.samlwire.SpMetadata;
import gatehouse.idp.upstream.InvalidSettings;
import gatehouse.idp.upstream.MetadataImporter;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Metadata of service providers, as administrators bring it: an address, a file or the clipboard. What it says of keys
 * and addresses is taken over; no import switches a check off, and none releases an attribute.
 */
public final class ServiceProviderImporter implements MetadataImporter {

    private final SamlWire wire;
    private final HttpCaller http;

    public ServiceProviderImporter(SamlWire wire, HttpCaller http) {
        this.wire = wire;
        this.http = http;
    }

    @Override
    public String type() {
        return "service_provider";
    }

    @Override
    public ObjectNode settings(ObjectNode source, Deadline deadline) {
        var url = text(source, "metadata_url");
        var xml = text(source, "metadata_xml");
        var entityId = text(source, "idp_entity_id").or(() -> text(source, "entity_id"));
        if (url.isPresent() == xml.isPresent()) {
            throw new InvalidSettings("metadata_url", "give either metadata_url or metadata_xml");
        }
        try {
            var document = url.isPresent() ? fetched(url.get(), deadline)
                    : xml.orElseThrow().getBytes(StandardCharsets.UTF_8);
            var settings = settings(wire.spMetadata().read(document, entityId));
            url.ifPresent(at -> settings.put("metadata_url", at));
            return settings;
        } catch (SamlError invalid) {
            throw new InvalidSettings(url.isPresent() ? "metadata_url" : "metadata_xml", invalid.description());
        }
    }

    private byte[] fetched(String url, Deadline deadline) {
        try {
            var answer = http.get(URI.create(url),
                    Map.of("accept", "application/samlmetadata+xml, application/xml, text/xml"), deadline);
            if (answer.status() != 200) {
                throw new InvalidSettings("metadata_url", "answers with status " + answer.status());
            }
            return answer.body();
        } catch (IllegalArgumentException malformed) {
            throw new InvalidSettings("metadata_url", "must be a URL");
        } catch (OutboundRefused refused) {
            throw new InvalidSettings("metadata_url", refused.description());
        }
    }

    private static ObjectNode settings(SpMetadata metadata) {
        var settings = JsonNodeFactory.instance.objectNode().put("entity_id", metadata.entityId());
        var services = settings.putArray("assertion_consumer_services");
        metadata.assertionConsumerServices().forEach(uri -> services.add(uri.toString()));
        if (!metadata.signingCertificates().isEmpty()) {
            var certificates = settings.putArray("certificates");
            metadata.signingCertificates().stream().limit(10)
                    .forEach(certificate -> certificates.add(Certificates.pem(certificate)));
            if (metadata.signsAuthnRequests()) {
                settings.put("wants_authn_requests_signed", true);
            }
        }
        metadata.encryption().ifPresent(choice -> settings.putObject("encryption")
                .put("certificate", Certificates.pem(choice.certificate())).put("content", choice.content().word()));
        var at = metadata.logout();
        if (at.hasFrontChannel() || at.soap().isPresent()) {
            var logout = settings.putObject("single_logout");
            at.redirect().ifPresent(uri -> logout.put("redirect_url", uri.toString()));
            at.post().ifPresent(uri -> logout.put("post_url", uri.toString()));
            at.soap().ifPresent(uri -> logout.put("soap_url", uri.toString()));
            at.response().filter(_ -> at.hasFrontChannel())
                    .ifPresent(uri -> logout.put("response_url", uri.toString()));
        }
        metadata.nameIdFormats().stream().flatMap(urn -> NameIdFormat.of(urn).stream())
                .filter(format -> format == NameIdFormat.PERSISTENT || format == NameIdFormat.TRANSIENT).findFirst()
                .ifPresent(format -> settings.put("name_id_format", format.urn()));
        return settings;
    }

    private static Optional<String> text(ObjectNode source, String name) {
        return Optional.ofNullable(source.get(name)).filter(value -> value.isTextual() && !value.asText().isBlank())
                .map(value -> value.asText());
    }
}
