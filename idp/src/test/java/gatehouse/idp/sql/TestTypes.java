package gatehouse.idp.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.ConnectorType;
import gatehouse.idp.upstream.InvalidSettings;
import gatehouse.spi.Issuer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Connection types that judge settings and open nothing. */
public record TestTypes(String name, Class<? extends Record> settingsType, Set<String> secretSettings, String required)
        implements ConnectorType {

    /** What an OpenID connection is set up with. */
    public record Oidc(
            Optional<String> issuer,
            Optional<String> clientId,
            Optional<String> clientSecret,
            Optional<String> tokenEndpointAuthMethod,
            List<String> scopes) {}

    /** What a SAML connection is set up with. */
    public record Saml(
            Optional<String> idpEntityId,
            Optional<String> ssoUrl,
            List<String> idpCertificates,
            Optional<String> metadataUrl,
            Optional<String> metadataXml,
            boolean allowsIdpInitiated) {}

    /** Both. */
    public static List<ConnectorType> all() {
        return List.of(
                new TestTypes("oidc", Oidc.class, Set.of("client_secret"), "issuer"),
                new TestTypes("saml", Saml.class, Set.of(), ""));
    }

    /** Names of the secret settings of {@code type}. */
    public static Set<String> secretsOf(String type) {
        return type.equals("oidc") ? Set.of("client_secret") : Set.of();
    }

    @Override
    public void validate(ObjectNode settings) {
        if (!required.isEmpty() && !settings.has(required)) {
            throw new InvalidSettings(required, "is required");
        }
    }

    @Override
    public Connector open(Connection connection, Issuer issuer) {
        throw new IllegalStateException("the control plane opens no connection");
    }
}
