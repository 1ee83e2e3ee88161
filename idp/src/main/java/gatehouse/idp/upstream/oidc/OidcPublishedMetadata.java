package gatehouse.idp.upstream.oidc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.Compared;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.metadata.Drift.Difference;
import gatehouse.idp.upstream.metadata.MetadataFacts;
import gatehouse.idp.upstream.metadata.MetadataRefused;
import gatehouse.idp.upstream.metadata.PublishedMetadata;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Discovery documents (OpenID Connect Discovery §3, §4) as connections use them. */
public final class OidcPublishedMetadata implements PublishedMetadata {

    private static final int ALGORITHMS_MAX = 64;

    @Override
    public String type() {
        return "oidc";
    }

    @Override
    public Optional<URI> address(ObjectNode settings) {
        var read = OidcConnectorType.read(settings);
        return read.isSelfContained() ? Optional.empty() : Optional.of(read.issuerIdentifier().discovery());
    }

    @Override
    public String terms(ObjectNode settings) {
        var issuer = OidcConnectorType.read(settings).issuerIdentifier();
        return issuer.discovery() + " " + issuer.named();
    }

    @Override
    public String accept() {
        return "application/json";
    }

    @Override
    public Candidate candidate(ObjectNode settings, byte[] fetched) {
        described(settings, fetched);
        return new Candidate(fetched, false);
    }

    @Override
    public MetadataFacts facts(ObjectNode settings, byte[] document) {
        var algorithms = object(document).get("id_token_signing_alg_values_supported") instanceof List<?> named
                ? named.stream().filter(String.class::isInstance).map(String.class::cast)
                        .filter(name -> name.length() <= 16).limit(ALGORITHMS_MAX).toList()
                : List.<String>of();
        return facts(described(settings, document), algorithms);
    }

    @Override
    public void requireUsable(ObjectNode settings, byte[] document, Instant at) {
        described(settings, document);
    }

    @Override
    public boolean usesOurCertificates() {
        return false;
    }

    /** A discovery document carries no signature. */
    @Override
    public boolean isPinned(ObjectNode settings) {
        return false;
    }

    @Override
    public Optional<MetadataFacts> settled(ObjectNode settings) {
        var read = OidcConnectorType.read(settings);
        return read.isSelfContained() ? Optional.of(facts(ProviderMetadata.of(read), List.of())) : Optional.empty();
    }

    @Override
    public List<Difference> loosened(ObjectNode before, ObjectNode after) {
        return OidcLoosening.between(OidcConnectorType.read(before), OidcConnectorType.read(after));
    }

    private static MetadataFacts facts(ProviderMetadata metadata, List<String> algorithms) {
        var endpoints = new TreeMap<String, URI>();
        endpoints.put("authorization", metadata.authorizationEndpoint());
        endpoints.put("token", metadata.tokenEndpoint());
        endpoints.put("jwks", metadata.jwksUri());
        metadata.userinfoEndpoint().ifPresent(location -> endpoints.put("userinfo", location));
        metadata.pushEndpoint().ifPresent(location -> endpoints.put("pushed authorization request", location));
        metadata.endSessionEndpoint().ifPresent(location -> endpoints.put("end session", location));
        return new MetadataFacts(metadata.issuer(), endpoints, List.of(), List.of(), algorithms, false,
                Optional.empty(), Optional.empty());
    }

    private static ProviderMetadata described(ObjectNode settings, byte[] document) {
        try {
            return ProviderMetadata.of(OidcConnectorType.read(settings), object(document));
        } catch (UpstreamRefusal refused) {
            throw new MetadataRefused(MetadataRefused.Cause.INVALID, "The discovery document cannot be used: "
                    + refused.reason() + refused.compared().flatMap(Compared::received).map(got -> " (" + got + ")").orElse("") + '.');
        }
    }

    private static Map<String, Object> object(byte[] document) {
        return JsonFetch.object(document).orElseThrow(() -> new MetadataRefused(
                MetadataRefused.Cause.INVALID, "The discovery document is no JSON object."));
    }
}
