package gatehouse.idp.upstream.saml;

import gatehouse.idp.samlwire.AlgorithmPolicy;
import gatehouse.idp.samlwire.LogoutServices;
import gatehouse.idp.samlwire.SignaturePolicy;
import gatehouse.idp.schema.Described;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
                oneOf = {"redirect", "post", "post_simple_sign"})
        Optional<String> ssoBinding,
        @Described(value = "Certificates that the provider signs with, in PEM: the current one, and the next.", min = 1,
                max = 16_384, entriesMax = SignaturePolicy.CERTIFICATES_MAX)
        Optional<List<String>> idpCertificates,
        @Described(value = "Where logout requests go, if no metadata says it; by the same binding as requests.",
                max = 2048, format = "uri")
        Optional<URI> sloUrl,
        @Described("Whether signing out here also signs out at the provider, if it takes that. Default: true.")
        Optional<Boolean> signsOutUpstream,
        @Described(value = "Where the provider publishes its metadata.", max = 2048, format = "uri")
        Optional<URI> metadataUrl,
        @Described(value = "The provider's metadata as text.", min = 1, max = METADATA_XML_LENGTH_MAX)
        Optional<String> metadataXml,
        @Described("Whether requests are signed. Default: true. Always so if the provider's metadata asks for it.")
        Optional<Boolean> signAuthnRequests,
        @Described("Whether an assertion that is not encrypted is refused. Default: false.")
        Optional<Boolean> wantAssertionsEncrypted,
        @Described("Whether assertions encrypted in CBC mode are accepted, for providers that know no other: only"
                + " inside a signed response. Default: false.")
        Optional<Boolean> allowsCbcEncryption,
        @Described(value = "Until when SHA-1 in signatures and 3DES in encryption are accepted, at most a year ahead."
                + " Both are broken: this is time to change the provider. Default: never.", format = "date-time")
        Optional<Instant> legacyAlgorithmsUntil,
        @Described("Whether a response that nobody asked for is accepted (sign-in begun at the provider). The person is"
                + " asked before anybody is signed in. Default: false.")
        Optional<Boolean> allowsIdpInitiated,
        @Described(value = "Where a sign-in begun at the provider may lead, as exact addresses; the first is where it"
                + " leads when the provider names none (RelayState).", min = 1, max = 2048, entriesMax = TARGETS_MAX,
                format = "uri")
        Optional<List<String>> idpInitiatedTargets,
        @Described(value = "Our own entityID for this connection, for providers that know us by another. Default: the"
                + " address of our metadata.", min = 1, max = 1024)
        Optional<String> spEntityId,
        @Described(value = "Other names that we answer to in an audience restriction, such as the spn: of an"
                + " application in Entra ID.", min = 1, max = 1024, entriesMax = AUDIENCES_MAX)
        Optional<List<String>> additionalAudiences,
        @Described(value = "Other addresses that responses may be made for, such as one of a former system that is"
                + " forwarded here. They are in our metadata with the indexes from 1 on.", min = 1, max = 2048,
                entriesMax = ACS_MAX, format = "uri")
        Optional<List<String>> additionalAcsUrls,
        @Described(value = "Index of the address that requests ask for; 0 is our own. Default: requests name our own"
                + " address itself.", max = ACS_MAX)
        Optional<Integer> acsIndex,
        @Described(value = "NameID format to ask for, as a URN. Default: the provider decides.", min = 5, max = 256)
        Optional<String> nameIdFormat,
        @Described("Whether the provider may make a name for a person whom it has not named to us before. Default:"
                + " true.")
        Optional<Boolean> nameIdAllowCreate,
        @Described(value = "Attribute that names a person for good, for providers whose NameID changes with every"
                + " sign-in. Default: the NameID.", min = 1, max = 512)
        Optional<String> subjectAttribute,
        @Described(value = "Until when a person whose name at the provider has changed is found by their verified"
                + " e-mail address instead, once, and known by the new name from then on; at most 90 days ahead. Without it"
                + " nobody is, and a changed name is refused. Default: never.", format = "date-time")
        Optional<Instant> rekeyByEmailUntil,
        @Described("Which attributes fill a person's profile. Default: the usual names of the usual providers.")
        Optional<AttributeMapping> attributeMapping,
        @Described(value = "Authentication context classes to ask for. A response that names another is refused when"
                + " the comparison is exact.", min = 1, max = 256, entriesMax = CONTEXTS_MAX)
        Optional<List<String>> requestedAuthnContext,
        @Described(value = "How the classes are meant. Default: exact.",
                oneOf = {"exact", "minimum", "better", "maximum"})
        Optional<String> requestedAuthnContextComparison,
        @Described("Whether the provider is asked to let people sign in anew every time. Default: only when an"
                + " application asks for it.")
        Optional<Boolean> forceAuthn,
        @Described("Whether an application that asks without disturbing anybody (prompt=none) makes us ask the provider"
                + " so, too (IsPassive). Default: false: it is told at once that a sign-in is needed.")
        Optional<Boolean> asksSilently,
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

    static final int METADATA_XML_LENGTH_MAX = 1024 * 1024;
    static final int CONTEXTS_MAX = 16;
    static final int TARGETS_MAX = 50;
    static final int AUDIENCES_MAX = 16;
    static final int ACS_MAX = 8;

    public SamlConnection {
        idpCertificates = idpCertificates.map(List::copyOf);
        requestedAuthnContext = requestedAuthnContext.map(List::copyOf);
        idpInitiatedTargets = idpInitiatedTargets.map(List::copyOf);
        additionalAudiences = additionalAudiences.map(List::copyOf);
        additionalAcsUrls = additionalAcsUrls.map(List::copyOf);
        SamlConnectionRules.provider(idpEntityId, ssoUrl, ssoBinding, metadataXml);
        SamlConnectionRules.requireWebAddress(sloUrl, "slo_url");
        SamlConnectionRules.requireWebAddress(metadataUrl, "metadata_url");
        SamlConnectionRules.trust(idpEntityId, ssoUrl, idpCertificates.orElse(List.of()),
                metadataUrl.isPresent() || metadataXml.isPresent());
        SamlConnectionRules.addresses(spEntityId, additionalAudiences.orElse(List.of()),
                additionalAcsUrls.orElse(List.of()), acsIndex);
        SamlConnectionRules.targets(idpInitiatedTargets.orElse(List.of()));
        SamlConnectionRules.naming(nameIdFormat, subjectAttribute);
        SamlConnectionRules.context(requestedAuthnContext.orElse(List.of()), requestedAuthnContextComparison,
                clockSkewSeconds);
        metadataSigningCertificates = metadataSigningCertificates.map(List::copyOf);
        metadataSigningFingerprints = metadataSigningFingerprints.map(List::copyOf);
        SamlConnectionRules.metadataSigners(metadataUrl, metadataSigningCertificates, metadataSigningFingerprints);
    }

    /** Whether the provider is described by these settings alone; if not, its metadata does. */
    boolean isSelfContained() {
        return idpCertificates.filter(list -> !list.isEmpty()).isPresent();
    }

    /** The certificates, read. */
    List<X509Certificate> certificates() {
        return idpCertificates.orElse(List.of()).stream().map(SamlConnectionRules::certificate).toList();
    }

    /** The certificates that may sign the metadata. */
    List<X509Certificate> metadataSigners() {
        return metadataSigningCertificates.orElse(List.of()).stream().map(SamlConnectionRules::certificate).toList();
    }

    /** Fingerprints of certificates that may sign the metadata: lower-case hexadecimal. */
    Set<String> metadataFingerprints() {
        return metadataSigningFingerprints.orElse(List.of()).stream().map(SamlConnectionRules::digits)
                .collect(Collectors.toSet());
    }

    /** Whether requests go by POST wherever the provider takes that. */
    boolean prefersPost() {
        return ssoBinding.equals(Optional.of("post"));
    }

    /** Whether requests and responses are signed beside the message (SimpleSign). */
    boolean signsSimply() {
        return ssoBinding.equals(Optional.of("post_simple_sign"));
    }

    /** What this provider may use at {@code now} beyond what everybody may. */
    AlgorithmPolicy algorithms(Instant now) {
        return new AlgorithmPolicy(legacyAlgorithmsUntil.filter(now::isBefore).isPresent(),
                allowsCbcEncryption.orElse(false));
    }

    /** Where the provider takes logout requests, as far as these settings say. */
    LogoutServices logoutServices() {
        return new LogoutServices(prefersPost() ? Optional.empty() : sloUrl, prefersPost() ? sloUrl : Optional.empty(),
                Optional.empty(), Optional.empty());
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
