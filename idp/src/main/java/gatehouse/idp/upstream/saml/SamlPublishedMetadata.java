package gatehouse.idp.upstream.saml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.IdpMetadata;
import gatehouse.idp.samlwire.MetadataReader;
import gatehouse.idp.samlwire.SamlError;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.idp.upstream.metadata.Drift.Difference;
import gatehouse.idp.upstream.metadata.MetadataFacts;
import gatehouse.idp.upstream.metadata.MetadataRefused;
import gatehouse.idp.upstream.metadata.PublishedMetadata;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** SAML metadata (saml-metadata §2, §3) as connections use it. */
public final class SamlPublishedMetadata implements PublishedMetadata {

    private final SamlWire wire;

    public SamlPublishedMetadata(SamlWire wire) {
        this.wire = wire;
    }

    @Override
    public String type() {
        return "saml";
    }

    @Override
    public Optional<URI> address(ObjectNode settings) {
        var read = SamlConnectorType.read(settings);
        return read.isSelfContained() || read.metadataXml().isPresent() ? Optional.empty() : read.metadataUrl();
    }

    @Override
    public String terms(ObjectNode settings) {
        var read = SamlConnectorType.read(settings);
        var signers = new TreeSet<>(read.metadataFingerprints());
        read.metadataSigners().forEach(signer -> signers.add(Certificates.fingerprint(signer)));
        return read.metadataUrl().map(URI::toString).orElse("") + ' ' + read.idpEntityId().orElse("") + ' '
                + String.join(",", signers);
    }

    @Override
    public String accept() {
        return "application/samlmetadata+xml, application/xml, text/xml";
    }

    @Override
    public Candidate candidate(ObjectNode settings, byte[] fetched) {
        var read = SamlConnectorType.read(settings);
        var signers = wire.metadataSigners(read.metadataSigners(), read.metadataFingerprints());
        var entity = understood(() -> wire.metadata().entity(fetched, read.idpEntityId(), signers));
        return new Candidate(entity.xml(), entity.signed());
    }

    @Override
    public MetadataFacts facts(ObjectNode settings, byte[] document) {
        return understood(() -> facts(wire.metadata().describe(document, Optional.empty())));
    }

    @Override
    public void requireUsable(ObjectNode settings, byte[] document, Instant at) {
        understood(() -> MetadataReader.usable(wire.metadata().describe(document, Optional.empty()), at));
    }

    @Override
    public boolean isPinned(ObjectNode settings) {
        var read = SamlConnectorType.read(settings);
        return !read.metadataSigners().isEmpty() || !read.metadataFingerprints().isEmpty();
    }

    @Override
    public Optional<MetadataFacts> settled(ObjectNode settings) {
        var read = SamlConnectorType.read(settings);
        if (read.isSelfContained()) {
            var purpose = read.prefersPost() ? "sso post" : "sso redirect";
            return Optional.of(new MetadataFacts(read.idpEntityId().orElseThrow(),
                    new TreeMap<>(Map.of(purpose, read.ssoUrl().orElseThrow())), read.certificates(),
                    List.of(), false, Optional.empty(), Optional.empty()));
        }
        return read.metadataXml().map(xml -> understood(() -> facts(wire.metadata()
                .describe(xml.getBytes(StandardCharsets.UTF_8), read.idpEntityId()))));
    }

    @Override
    public List<Difference> loosened(ObjectNode before, ObjectNode after) {
        return SamlLoosening.between(SamlConnectorType.read(before), SamlConnectorType.read(after));
    }

    private static MetadataFacts facts(IdpMetadata metadata) {
        var endpoints = new TreeMap<String, URI>();
        metadata.ssoRedirect().ifPresent(location -> endpoints.put("sso redirect", location));
        metadata.ssoPost().ifPresent(location -> endpoints.put("sso post", location));
        metadata.logout().redirect().ifPresent(location -> endpoints.put("slo redirect", location));
        metadata.logout().post().ifPresent(location -> endpoints.put("slo post", location));
        metadata.logout().soap().ifPresent(location -> endpoints.put("slo soap", location));
        metadata.logout().response().ifPresent(location -> endpoints.put("slo response", location));
        return new MetadataFacts(metadata.entityId(), endpoints, metadata.signingCertificates(),
                metadata.nameIdFormats(), metadata.wantsAuthnRequestsSigned(), metadata.validUntil(),
                metadata.cacheDuration());
    }

    private static <T> T understood(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (SamlError refused) {
            throw new MetadataRefused(MetadataRefused.Cause.INVALID, refused.description());
        }
    }
}
