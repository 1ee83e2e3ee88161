package gatehouse.idp.upstream.oidc;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.keys.ClientKeys;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.ConnectorType;
import gatehouse.idp.upstream.InvalidSettings;
import gatehouse.idp.upstream.metadata.AcceptedMetadata;
import gatehouse.sessions.FlowStore;
import gatehouse.sessions.ReplayCache;
import gatehouse.spi.Issuer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executor;

/** OpenID Connect as an upstream protocol: {@code oidc}. */
public final class OidcConnectorType implements ConnectorType {

    /** What is absent the record fills in, or misses, itself. */
    private static final ObjectReader SETTINGS = RecordJson.MAPPER.readerFor(OidcConnection.class)
            .without(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    private final OidcConnector.Tools tools;

    /**
     * What is remembered between requests.
     *
     * @param flows   keeps ID tokens for signing out, sealed
     * @param replays remembers logout tokens
     * @param published discovery documents as they were accepted
     */
    public record Memory(FlowStore flows, ReplayCache replays, AcceptedMetadata published) {}

    /**
     * @param background runs fetches of metadata and keys, which nobody may cut short; a virtual thread per task will
     * do
     */
    public OidcConnectorType(
            HttpCaller http, ClientKeys keys, Memory memory, InstantSource time, Executor background) {
        this.tools = new OidcConnector.Tools(http, keys, memory, time, background);
    }

    @Override
    public String name() {
        return "oidc";
    }

    @Override
    public Class<? extends Record> settingsType() {
        return OidcConnection.class;
    }

    @Override
    public Set<String> secretSettings() {
        return Set.of("client_secret");
    }

    @Override
    public void validate(ObjectNode settings) {
        read(settings);
    }

    @Override
    public Connector open(Connection connection, Issuer issuer) {
        return new OidcConnector(connection, read(connection.settings()), issuer, tools);
    }

    /**
     * The settings of a connection.
     *
     * @throws InvalidSettings naming the first one that does not fit
     */
    static OidcConnection read(ObjectNode settings) {
        try {
            return SETTINGS.readValue(settings);
        } catch (UnrecognizedPropertyException unknown) {
            throw new InvalidSettings(unknown.getPropertyName(), "is not a setting of an OpenID Connect connection");
        } catch (JsonMappingException malformed) {
            if (malformed.getCause() instanceof InvalidSettings invalid) {
                throw invalid;
            }
            var path = malformed.getPath();
            throw new InvalidSettings(path.isEmpty() || path.getFirst().getFieldName() == null
                    ? "settings" : path.getFirst().getFieldName(), "has a value of the wrong kind");
        } catch (IOException malformed) {
            throw new InvalidSettings("settings", "cannot be read");
        }
    }
}
