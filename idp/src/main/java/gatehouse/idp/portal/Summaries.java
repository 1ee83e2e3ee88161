package gatehouse.idp.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is known of an identity provider, for people: addresses, certificates, what a change would change. */
final class Summaries {

    private static final List<String> SAML = List.of("idp_entity_id", "sso_url", "sso_binding");
    private static final List<String> OIDC = List.of("issuer", "client_id", "tenant_id", "hosted_domains",
            "token_endpoint_auth_method", "authorization_endpoint",
            "token_endpoint", "jwks_uri", "userinfo_endpoint", "end_session_endpoint", "pkce");

    private Summaries() {}

    /** What {@code idp} says. @param source where it came from, if it is fetched again from there */
    static Screen.Summary of(ObjectNode idp, Optional<String> source, Instant now) {
        var facts = new ArrayList<Screen.Box>();
        for (var name : idp.has("idp_entity_id") ? SAML : OIDC) {
            if (idp.hasNonNull(name)) {
                facts.add(new Screen.Box(name, OidcQuestions.text(idp, name), false));
            }
        }
        return new Screen.Summary(facts, certificates(idp, now), source);
    }

    private static List<X509Certificate> signing(JsonNode idp) {
        var certificates = new ArrayList<X509Certificate>();
        idp.path("idp_certificates").forEach(pem -> parsed(pem.asText()).ifPresent(certificates::add));
        return certificates;
    }

    /** The certificates that {@code idp} names, soonest to expire first. */
    static List<Screen.Certificate> certificates(JsonNode idp, Instant now) {
        return signing(idp).stream().sorted(Comparator.comparing(X509Certificate::getNotAfter))
                .map(certificate -> new Screen.Certificate(certificate.getSubjectX500Principal().getName(),
                        fingerprint(certificate), Desk.when(certificate.getNotAfter().toInstant()),
                        daysLeft(now, certificate.getNotAfter().toInstant())))
                .toList();
    }

    private static long daysLeft(Instant now, Instant end) {
        var left = Duration.between(now, end);
        return left.isPositive() ? left.plusDays(1).minusNanos(1).toDays() : -1;
    }

    private static Optional<X509Certificate> parsed(String pem) {
        try {
            return Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        } catch (CertificateException unreadable) {
            return Optional.empty();
        }
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException | CertificateException impossible) {
            throw new IllegalStateException("a certificate that was read has a digest", impossible);
        }
    }

    /** What {@code after} would change of {@code before}, and what of it makes a connection less safe. */
    static Screen.Pending pending(ObjectNode before, ObjectNode after) {
        var changes = new ArrayList<Screen.Change>();
        var warnings = new ArrayList<String>();
        for (var name : List.of("idp_entity_id", "sso_url", "sso_binding", "metadata_url", "issuer", "client_id",
                "tenant_id", "hosted_domains", "token_endpoint_auth_method")) {
            var was = before.has(name) ? OidcQuestions.text(before, name) : "–";
            var is = after.has(name) ? OidcQuestions.text(after, name) : "–";
            if (!was.equals(is)) {
                changes.add(new Screen.Change(name, was, is));
            }
        }
        var old = fingerprints(before);
        var now = fingerprints(after);
        if (!old.equals(now)) {
            changes.add(new Screen.Change("idp_certificates", String.join("\n", old), String.join("\n", now)));
            if (!old.isEmpty() && old.stream().noneMatch(now::contains)) {
                warnings.add("certificates_replaced");
            }
        }
        if (changes.stream().anyMatch(change -> change.label().equals("idp_entity_id")
                || change.label().equals("issuer"))) {
            warnings.add("other_provider");
        }
        if (!host(before.path("sso_url").asText()).equals(host(after.path("sso_url").asText()))
                && before.has("sso_url")) {
            warnings.add("other_host");
        }
        if (after.path("sso_url").asText().toLowerCase(Locale.ROOT).startsWith("http:")) {
            warnings.add("plain_http");
        }
        return new Screen.Pending(changes, warnings);
    }

    private static List<String> fingerprints(ObjectNode idp) {
        return signing(idp).stream().map(Summaries::fingerprint).sorted().toList();
    }

    private static String host(String url) {
        var start = url.indexOf("://");
        var rest = start < 0 ? url : url.substring(start + 3);
        var end = rest.indexOf('/');
        return (end < 0 ? rest : rest.substring(0, end)).toLowerCase(Locale.ROOT);
    }
}
