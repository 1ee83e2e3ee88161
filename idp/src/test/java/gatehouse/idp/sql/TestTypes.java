package gatehouse.idp.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.Compared;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.ConnectorType;
import gatehouse.idp.upstream.InvalidSettings;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.UpstreamRefusal.Fault;
import gatehouse.idp.upstream.xray.Check;
import gatehouse.idp.upstream.xray.Diagnosis;
import gatehouse.idp.upstream.xray.Message;
import gatehouse.idp.upstream.xray.Trace;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.time.Instant;
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

    /** Refuses every message for its audience. */
    @Override
    public UpstreamIdentity judge(
            Connection draft, Issuer issuer, Message message, Instant at, Trace trace, Deadline deadline) {
        trace.passed(Check.SIGNATURE);
        throw new UpstreamRefusal(SamlReason.AUDIENCE_MISMATCH, Diagnosis.SAML_AUD_01, Fault.CONFIGURATION, "No.",
                Optional.of(Compared.of("https://ours", "spn:theirs")));
    }

    @Override
    public Connector open(Connection connection, Issuer issuer) {
        throw new IllegalStateException("the control plane opens no connection");
    }
}
