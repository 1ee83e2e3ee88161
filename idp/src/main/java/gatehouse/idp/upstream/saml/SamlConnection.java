package gatehouse.idp.upstream.saml;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.NameIdFormat;
import gatehouse.idp.samlwire.SignaturePolicy;
import gatehouse.idp.upstream.InvalidSettings;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How an organization's SAML identity provider signs its people in. What is known of the provider comes from one of
 * three places: the settings {@code idp_entity_id}, {@code sso_url} and {@code idp_certificates} themselves; its
 * metadata as text; or its metadata at a URL, fetched when first needed and kept fresh.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SamlConnection(
        @JsonPropertyDescription("entityID of the identity provider: the issuer of its responses. With metadata of"
                + " several providers it says which one is meant.")
        Optional<String> idpEntityId,
        @JsonPropertyDescription("Where requests go.")
        Optional<URI> ssoUrl,
        @JsonPropertyDescription("How requests get there: redirect or post. Default: redirect, if the provider takes it.")
        Optional<SsoBinding> ssoBinding,
        @JsonPropertyDescription("Certificates that the provider signs with, in PEM: the current one, and the next.")
        List<String> idpCertificates,
        @JsonPropertyDescription("Where the provider publishes its metadata.")
        Optional<URI> metadataUrl,
        @JsonPropertyDescription("The provider's metadata as text.")
        Optional<String> metadataXml,
        @JsonPropertyDescription("Whether requests are signed. Default: true. Always so if the provider's metadata asks.")
        Optional<Boolean> signAuthnRequests,
        @JsonPropertyDescription("Whether an assertion that is not encrypted is refused. Default: false.")
        boolean wantAssertionsEncrypted,
        @JsonPropertyDescription("Whether a response that nobody asked for is accepted. Default: false.")
        boolean allowsIdpInitiated,
        @JsonPropertyDescription("NameID format to ask for, as a URN. Default: the provider decides.")
        Optional<String> nameIdFormat,
        @JsonPropertyDescription("Attribute that names a person for good, for providers whose NameID changes with every"
                + " sign-in. Default: the NameID.")
        Optional<String> subjectAttribute,
        @JsonPropertyDescription("Which attributes fill a person's profile. Default: the usual names of the usual"
                + " providers.")
        Optional<AttributeMapping> attributeMapping,
        @JsonPropertyDescription("Authentication context classes to ask for. A response that names another is refused"
                + " when the comparison is exact.")
        List<String> requestedAuthnContext,
        @JsonPropertyDescription("exact, minimum, better or maximum. Default: exact.")
        Optional<String> requestedAuthnContextComparison,
        @JsonPropertyDescription("Whether the address that was typed here is sent along (Subject of the request). Some"
                + " providers refuse such requests. Default: false.")
        boolean sendLoginHint,
        @JsonPropertyDescription("Seconds by which the provider's clock may differ, 0 to 180. Default: 60.")
        Optional<Integer> clockSkewSeconds) {

    /** How a request gets to the provider. */
    public enum SsoBinding {
        @JsonProperty("redirect") REDIRECT,
        @JsonProperty("post") POST
    }

    private static final int METADATA_XML_LENGTH_MAX = 1024 * 1024;

    public SamlConnection {
        idpCertificates = idpCertificates == null ? List.of() : List.copyOf(idpCertificates);
        requestedAuthnContext = requestedAuthnContext == null ? List.of() : List.copyOf(requestedAuthnContext);
        require(idpEntityId.map(id -> !id.isBlank() && id.length() <= 1024).orElse(true),
                "idp_entity_id", "must have 1 to 1024 characters");
        requireWebAddress(ssoUrl, "sso_url");
        requireWebAddress(metadataUrl, "metadata_url");
        require(metadataXml.map(xml -> xml.length() <= METADATA_XML_LENGTH_MAX).orElse(true),
                "metadata_xml", "must have at most " + METADATA_XML_LENGTH_MAX + " characters");
        require(idpCertificates.size() <= SignaturePolicy.CERTIFICATES_MAX,
                "idp_certificates", "must be at most " + SignaturePolicy.CERTIFICATES_MAX);
        idpCertificates.forEach(SamlConnection::certificate);
        require(nameIdFormat.map(urn -> urn.startsWith("urn:") && urn.length() <= 256).orElse(true),
                "name_id_format", "must be a URN such as " + NameIdFormat.PERSISTENT.urn());
        require(!nameIdFormat.equals(Optional.of(NameIdFormat.TRANSIENT.urn())) || subjectAttribute.isPresent(),
                "name_id_format", "a transient NameID names nobody for good: set subject_attribute as well");
        require(requestedAuthnContext.size() <= 16, "requested_authn_context", "must be at most 16");
        require(requestedAuthnContextComparison.map(List.of("exact", "minimum", "better", "maximum")::contains)
                .orElse(true), "requested_authn_context_comparison", "must be exact, minimum, better or maximum");
        require(clockSkewSeconds.map(seconds -> seconds >= 0 && seconds <= 180).orElse(true),
                "clock_skew_seconds", "must be 0 to 180");
        requireProvider(idpEntityId, ssoUrl, idpCertificates, metadataUrl.isPresent() || metadataXml.isPresent());
    }

    /**
     * Either all that is needed is set, or metadata says it; a connection that could verify nothing is not a
     * connection.
     */
    private static void requireProvider(
            Optional<String> entityId, Optional<URI> ssoUrl, List<String> certificates, boolean hasMetadata) {
        if (hasMetadata && ssoUrl.isEmpty() && certificates.isEmpty()) {
            return;
        }
        var hint = " (or give metadata_url or metadata_xml alone)";
        require(entityId.isPresent(), "idp_entity_id", "is needed" + hint);
        require(ssoUrl.isPresent(), "sso_url", "is needed" + hint);
        require(!certificates.isEmpty(), "idp_certificates",
                "at least one certificate is needed to verify responses with" + hint);
    }

    private static X509Certificate certificate(String text) {
        var certificate = Certificates.ofText(text).orElseThrow(() ->
                new InvalidSettings("idp_certificates", "is not a certificate in PEM"));
        require(SignaturePolicy.isStrongEnough(certificate), "idp_certificates",
                "the key is too weak: RSA of at least 2048 bits or an elliptic curve is needed");
        return certificate;
    }

    private static void requireWebAddress(Optional<URI> uri, String setting) {
        require(uri.map(u -> u.getHost() != null && u.getFragment() == null && u.getUserInfo() == null
                        && ("https".equals(u.getScheme()) || "http".equals(u.getScheme()))
                        && u.toString().length() <= 2048).orElse(true),
                setting, "must be an https or http address");
    }

    private static void require(boolean holds, String setting, String problem) {
        if (!holds) {
            throw new InvalidSettings(setting, problem);
        }
    }

    /** Whether the provider is described by these settings alone; if not, its metadata does. */
    boolean isSelfContained() {
        return !idpCertificates.isEmpty();
    }

    /** The certificates, read. */
    List<X509Certificate> certificates() {
        return idpCertificates.stream().map(SamlConnection::certificate).toList();
    }

    /** Whether requests are signed even if the provider does not ask for it. */
    boolean signsAuthnRequests() {
        return signAuthnRequests.orElse(true);
    }

    AttributeMapping mapping() {
        return attributeMapping.orElse(AttributeMapping.USUAL);
    }

    String comparison() {
        return requestedAuthnContextComparison.orElse("exact");
    }

    Duration clockSkew() {
        return Duration.ofSeconds(clockSkewSeconds.orElse(60));
    }
}
