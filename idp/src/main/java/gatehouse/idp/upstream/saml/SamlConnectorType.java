package gatehouse.idp.upstream.saml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.Compared;
import gatehouse.idp.http.Form;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.keys.SamlKeys;
import gatehouse.idp.samlwire.MetadataReader;
import gatehouse.idp.samlwire.MaskedMessage;
import gatehouse.idp.samlwire.PostBinding;
import gatehouse.idp.samlwire.SamlError;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.ConnectorType;
import gatehouse.idp.upstream.InvalidSettings;
import gatehouse.idp.upstream.metadata.AcceptedMetadata;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.xray.Message;
import gatehouse.idp.upstream.xray.Outline;
import gatehouse.idp.upstream.xray.Trace;
import gatehouse.sessions.ReplayCache;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** SAML 2.0 as an upstream protocol: {@code saml}. */
public final class SamlConnectorType implements ConnectorType {

    private final SamlConnector.Tools tools;
    private final MetadataImport imports;
    private final AcceptedMetadata published;

    /** @param published metadata that connections with {@code metadata_url} use */
    public SamlConnectorType(
            SamlWire wire, SamlKeys keys, ReplayCache replays, HttpCaller http, InstantSource time,
            AcceptedMetadata published) {
        this.tools = new SamlConnector.Tools(wire, keys, replays, time);
        this.imports = new MetadataImport(wire, http);
        this.published = published;
    }

    @Override
    public String name() {
        return "saml";
    }

    @Override
    public Class<? extends Record> settingsType() {
        return SamlConnection.class;
    }

    @Override
    public Set<String> secretSettings() {
        return Set.of(); // all of it is public: we sign and decrypt with keys of the issuer
    }

    /** Turns metadata into settings. */
    public MetadataImport metadataImport() {
        return imports;
    }

    @Override
    public void validate(ObjectNode settings) {
        var given = read(settings);
        SamlConnectionRules.requireSensible(given, tools.time().instant());
        fixedSource(given, tools.time().instant());
    }

    @Override
    public List<String> warnings(ObjectNode settings) {
        return SamlConnectionRules.warnings(read(settings), tools.time().instant());
    }

    @Override
    public Connector open(Connection connection, Issuer issuer) {
        var settings = read(connection.settings());
        return new SamlConnector(connection, issuer, settings, source(connection, settings), tools);
    }

    @Override
    public Optional<Outline> outline(Connection connection, Message message) {
        var xml = PostBinding.decode(Form.parse(new String(message.body(), StandardCharsets.UTF_8)), "SAMLResponse");
        var masked = tools.wire().masked(xml, Outline.LENGTH_MAX);
        var settings = read(connection.settings());
        var known = settings.certificates().stream().map(MaskedMessage::fingerprint).toList();
        return Optional.of(new Outline(masked.text(), new Compared(
                known.isEmpty() ? settings.metadataUrl().map(URI::toString) : Optional.of(String.join(", ", known)),
                masked.certificate())));
    }

    @Override
    public UpstreamIdentity judge(
            Connection draft, Issuer issuer, Message message, Instant at, Trace trace, Deadline deadline) {
        var settings = read(draft.settings());
        return SamlReplay.judge(new SamlConnector(draft, issuer, settings, source(draft, settings),
                SamlReplay.tools(tools, at)), issuer, message, trace, deadline);
    }

    private IdpSource source(Connection connection, SamlConnection settings) {
        // What was good when it was pasted stays good: the end of a certificate or document is warned of, not enforced.
        return fixedSource(settings, Instant.EPOCH)
                .orElseGet(() -> new PublishedIdp(connection, settings, published, tools.wire()));
    }

    /** The provider, if the settings say it all. @param at when the metadata in them has to be valid */
    private Optional<IdpSource> fixedSource(SamlConnection settings, Instant at) {
        if (settings.isSelfContained()) {
            return Optional.of(IdpSource.fixed(TrustedIdp.of(settings, tools.wire())));
        }
        if (settings.metadataXml().isPresent()) {
            try {
                var described = tools.wire().metadata().describe(
                        settings.metadataXml().get().getBytes(StandardCharsets.UTF_8), settings.idpEntityId());
                return Optional.of(IdpSource.fixed(TrustedIdp.of(
                        MetadataReader.usable(described, at), tools.wire())));
            } catch (SamlError refused) {
                throw new InvalidSettings("metadata_xml", refused.description());
            }
        }
        return Optional.empty();
    }

    /** The settings, read. @throws InvalidSettings naming what is wrong */
    static SamlConnection read(ObjectNode settings) {
        try {
            return RecordJson.MAPPER.treeToValue(settings, SamlConnection.class);
        } catch (UnrecognizedPropertyException unknown) {
            throw new InvalidSettings(unknown.getPropertyName(), "is not a setting of a SAML connection");
        } catch (JsonMappingException malformed) {
            if (malformed.getCause() instanceof InvalidSettings invalid) {
                throw invalid;
            }
            var path = malformed.getPath();
            throw new InvalidSettings(path.isEmpty() || path.getFirst().getFieldName() == null
                    ? "settings" : path.getFirst().getFieldName(), "has a value of the wrong kind");
        } catch (JsonProcessingException malformed) {
            throw new InvalidSettings("settings", "cannot be read");
        }
    }
}
