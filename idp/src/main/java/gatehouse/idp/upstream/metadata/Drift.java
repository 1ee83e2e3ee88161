package gatehouse.idp.upstream.metadata;

import gatehouse.idp.upstream.metadata.Drift.Difference.Kind;
import gatehouse.idp.samlwire.Certificates;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How what an identity provider says now differs from what was accepted. A pure comparison: the same two documents
 * always give the same drift, under the same {@link #id()}.
 */
public record Drift(List<Difference> differences) {

    private static final int SHOWN_LENGTH_MAX = 8192;

    /** One difference. @param before empty if there was nothing; @param after empty if there is nothing now */
    public record Difference(Kind kind, String before, String after) {

        /** What can be different, and whether accepting it could weaken the connection or hand it to somebody else. */
        public enum Kind {
            CERTIFICATE_ADDED(false),
            CERTIFICATE_REMOVED(false),
            /** Not one certificate is left of those that were accepted, and nobody vouches for the new ones. */
            CERTIFICATES_REPLACED(true),
            CERTIFICATES_EMPTIED(true),
            ENDPOINT_ADDED(false),
            ENDPOINT_REMOVED(false),
            ENDPOINT_PATH_CHANGED(false),
            ENDPOINT_HOST_CHANGED(true),
            ENDPOINT_WITHOUT_TLS(true),
            ENTITY_ID_CHANGED(true),
            NAME_ID_FORMATS_CHANGED(false),
            SIGNED_REQUESTS_WANTED(false),
            SIGNED_REQUESTS_DROPPED(true),
            METADATA_SIGNATURE_DROPPED(true),
            /** A connection that followed its provider's metadata would stop doing so. */
            PUBLISHED_METADATA_DROPPED(true),
            /** The settings would follow another address: what is there is accepted without a comparison. */
            METADATA_ADDRESS_CHANGED(true),
            /** Metadata could be signed by somebody else, or by nobody. */
            METADATA_SIGNER_CHANGED(true),
            ENCRYPTION_NOT_REQUIRED(true),
            CBC_ENCRYPTION_ALLOWED(true),
            LEGACY_ALGORITHMS_ALLOWED(true),
            UNREQUESTED_SIGN_IN_ALLOWED(true),
            REKEYING_ALLOWED(true),
            /** What was made for another recipient would be taken. */
            AUDIENCE_ADDED(true),
            AUTHENTICATION_CONTEXT_DROPPED(true),
            VALIDITY_CHANGED(false);

            private final boolean lowersTrust;

            Kind(boolean lowersTrust) {
                this.lowersTrust = lowersTrust;
            }

            /** Whether only an administrator may accept it. */
            public boolean lowersTrust() {
                return lowersTrust;
            }

            /** As it is written in answers: {@code certificate_added}. */
            public String wireName() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    public Drift {
        differences = List.copyOf(differences);
    }

    /** Nothing is different. */
    public boolean isEmpty() {
        return differences.isEmpty();
    }

    /** Whether it has to be accepted by an administrator. */
    public boolean lowersTrust() {
        return differences.stream().anyMatch(difference -> difference.kind().lowersTrust());
    }

    /** Whether logins could still be verified after it. */
    public boolean leavesAKey() {
        return differences.stream().noneMatch(difference -> difference.kind() == Kind.CERTIFICATES_EMPTIED);
    }

    /** This with one difference more. */
    public Drift and(Difference more) {
        return and(List.of(more));
    }

    /** This with more differences. */
    public Drift and(List<Difference> more) {
        var all = new ArrayList<>(differences);
        all.addAll(more);
        return new Drift(all);
    }

    /** Names exactly these differences: what an administrator accepts is what was shown, and nothing newer. */
    public String id() {
        var text = differences.stream().map(d -> d.kind() + "|" + d.before() + "|" + d.after())
                .collect(Collectors.joining("\n"));
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 16));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** Kinds of the differences, for the audit trail. */
    public String kinds() {
        return differences.stream().map(d -> d.kind().wireName()).distinct().collect(Collectors.joining(" "));
    }

    /**
     * What changes from {@code before} to {@code after}.
     *
     * @param pinned whether a pinned key signed {@code after}: it may then replace all other keys
     */
    public static Drift between(MetadataFacts before, MetadataFacts after, boolean pinned) {
        var found = new ArrayList<Difference>();
        if (!before.entityId().equals(after.entityId())) {
            found.add(new Difference(Kind.ENTITY_ID_CHANGED, shown(before.entityId()), shown(after.entityId())));
        }
        certificates(before.certificates(), after.certificates(), pinned, found);
        endpoints(before.endpoints(), after.endpoints(), found);
        if (!new TreeSet<>(before.nameIdFormats()).equals(new TreeSet<>(after.nameIdFormats()))) {
            found.add(new Difference(Kind.NAME_ID_FORMATS_CHANGED, shown(String.join(" ", before.nameIdFormats())),
                    shown(String.join(" ", after.nameIdFormats()))));
        }
        if (before.wantsSignedRequests() != after.wantsSignedRequests()) {
            found.add(new Difference(after.wantsSignedRequests()
                    ? Kind.SIGNED_REQUESTS_WANTED : Kind.SIGNED_REQUESTS_DROPPED,
                    Boolean.toString(before.wantsSignedRequests()), Boolean.toString(after.wantsSignedRequests())));
        }
        if (!before.validUntil().equals(after.validUntil())) {
            found.add(new Difference(Kind.VALIDITY_CHANGED, before.validUntil().map(Objects::toString).orElse(""),
                    after.validUntil().map(Objects::toString).orElse("")));
        }
        return new Drift(found);
    }

    private static void certificates(
            List<X509Certificate> before, List<X509Certificate> after, boolean pinned, List<Difference> found) {
        if (after.isEmpty() && !before.isEmpty()) {
            found.add(new Difference(Kind.CERTIFICATES_EMPTIED, described(before), ""));
            return;
        }
        if (!pinned && !before.isEmpty() && before.stream().noneMatch(after::contains)) {
            found.add(new Difference(Kind.CERTIFICATES_REPLACED, described(before), described(after)));
            return;
        }
        after.stream().filter(one -> !before.contains(one))
                .forEach(one -> found.add(new Difference(Kind.CERTIFICATE_ADDED, "", described(one))));
        before.stream().filter(one -> !after.contains(one))
                .forEach(one -> found.add(new Difference(Kind.CERTIFICATE_REMOVED, described(one), "")));
    }

    private static void endpoints(Map<String, URI> before, Map<String, URI> after, List<Difference> found) {
        var all = new LinkedHashMap<>(before);
        all.putAll(after);
        for (var purpose : all.keySet()) {
            var old = before.get(purpose);
            var now = after.get(purpose);
            if (!Objects.equals(old, now)) {
                found.add(new Difference(moved(old, now, before), shown(purpose, old), shown(purpose, now)));
            }
        }
    }

    /** An endpoint that is new is held to the hosts that were trusted before. */
    private static Kind moved(URI old, URI now, Map<String, URI> before) {
        if (now == null) {
            return Kind.ENDPOINT_REMOVED;
        }
        boolean wasTls = old == null ? before.values().stream().allMatch(Drift::isTls) : isTls(old);
        if (wasTls && !isTls(now)) {
            return Kind.ENDPOINT_WITHOUT_TLS;
        }
        boolean knownHost = old == null ? before.values().stream().anyMatch(one -> sameHost(one, now))
                : sameHost(old, now);
        return !knownHost ? Kind.ENDPOINT_HOST_CHANGED : old == null ? Kind.ENDPOINT_ADDED : Kind.ENDPOINT_PATH_CHANGED;
    }

    private static boolean isTls(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    private static boolean sameHost(URI one, URI other) {
        return String.valueOf(one.getHost()).equalsIgnoreCase(String.valueOf(other.getHost()))
                && (isTls(one) == isTls(other) ? port(one) == port(other) : one.getPort() < 0 && other.getPort() < 0);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : isTls(uri) ? 443 : 80;
    }

    private static String shown(String purpose, URI location) {
        return location == null ? "" : shown(purpose + " " + location);
    }

    private static String described(List<X509Certificate> certificates) {
        return shown(certificates.stream().map(Drift::described).collect(Collectors.joining("; ")));
    }

    private static String described(X509Certificate certificate) {
        return "sha256 " + Certificates.fingerprint(certificate) + ", valid "
                + certificate.getNotBefore().toInstant() + " to " + certificate.getNotAfter().toInstant();
    }

    private static String shown(String text) {
        return text.length() <= SHOWN_LENGTH_MAX ? text : text.substring(0, SHOWN_LENGTH_MAX) + "…";
    }
}
