package gatehouse.idp.upstream.saml;

import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.NameIdFormat;
import gatehouse.idp.samlwire.SignaturePolicy;
import gatehouse.idp.upstream.InvalidSettings;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What settings of a SAML connection must be to work. Each rule says no with the name of its setting. */
final class SamlConnectionRules {

    private static final int URL_LENGTH_MAX = 2048;
    private static final Duration LEGACY_MAX = Duration.ofDays(366);
    private static final Duration REKEYING_MAX = Duration.ofDays(90);

    private SamlConnectionRules() {}

    /** How requests get to the provider. */
    static void provider(
            Optional<String> entityId, Optional<URI> ssoUrl, Optional<String> ssoBinding, Optional<String> metadata) {
        require(entityId.map(id -> !id.isBlank() && id.length() <= 1024).orElse(true),
                "idp_entity_id", "must have 1 to 1024 characters");
        requireWebAddress(ssoUrl, "sso_url");
        require(ssoBinding.map(List.of("redirect", "post", "post_simple_sign")::contains).orElse(true),
                "sso_binding", "must be redirect, post or post_simple_sign");
        require(!ssoBinding.equals(Optional.of("post_simple_sign")) || ssoUrl.isPresent(),
                "sso_url", "is needed with post_simple_sign: the address that takes this binding");
        require(metadata.map(xml -> xml.length() <= SamlConnection.METADATA_XML_LENGTH_MAX).orElse(true),
                "metadata_xml", "must have at most " + SamlConnection.METADATA_XML_LENGTH_MAX + " characters");
    }

    /**
     * Either all that is needed is set, or metadata says it; a connection that could verify nothing is not a
     * connection.
     */
    static void trust(
            Optional<String> entityId, Optional<URI> ssoUrl, List<String> certificates, boolean hasMetadata) {
        require(certificates.size() <= SignaturePolicy.CERTIFICATES_MAX,
                "idp_certificates", "must be at most " + SignaturePolicy.CERTIFICATES_MAX);
        certificates.forEach(SamlConnectionRules::certificate);
        if (hasMetadata && ssoUrl.isEmpty() && certificates.isEmpty()) {
            return;
        }
        var hint = " (or give metadata_url or metadata_xml alone)";
        require(entityId.isPresent(), "idp_entity_id", "is needed" + hint);
        require(ssoUrl.isPresent(), "sso_url", "is needed" + hint);
        require(!certificates.isEmpty(), "idp_certificates",
                "at least one certificate is needed to verify responses with" + hint);
    }

    static X509Certificate certificate(String text) {
        return certificate("idp_certificates", text);
    }

    /** Who has to sign published metadata. */
    static void metadataSigners(
            Optional<URI> metadataUrl, Optional<List<String>> certificates, Optional<List<String>> fingerprints) {
        certificates.orElse(List.of()).forEach(pem -> certificate("metadata_signing_certificates", pem));
        require(fingerprints.orElse(List.of()).stream().allMatch(text -> digits(text).matches("[0-9a-f]{64}")),
                "metadata_signing_fingerprints", "must be SHA-256 fingerprints of 64 hexadecimal digits");
        require(metadataUrl.isPresent() || certificates.isEmpty(),
                "metadata_signing_certificates", "is only of use with metadata_url");
        require(metadataUrl.isPresent() || fingerprints.isEmpty(),
                "metadata_signing_fingerprints", "is only of use with metadata_url");
    }

    /** A fingerprint in one spelling: lower-case hexadecimal without colons. */
    static String digits(String fingerprint) {
        return fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
    }

    private static X509Certificate certificate(String setting, String text) {
        var certificate = Certificates.ofText(text).orElseThrow(() ->
                new InvalidSettings(setting, "is not a certificate in PEM"));
        require(SignaturePolicy.isStrongEnough(certificate), setting,
                "the key is too weak: RSA of at least 2048 bits or an elliptic curve is needed");
        return certificate;
    }

    /** Who and where we are. */
    static void addresses(
            Optional<String> entityId, List<String> audiences, List<String> acsUrls, Optional<Integer> acsIndex) {
        require(entityId.map(SamlConnectionRules::isName).orElse(true),
                "sp_entity_id", "must have 1 to 1024 characters, none of them a space");
        require(audiences.size() <= SamlConnection.AUDIENCES_MAX && audiences.stream().allMatch(
                SamlConnectionRules::isName), "additional_audiences",
                "must be at most " + SamlConnection.AUDIENCES_MAX + " names of 1 to 1024 characters without spaces");
        require(acsUrls.size() <= SamlConnection.ACS_MAX,
                "additional_acs_urls", "must be at most " + SamlConnection.ACS_MAX);
        acsUrls.forEach(url -> requireWebAddress(url, "additional_acs_urls"));
        require(acsIndex.map(index -> index >= 0 && index <= acsUrls.size()).orElse(true),
                "acs_index", "must be 0 or the position of one of additional_acs_urls, counted from 1");
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.length() <= 1024
                && text.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
    }

