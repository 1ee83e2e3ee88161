package gatehouse.idp.upstream.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import gatehouse.idp.http.Compared;
import gatehouse.idp.keys.CryptoProvider;
import gatehouse.spi.Deadline;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A JWT that a provider signed: an ID token, an authorization response, userinfo, a logout token. Only {@link #verify}
 * makes one, of a signature by a key that the provider publishes, whatever key the JWT itself brings or points to.
 *
 * @param algorithm of the signature
 * @param claims    signed; nothing is known of their meaning yet
 */
record SignedAnswer(JWSAlgorithm algorithm, Map<String, Object> claims) {

    /** Asymmetric ones, and of those what both providers of signatures have. */
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512,
            JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512,
            JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);

    private static final int TOKEN_LENGTH_MAX = 32 * 1024;

    /**
     * What a JWT may be.
     *
     * @param types      {@code typ} values that are accepted beside none, in lower case, without {@code application/}
     * @param algorithms accepted
     * @param malformed  why it is refused if it is not such a JWT
     */
    record Form(Set<String> types, Set<JWSAlgorithm> algorithms, OidcReason malformed) {

        /** A plain {@code JWT}. */
        static Form plain(OidcConnection settings, OidcReason malformed) {
            return new Form(Set.of("jwt"), settings.signingAlgorithms(), malformed);
        }

        boolean hasType(JOSEObjectType type) {
            if (type == null) {
                return true;
            }
            var name = type.getType().toLowerCase(Locale.ROOT);
            return types.contains(name.startsWith("application/") ? name.substring(12) : name);
        }
    }

    /**
     * The claims of {@code compact}, once its signature holds.
     *
     * @throws gatehouse.idp.upstream.UpstreamRefusal if it does not, or it is no such JWT
     */
    static SignedAnswer verify(String compact, Form form, RemoteKeys keys, Deadline deadline) {
        var token = parse(compact, form);
        requireHeader(token.getHeader(), form);
        requireSignature(token, keys, deadline);
        var claims = JsonFetch.object(token.getPayload().toBytes()).orElseThrow(form.malformed()::refusal);
        return new SignedAnswer(token.getHeader().getAlgorithm(), claims);
    }

    private static JWSObject parse(String compact, Form form) {
        if (compact.length() > TOKEN_LENGTH_MAX) {
            throw form.malformed().refusal();
        }
        try {
            return JWSObject.parse(compact);
        } catch (ParseException | IllegalArgumentException malformed) {
            // Nimbus reads "none" as another kind of object altogether.
            throw (saysNone(compact) ? OidcReason.ALGORITHM_NOT_ALLOWED : form.malformed()).refusal();
        }
    }

    private static boolean saysNone(String compact) {
        try {
            var header = compact.substring(0, Math.max(0, compact.indexOf('.')));
            return JsonFetch.object(Base64.getUrlDecoder().decode(header))
                    .filter(members -> members.get("alg") instanceof String name && name.equalsIgnoreCase("none"))
                    .isPresent();
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static void requireHeader(JWSHeader header, Form form) {
        if (!form.algorithms().contains(header.getAlgorithm())) {
            throw OidcReason.ALGORITHM_NOT_ALLOWED.refusal(Compared.of(
                    form.algorithms().stream().map(JWSAlgorithm::getName).sorted().collect(Collectors.joining(", ")),
                    header.getAlgorithm().getName()));
        }
        // Another type of token (RFC 8725 §3.11), or one with extensions that we had to understand, is not meant.
        if (!form.hasType(header.getType()) || header.getCriticalParams() != null
                || !header.isBase64URLEncodePayload()) {
            throw form.malformed().refusal();
        }
    }

    private static void requireSignature(JWSObject token, RemoteKeys keys, Deadline deadline) {
        var candidates = keys.candidates(token.getHeader(), deadline);
        if (candidates.isEmpty()) {
            throw OidcReason.KEY_UNKNOWN.refusal(new Compared(
                    Optional.empty(), Optional.ofNullable(token.getHeader().getKeyID())));
        }
        if (candidates.stream().noneMatch(key -> verifies(key, token))) {
            throw OidcReason.SIGNATURE_INVALID.refusal();
        }
    }

    private static boolean verifies(JWK key, JWSObject token) {
        try {
            JWSVerifier verifier = key instanceof ECKey ec
                    ? new ECDSAVerifier(ec)
                    : new RSASSAVerifier(key.toRSAKey());
            CryptoProvider.fast().ifPresent(verifier.getJCAContext()::setProvider);
            return token.verify(verifier);
        } catch (JOSEException | IllegalStateException unusable) {
            return false;
        }
    }

    /** Who it is meant for: {@code aud}, one text or several. */
    List<String> audience() {
        return switch (claims.get("aud")) {
            case String one -> List.of(one);
            case List<?> many -> many.stream().filter(String.class::isInstance).map(String.class::cast).toList();
            case null, default -> List.of();
        };
    }
}
