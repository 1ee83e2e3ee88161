package gatehouse.idp.upstream.saml;

import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.NameIdFormat;
import gatehouse.idp.samlwire.SignaturePolicy;
import gatehouse.idp.schema.Described;
import gatehouse.idp.upstream.InvalidSettings;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How an organization's SAML identity provider signs its people in. What is known of the provider comes from one of
 * three places: the settings {@code idp_entity_id}, {@code sso_url} and {@code idp_certificates} themselves; its
 * metadata as text; or its metadata at a URL, fetched when first needed and kept fresh.
 */
public record SamlConnection(
        @Described(value = "entityID of the identity provider: the issuer of its responses. With metadata of several"
                + " providers it says which one is meant.", min = 1, max = 1024)
        Optional<String> idpEntityId,
        @Described(value = "Where requests go.", max = 2048, format = "uri") Optional<URI> ssoUrl,
        @Described(value = "How requests get there. Default: redirect, if the provider takes it.",
                oneOf = {"redirect", "post"})
        Optional<String> ssoBinding,
        @Described(value = "Certificates that the provider signs with, in PEM: the current one, and the next.", min = 1,
                max = 16_384, entriesMax = SignaturePolicy.CERTIFICATES_MAX)
        Optional<List<String>> idpCertificates,
        @Described(value = "Where the provider publishes its metadata.", max = 2048, format = "uri")
        Optional<URI> metadataUrl,
        @Described(value = "The provider's metadata as text.", min = 1, max = METADATA_XML_LENGTH_MAX)
        Optional<String> metadataXml,
        @Described("Whether requests are signed. Default: true. Always so if the provider's metadata asks for it.")
        Optional<Boolean> signAuthnRequests,
        @Described("Whether an assertion that is not encrypted is refused. Default: false.")
        Optional<Boolean> wantAssertionsEncrypted,
        @Described("Whether a response that nobody asked for is accepted. Default: false.")
        Optional<Boolean> allowsIdpInitiated,
        @Described(value = "NameID format to ask for, as a URN. Default: the provider decides.", min = 5, max = 256)
        Optional<String> nameIdFormat,
        @Described(value = "Attribute that names a person for good, for providers whose NameID changes with every"
                + " sign-in. Default: the NameID.", min = 1, max = 512)
        Optional<String> subjectAttribute,
        @Described("Which attributes fill a person's profile. Default: the usual names of the usual providers.")
        Optional<AttributeMapping> attributeMapping,
        @Described(value = "Authentication context classes to ask for. A response that names another is refused when"
                + " the comparison is exact.", min = 1, max = 256, entriesMax = CONTEXTS_MAX)
        Optional<List<String>> requestedAuthnContext,
        @Described(value = "How the classes are meant. Default: exact.",
                oneOf = {"exact", "minimum", "better", "maximum"})
        Optional<String> requestedAuthnContextComparison,
        @Described("Whether the address that was typed here is sent along (Subject of the request). Some providers"
                + " refuse such requests. Default: false.")
        Optional<Boolean> sendLoginHint,
        @Described(value = "Seconds by which the provider's clock may differ. Default: 60.", max = 180)
        Optional<Integer> clockSkewSeconds,
        @Described(value = "Certificates (PEM) one of which has to have signed the metadata at metadata_url. Unsigned or"
                + " otherwise signed metadata is then refused, and its signer may replace all keys.", min = 1,
                max = 16_384, entriesMax = SignaturePolicy.CERTIFICATES_MAX)
        Optional<List<String>> metadataSigningCertificates,
        @Described(value = "As metadata_signing_certificates, by SHA-256 fingerprint of a certificate that the metadata's"
                + " signature carries: 64 hexadecimal digits, colons allowed.", min = 64, max = 95,
                entriesMax = SignaturePolicy.CERTIFICATES_MAX)
        Optional<List<String>> metadataSigningFingerprints) {

    private static final int METADATA_XML_LENGTH_MAX = 1024 * 1024;
    private static final int CONTEXTS_MAX = 16;

    public SamlConnection {
        idpCertificates = idpCertificates.map(List::copyOf);
        requestedAuthnContext = requestedAuthnContext.map(List::copyOf);
        var certificates = idpCertificates.orElse(List.of());
        require(idpEntityId.map(id -> !id.isBlank() && id.length() <= 1024).orElse(true),
                "idp_entity_id", "must have 1 to 1024 characters");
        requireWebAddress(ssoUrl, "sso_url");
        require(ssoBinding.map(List.of("redirect", "post")::contains).orElse(true),
                "sso_binding", "must be redirect or post");
        requireWebAddress(metadataUrl, "metadata_url");
        require(metadataXml.map(xml -> xml.length() <= METADATA_XML_LENGTH_MAX).orElse(true),
                "metadata_xml", "must have at most " + METADATA_XML_LENGTH_MAX + " characters");
        require(certificates.size() <= SignaturePolicy.CERTIFICATES_MAX,
                "idp_certificates", "must be at most " + SignaturePolicy.CERTIFICATES_MAX);
        certificates.forEach(SamlConnection::certificate);
        require(nameIdFormat.map(urn -> urn.startsWith("urn:") && urn.length() <= 256).orElse(true),
                "name_id_format", "must be a URN such as " + NameIdFormat.PERSISTENT.urn());
        require(!nameIdFormat.equals(Optional.of(NameIdFormat.TRANSIENT.urn())) || subjectAttribute.isPresent(),
                "name_id_format", "a transient NameID names nobody for good: set subject_attribute as well");
        require(requestedAuthnContext.orElse(List.of()).size() <= CONTEXTS_MAX,
                "requested_authn_context", "must be at most " + CONTEXTS_MAX);
        require(requestedAuthnContextComparison.map(List.of("exact", "minimum", "better", "maximum")::contains)
                .orElse(true), "requested_authn_context_comparison", "must be exact, minimum, better or maximum");
        require(clockSkewSeconds.map(seconds -> seconds >= 0 && seconds <= 180).orElse(true),
                "clock_skew_seconds", "must be 0 to 180");
        metadataSigningCertificates = metadataSigningCertificates.map(List::copyOf);
        metadataSigningFingerprints = metadataSigningFingerprints.map(List::copyOf);
        metadataSigningCertificates.orElse(List.of())
                .forEach(pem -> certificate("metadata_signing_certificates", pem));
        require(metadataSigningFingerprints.orElse(List.of()).stream().map(SamlConnection::digits)
                        .allMatch(digits -> digits.matches("[0-9a-f]{64}")),
                "metadata_signing_fingerprints", "must be SHA-256 fingerprints of 64 hexadecimal digits");
        require(metadataUrl.isPresent() || metadataSigningCertificates.isEmpty(),
                "metadata_signing_certificates", "is only of use with metadata_url");
        require(metadataUrl.isPresent() || metadataSigningFingerprints.isEmpty(),
                "metadata_signing_fingerprints", "is only of use with metadata_url");
        requireProvider(idpEntityId, ssoUrl, certificates, metadataUrl.isPresent() || metadataXml.isPresent());
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
        return certificate("idp_certificates", text);
    }

    private static String digits(String fingerprint) {
        return fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
    }

    private static X509Certificate certificate(String setting, String text) {
        var certificate = Certificates.ofText(text).orElseThrow(() ->
                new InvalidSettings(setting, "is not a certificate in PEM"));
        require(SignaturePolicy.isStrongEnough(certificate), setting,
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
        return idpCertificates.filter(list -> !list.isEmpty()).isPresent();
    }

    /** The certificates, read. */
    List<X509Certificate> certificates() {
        return idpCertificates.orElse(List.of()).stream().map(SamlConnection::certificate).toList();
    }

    /** The certificates that may sign the metadata. */
    List<X509Certificate> metadataSigners() {
        return metadataSigningCertificates.orElse(List.of()).stream().map(SamlConnection::certificate).toList();
    }

    /** Fingerprints of certificates that may sign the metadata: lower-case hexadecimal. */
    Set<String> metadataFingerprints() {
        return metadataSigningFingerprints.orElse(List.of()).stream().map(SamlConnection::digits)
                .collect(Collectors.toSet());
    }

    /** Whether requests go by POST wherever the provider takes that. */
    boolean prefersPost() {
        return ssoBinding.equals(Optional.of("post"));
    }

    /** Whether requests are signed even if the provider does not ask for it. */
    boolean signsAuthnRequests() {
        return signAuthnRequests.orElse(true);
    }

    /** Authentication context classes to ask for; empty: any will do. */
    List<String> contexts() {
        return requestedAuthnContext.orElse(List.of());
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
