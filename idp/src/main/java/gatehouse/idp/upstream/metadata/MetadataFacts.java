package gatehouse.idp.upstream.metadata;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What metadata says of an identity provider, in no protocol's words.
 *
 * @param entityId            its name: entityID or issuer
 * @param endpoints           where it is reached, by what for: {@code sso redirect}
 * @param certificates        what it signs with, expired ones too
 * @param nameIdFormats       the kinds of names it offers
 * @param signingAlgorithms   what it says it signs with; empty if it does not say
 * @param wantsSignedRequests whether it refuses unsigned requests
 * @param validUntil          when the document must not be used any more
 * @param cacheDuration       how long its author would keep it before fetching it again
 */
public record MetadataFacts(
        String entityId,
        SortedMap<String, URI> endpoints,
        List<X509Certificate> certificates,
        List<String> nameIdFormats,
        List<String> signingAlgorithms,
        boolean wantsSignedRequests,
        Optional<Instant> validUntil,
        Optional<Duration> cacheDuration) {

    public MetadataFacts(
            String entityId, Map<String, URI> endpoints, List<X509Certificate> certificates,
            List<String> nameIdFormats, List<String> signingAlgorithms, boolean wantsSignedRequests, Optional<Instant> validUntil,
            Optional<Duration> cacheDuration) {
        this(entityId, new TreeMap<>(endpoints), certificates, nameIdFormats, signingAlgorithms, wantsSignedRequests,
                validUntil, cacheDuration);
    }

    public MetadataFacts {
        certificates = List.copyOf(certificates);
        nameIdFormats = List.copyOf(nameIdFormats);
        signingAlgorithms = List.copyOf(signingAlgorithms);
    }
}
