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
import gatehouse.idp.keys.CryptoProvider;
import gatehouse.spi.Deadline;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges ID tokens (OpenID Connect Core §3.1.3.7) that came from the token endpoint. The signature is checked all the
 * same: TLS says who was asked, the signature says who answers.
 */
final class IdTokenValidator {

    private static final int TOKEN_LENGTH_MAX = 32 * 1024;
    private static final int SUBJECT_LENGTH_MAX = 255;

    /** Asymmetric ones, and of those what both providers of signatures have. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512,
            JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512,
            JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);

    private final OidcConnection settings;
    private final InstantSource time;

    IdTokenValidator(OidcConnection settings, InstantSource time) {
        this.settings = settings;
        this.time = time;
    }

    /**
     * Judges the ID token of {@code tokens}.
     *
     * @throws gatehouse.idp.upstream.UpstreamRefusal at the first rule that it breaks
     */
    VerifiedIdToken validate(
            TokenRequest.Tokens tokens, PendingSignIn pending, RemoteKeys keys, Deadline deadline) {
        var token = parse(tokens.idToken());
        requireHeader(token.getHeader());
        requireSignature(token, keys, deadline);
        var claims = JsonFetch.object(token.getPayload().toBytes()).orElseThrow(OidcReason.ID_TOKEN_MALFORMED::refusal);
        requireParties(claims);
        requireTimes(claims, pending);
        requireNonce(claims, pending);
        requireAccessTokenHash(claims, tokens.accessToken(), token.getHeader().getAlgorithm());
        requireFreshAuthentication(claims, pending);
        return new VerifiedIdToken(claims);
    }

    private static JWSObject parse(String compact) {
        if (compact.length() > TOKEN_LENGTH_MAX) {
            throw OidcReason.ID_TOKEN_MALFORMED.refusal();
        }
        try {
            return JWSObject.parse(compact);
        } catch (ParseException | IllegalArgumentException malformed) {
            // Nimbus reads "none" as another kind of object altogether.
            throw (saysNone(compact) ? OidcReason.ALGORITHM_NOT_ALLOWED : OidcReason.ID_TOKEN_MALFORMED).refusal();
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

    private static void requireHeader(JWSHeader header) {
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            throw OidcReason.ALGORITHM_NOT_ALLOWED.refusal();
        }
        var type = header.getType();
        boolean plain = type == null
                || type.equals(JOSEObjectType.JWT)
                || type.getType().equalsIgnoreCase("application/jwt");
        // Another type of token (RFC 8725 §3.11), or one with extensions that we had to understand, is no ID token.
        if (!plain || header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
            throw OidcReason.ID_TOKEN_MALFORMED.refusal();
        }
    }

    private static void requireSignature(JWSObject token, RemoteKeys keys, Deadline deadline) {
        var candidates = keys.candidates(token.getHeader(), deadline);
        if (candidates.isEmpty()) {
            throw OidcReason.KEY_UNKNOWN.refusal();
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

    private void requireParties(Map<String, Object> claims) {
        if (!settings.issuerIdentifier().signs().equals(claims.get("iss"))) {
            throw OidcReason.WRONG_ISSUER.refusal();
        }
        if (settings.tenantId().filter(id -> !id.equals(claims.get("tid"))).isPresent()) {
            throw OidcReason.OTHER_TENANT.refusal();
        }
        if (!settings.hostedDomains().isEmpty() && !(claims.get("hd") instanceof String domain
                && settings.hostedDomains().contains(domain.toLowerCase(Locale.ROOT)))) {
            throw OidcReason.OTHER_HOSTED_DOMAIN.refusal();
        }
        if (!(claims.get("sub") instanceof String subject) || subject.isBlank()
                || subject.length() > SUBJECT_LENGTH_MAX || subject.chars().anyMatch(Character::isISOControl)) {
            throw OidcReason.SUBJECT_MISSING.refusal();
        }
        var audience = switch (claims.get("aud")) {
            case String one -> List.of(one);
            case List<?> many -> many;
            case null, default -> List.of();
        };
        if (!audience.contains(settings.clientId())) {
            throw OidcReason.WRONG_AUDIENCE.refusal();
        }
        boolean partyNamed = claims.containsKey("azp");
        if (partyNamed && !settings.clientId().equals(claims.get("azp")) || !partyNamed && audience.size() > 1) {
            throw OidcReason.WRONG_AUTHORIZED_PARTY.refusal();
        }
    }

    private void requireTimes(Map<String, Object> claims, PendingSignIn pending) {
        if (!(claims.get("exp") instanceof Number expires) || !(claims.get("iat") instanceof Number issued)
                || !(claims.getOrDefault("nbf", 0L) instanceof Number notBefore)) {
            throw OidcReason.TIMES_MISSING.refusal();
        }
        long now = time.instant().getEpochSecond();
        long skew = settings.clockSkew().toSeconds();
        if (expires.longValue() <= now - skew) {
            throw OidcReason.EXPIRED.refusal();
        }
        if (issued.longValue() > now + skew || notBefore.longValue() > now + skew) {
            throw OidcReason.NOT_YET_VALID.refusal();
        }
        if (issued.longValue() < pending.departedAt().getEpochSecond() - skew) {
            throw OidcReason.OLDER_THAN_REQUEST.refusal();
        }
    }

    private static void requireNonce(Map<String, Object> claims, PendingSignIn pending) {
        if (!(claims.get("nonce") instanceof String nonce)
                || !MessageDigest.isEqual(utf8(nonce), utf8(pending.nonce()))) {
            throw OidcReason.NONCE_MISMATCH.refusal();
        }
    }

    /** OpenID Connect Core §3.1.3.8: optional in this flow, binding when it is there. */
    private static void requireAccessTokenHash(
            Map<String, Object> claims, Optional<String> accessToken, JWSAlgorithm algorithm) {
        if (!claims.containsKey("at_hash")) {
            return;
        }
        var expected = accessToken.map(token -> leftHalf(token, algorithm));
        if (!(claims.get("at_hash") instanceof String hash) || !Optional.of(hash).equals(expected)) {
            throw OidcReason.ACCESS_TOKEN_HASH_MISMATCH.refusal();
        }
    }

    private static String leftHalf(String token, JWSAlgorithm algorithm) {
        try {
            var digest = MessageDigest.getInstance("SHA-" + algorithm.getName().substring(2)).digest(utf8(token));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, digest.length / 2));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void requireFreshAuthentication(Map<String, Object> claims, PendingSignIn pending) {
        long skew = settings.clockSkew().toSeconds();
        if (!(claims.get("auth_time") instanceof Number authenticated)) {
            if (pending.maxAge().isPresent() || claims.containsKey("auth_time")) {
                throw OidcReason.AUTHENTICATION_TIME_MISSING.refusal();
            }
            return;
        }
        boolean tooOld = pending.maxAge()
                .filter(age -> authenticated.longValue() < time.instant().getEpochSecond() - age.toSeconds() - skew)
                .isPresent();
        if (tooOld || pending.forced() && authenticated.longValue() < pending.departedAt().getEpochSecond() - skew) {
            throw OidcReason.AUTHENTICATION_TOO_OLD.refusal();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