    /** Where a sign-in begun at the provider leads. */
    static void targets(List<String> targets) {
        require(targets.size() <= SamlConnection.TARGETS_MAX && new HashSet<>(targets).size() == targets.size(),
                "idp_initiated_targets", "must be at most " + SamlConnection.TARGETS_MAX + ", each once");
        targets.forEach(url -> requireWebAddress(url, "idp_initiated_targets"));
    }

    /** How people are named. */
    static void naming(Optional<String> format, Optional<String> subjectAttribute) {
        require(format.map(urn -> urn.startsWith("urn:") && urn.length() <= 256).orElse(true),
                "name_id_format", "must be a URN such as " + NameIdFormat.PERSISTENT.urn());
        require(!format.equals(Optional.of(NameIdFormat.TRANSIENT.urn())) || subjectAttribute.isPresent(),
                "name_id_format", "a transient NameID names nobody for good: set subject_attribute as well");
        require(subjectAttribute.map(name -> !name.isBlank() && name.length() <= 512).orElse(true),
                "subject_attribute", "must have 1 to 512 characters");
    }

    /** How people sign in, and when. */
    static void context(List<String> classes, Optional<String> comparison, Optional<Integer> clockSkew) {
        require(classes.size() <= SamlConnection.CONTEXTS_MAX,
                "requested_authn_context", "must be at most " + SamlConnection.CONTEXTS_MAX);
        require(comparison.map(List.of("exact", "minimum", "better", "maximum")::contains).orElse(true),
                "requested_authn_context_comparison", "must be exact, minimum, better or maximum");
        require(clockSkew.map(seconds -> seconds >= 0 && seconds <= 180).orElse(true),
                "clock_skew_seconds", "must be 0 to 180");
    }

    /**
     * What is asked of settings when they are given, and not when they are used: a date that has passed permits
     * nothing, and is no mistake.
     */
    static void requireSensible(SamlConnection settings, Instant now) {
        require(!settings.allowsIdpInitiated().orElse(false)
                        || settings.idpInitiatedTargets().filter(list -> !list.isEmpty()).isPresent(),
                "idp_initiated_targets", "at least one is needed: sign-ins begun at the provider must lead somewhere");
        require(settings.legacyAlgorithmsUntil().map(end -> !end.isAfter(now.plus(LEGACY_MAX))).orElse(true),
                "legacy_algorithms_until", "must be at most a year ahead");
        require(settings.rekeyByEmailUntil().map(end -> !end.isAfter(now.plus(REKEYING_MAX))).orElse(true),
                "rekey_by_email_until", "must be at most 90 days ahead");
    }

    /** What an administrator should know of settings that are valid. */
    static List<String> warnings(SamlConnection settings, Instant now) {
        var warnings = new ArrayList<String>();
        settings.legacyAlgorithmsUntil().ifPresent(end -> warnings.add("legacy_algorithms_until: " + (now.isBefore(end)
                ? "signatures with SHA-1 and encryption with 3DES are accepted until " + end
                        + ". Both are broken: move the identity provider to SHA-256 and AES-GCM before."
                : "the date has passed; messages that use SHA-1 or 3DES are refused since " + end + ".")));
        settings.allowsCbcEncryption().filter(allowed -> allowed).ifPresent(_ -> warnings.add(
                "allows_cbc_encryption: encryption in CBC mode is accepted inside signed responses. Prefer AES-GCM."));
        settings.rekeyByEmailUntil().filter(now::isBefore).ifPresent(end -> warnings.add("rekey_by_email_until: people"
                + " whose name at the identity provider has changed are found by their e-mail address until " + end
                + ". Remove it as soon as everybody has signed in."));
        return warnings;
    }

    private static void requireWebAddress(String text, String setting) {
        try {
            requireWebAddress(Optional.of(URI.create(text)), setting);
        } catch (IllegalArgumentException malformed) {
            throw new InvalidSettings(setting, "must be an https or http address");
        }
    }

    static void requireWebAddress(Optional<URI> uri, String setting) {
        require(uri.map(u -> u.getHost() != null && u.getFragment() == null && u.getUserInfo() == null
                        && ("https".equals(u.getScheme()) || "http".equals(u.getScheme()))
                        && u.toString().length() <= URL_LENGTH_MAX).orElse(true),
                setting, "must be an https or http address");
    }

    private static void require(boolean holds, String setting, String problem) {
        if (!holds) {
            throw new InvalidSettings(setting, problem);
        }
    }
}
