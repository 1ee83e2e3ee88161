package gatehouse.idp.admin.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.schema.Access;
import gatehouse.idp.schema.Described;
import gatehouse.idp.schema.FieldProblem;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.schema.ResourceSchema;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.Tables;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Downstream SAML service providers. */
public final class ServiceProviders implements Kind<ServiceProvider> {

    /** What is shown beside the service provider. */
    record Shown(
            @Described(value = "Names it in paths; made from entity_id.", access = Access.READ_ONLY)
            Optional<String> id) {}

    static final ResourceSchema SCHEMA =
            ResourceSchema.of("service_provider", defaults(), List.of(ServiceProvider.class, Shown.class));

    private static final String WEAK = "the key is too weak: RSA of at least 2048 bits or an elliptic curve is needed";

    private final Rows<ServiceProvider> rows;

    public ServiceProviders(Rows<ServiceProvider> rows) {
        this.rows = rows;
    }

    private static ObjectNode defaults() {
        var defaults = JsonNodeFactory.instance.objectNode().put("wants_authn_requests_signed", false);
        defaults.putArray("certificates");
        defaults.put("name_id_format", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent");
        defaults.putObject("attributes").put("email", "email").put("given_name", "given_name")
                .put("family_name", "family_name");
        return defaults.put("enabled", true);
    }

    @Override
    public String path() {
        return "service-providers";
    }

    @Override
    public Rows<ServiceProvider> rows() {
        return rows;
    }

    @Override
    public ResourceSchema schema() {
        return SCHEMA;
    }

    @Override
    public String idField() {
        return "entity_id";
    }

    @Override
    public Map<String, String> filters() {
        return Map.of("entity_id", "Only the one with this entityID.");
    }

    @Override
    public void complete(ObjectNode document, Optional<ServiceProvider> before) {
        document.remove("id");
    }

    @Override
    public void check(ServiceProvider value, Optional<ServiceProvider> before, Admin admin) {
        var problems = new ArrayList<FieldProblem>();
        var services = value.assertionConsumerServices();
        if (services.isEmpty()) {
            problems.add(FieldProblem.of("assertion_consumer_services", "must not be empty"));
        }
        for (int i = 0; i < services.size(); i++) {
            if (!isWeb(services.get(i))) {
                problems.add(new FieldProblem("/assertion_consumer_services/" + i, "must be an http or https URL"));
            }
        }
        if (value.wantsAuthnRequestsSigned() && value.certificates().isEmpty()) {
            problems.add(FieldProblem.of("certificates", "signed AuthnRequests need a certificate to verify them"));
        }
        checkKeys(value, problems);
        checkAddresses(value, problems);
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems);
        }
    }

    private static void checkKeys(ServiceProvider value, List<FieldProblem> problems) {
        for (int i = 0; i < value.certificates().size(); i++) {
            if (!isStrongEnough(value.certificates().get(i))) {
                problems.add(new FieldProblem("/certificates/" + i, WEAK));
            }
        }
        value.encryption().ifPresent(wanted -> {
            if (!(wanted.certificate().getPublicKey() instanceof RSAPublicKey)
                    || !isStrongEnough(wanted.certificate())) {
                problems.add(new FieldProblem("/encryption/certificate", "must have an RSA key of at least 2048 bits"));
            }
            if (wanted.content().filter(content -> content.endsWith("-cbc")).isPresent() && !value.signsResponse()) {
                problems.add(new FieldProblem("/encryption/content",
                        "needs a signature around it: set signed_parts to both or response"));
            }
        });
    }

    private static boolean isStrongEnough(X509Certificate certificate) {
        return switch (certificate.getPublicKey()) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= 2048;
            case ECPublicKey ec -> ec.getParams().getCurve().getField().getFieldSize() >= 256;
            default -> false;
        };
    }

    private static void checkAddresses(ServiceProvider value, List<FieldProblem> problems) {
        var at = value.logout();
        checkAddress("/single_logout/redirect_url", at.redirectUrl(), problems);
        checkAddress("/single_logout/post_url", at.postUrl(), problems);
        checkAddress("/single_logout/soap_url", at.soapUrl(), problems);
        checkAddress("/single_logout/response_url", at.responseUrl(), problems);
        checkAddress("/metadata_url", value.metadataUrl(), problems);
        if (at.responseUrl().isPresent() && !at.hasFrontChannel()) {
            problems.add(new FieldProblem("/single_logout/response_url", "needs a redirect_url or a post_url"));
        }
    }

    private static void checkAddress(String field, Optional<URI> address, List<FieldProblem> problems) {
        if (address.filter(uri -> !isWeb(uri.toString())).isPresent()) {
            problems.add(new FieldProblem(field, "must be an http or https URL"));
        }
    }

    private static boolean isWeb(String text) {
        try {
            var uri = new URI(text);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    @Override
    public ObjectNode shown(ServiceProvider value) {
        return Kind.super.shown(value).put("id", Tables.serviceProviderId(value.entityId()));
    }
}
