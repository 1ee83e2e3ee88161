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
import gatehouse.idp.upstream.xray.Check;
import gatehouse.idp.upstream.xray.Trace;
import gatehouse.idp.upstream.xray.Trace.Stage;
import gatehouse.spi.Deadline;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Instant;
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
    /** Seconds beyond which a number is no date that anybody means. */
    private static final long DATE_MAX = 100_000_000_000L;

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
            TokenRequest.Tokens tokens, PendingSignIn pending, RemoteKeys keys, Trace trace, Deadline deadline) {
        var token = parse(tokens.idToken());
        requireHeader(token.getHeader());
        trace.passed(Check.ID_TOKEN);
        trace.timed(Stage.KEYS, () -> requireSignature(token, keys, deadline));
        var claims = JsonFetch.object(token.getPayload().toBytes()).orElseThrow(OidcReason.ID_TOKEN_MALFORMED::refusal);
        trace.passed(Check.SIGNATURE, Compared.received(token.getHeader().getAlgorithm().getName()));
        trace.check(Check.ISSUER, () -> requireIssuer(claims));
        trace.check(Check.SUBJECT, () -> requireSubject(claims));
        trace.check(Check.AUDIENCE, () -> requireAudience(claims));
        trace.check(Check.AUTHORIZED_PARTY, () -> requireAuthorizedParty(claims));
        trace.check(Check.TIME, () -> requireTimes(claims, pending));
        trace.check(Check.NONCE, () -> requireNonce(claims, pending));
        trace.check(Check.TOKEN_HASH, () -> requireAccessTokenHash(
                claims, tokens.accessToken(), token.getHeader().getAlgorithm()));
        trace.check(Check.AUTHENTICATION, () -> requireFreshAuthentication(claims, pending));
        trace.settle();
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
            throw OidcReason.ALGORITHM_NOT_ALLOWED.refusal(
                    Compared.of("RS256, PS256, ES256", header.getAlgorithm().getName()));
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

    private static JWSHeader requireSignature(JWSObject token, RemoteKeys keys, Deadline deadline) {
        var candidates = keys.candidates(token.getHeader(), deadline);
        if (candidates.isEmpty()) {
            throw OidcReason.KEY_UNKNOWN.refusal(
                    new Compared(Optional.empty(), Optional.ofNullable(token.getHeader().getKeyID())));
        }
        if (candidates.stream().noneMatch(key -> verifies(key, token))) {
            throw OidcReason.SIGNATURE_INVALID.refusal();
        }
        return token.getHeader();
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

    private Compared requireIssuer(Map<String, Object> claims) {
        var issuer = settings.issuerIdentifier().signs();
        var compared = Compared.of(issuer, text(claims, "iss"));
        if (!issuer.equals(claims.get("iss"))) {
            throw OidcReason.WRONG_ISSUER.refusal(compared);
        }
        settings.tenantId().filter(id -> !id.equals(claims.get("tid"))).ifPresent(id -> {
            throw OidcReason.OTHER_TENANT.refusal(Compared.of(id, text(claims, "tid")));
        });
        if (!settings.hostedDomains().isEmpty() && !(claims.get("hd") instanceof String domain
                && settings.hostedDomains().contains(domain.toLowerCase(Locale.ROOT)))) {
            throw OidcReason.OTHER_HOSTED_DOMAIN.refusal(
                    Compared.of(String.join(", ", settings.hostedDomains()), text(claims, "hd")));
        }
        return compared;
    }

    private static Compared requireSubject(Map<String, Object> claims) {
        if (!(claims.get("sub") instanceof String subject) || subject.isBlank()
                || subject.length() > SUBJECT_LENGTH_MAX || subject.chars().anyMatch(Character::isISOControl)) {
            throw OidcReason.SUBJECT_MISSING.refusal();
        }
        return Compared.NOTHING;
    }

    private Compared requireAudience(Map<String, Object> claims) {
        var audience = audience(claims);
        var compared = Compared.of(settings.clientId(), audience.stream().map(Object::toString).toList());
        if (!audience.contains(settings.clientId())) {
            throw OidcReason.WRONG_AUDIENCE.refusal(compared);
        }
        return compared;
    }

    private static List<?> audience(Map<String, Object> claims) {
        return switch (claims.get("aud")) {
            case String one -> List.of(one);
            case List<?> many -> many.stream().filter(String.class::isInstance).toList();
            case null, default -> List.of();
        };
    }

    private Compared requireAuthorizedParty(Map<String, Object> claims) {
        boolean partyNamed = claims.containsKey("azp");
        var compared = Compared.of(settings.clientId(), text(claims, "azp"));
        boolean several = claims.get("aud") instanceof List<?> many && many.size() > 1;
        if (partyNamed && !settings.clientId().equals(claims.get("azp")) || !partyNamed && several) {
            throw OidcReason.WRONG_AUTHORIZED_PARTY.refusal(compared);
        }
        return compared;
    }

    private Compared requireTimes(Map<String, Object> claims, PendingSignIn pending) {
        if (!(claims.get("exp") instanceof Number expires) || !(claims.get("iat") instanceof Number issued)
                || !(claims.getOrDefault("nbf", 0L) instanceof Number notBefore)) {
            throw OidcReason.TIMES_MISSING.refusal();
        }
        long now = time.instant().getEpochSecond();
        long skew = settings.clockSkew().toSeconds();
        if (expires.longValue() <= now - skew) {
            throw OidcReason.EXPIRED.refusal(bound("exp > ", now - skew, expires.longValue()));
        }
        var latest = Math.max(issued.longValue(), notBefore.longValue());
        if (latest > now + skew) {
            throw OidcReason.NOT_YET_VALID.refusal(bound("iat, nbf ≤ ", now + skew, latest));
        }
        var departed = pending.departedAt().getEpochSecond() - skew;
        if (issued.longValue() < departed) {
            throw OidcReason.OLDER_THAN_REQUEST.refusal(bound("iat ≥ ", departed, issued.longValue()));
        }
        return bound("exp > ", now - skew, expires.longValue());
    }

    /** A date that was held against a bound; one that is no date at all is shown as the number it is. */
    private static Compared bound(String rule, long bound, long received) {
        return Compared.of(rule + Instant.ofEpochSecond(bound), Math.abs(received) < DATE_MAX
                ? Instant.ofEpochSecond(received).toString() : Long.toString(received));
    }

    private static Optional<String> text(Map<String, Object> claims, String name) {
        return Optional.ofNullable(claims.get(name)).map(Object::toString);
    }

    private static Compared requireNonce(Map<String, Object> claims, PendingSignIn pending) {
        if (!(claims.get("nonce") instanceof String nonce)
                || !MessageDigest.isEqual(utf8(nonce), utf8(pending.nonce()))) {
            throw OidcReason.NONCE_MISMATCH.refusal();
        }
        return Compared.NOTHING;
    }

    /** OpenID Connect Core §3.1.3.8: optional in this flow, binding when it is there. */
    private static Compared requireAccessTokenHash(
            Map<String, Object> claims, Optional<String> accessToken, JWSAlgorithm algorithm) {
        if (!claims.containsKey("at_hash")) {
            return Compared.NOTHING;
        }
        var expected = accessToken.map(token -> leftHalf(token, algorithm));
        if (!(claims.get("at_hash") instanceof String hash) || !Optional.of(hash).equals(expected)) {
            throw OidcReason.ACCESS_TOKEN_HASH_MISMATCH.refusal();
        }
        return Compared.NOTHING;
    }

    private static String leftHalf(String token, JWSAlgorithm algorithm) {
        try {
            var digest = MessageDigest.getInstance("SHA-" + algorithm.getName().substring(2)).digest(utf8(token));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, digest.length / 2));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Compared requireFreshAuthentication(Map<String, Object> claims, PendingSignIn pending) {
        long skew = settings.clockSkew().toSeconds();
        if (!(claims.get("auth_time") instanceof Number authenticated)) {
            if (pending.maxAge().isPresent() || claims.containsKey("auth_time")) {
                throw OidcReason.AUTHENTICATION_TIME_MISSING.refusal(Compared.of("auth_time", Optional.empty()));
            }
            return Compared.NOTHING;
        }
        var byAge = pending.maxAge().map(age -> time.instant().getEpochSecond() - age.toSeconds() - skew);
        var byForce = Optional.of(pending.departedAt().getEpochSecond() - skew).filter(_ -> pending.forced());
        var oldest = Math.max(byAge.orElse(Long.MIN_VALUE), byForce.orElse(Long.MIN_VALUE));
        if (authenticated.longValue() < oldest) {
            throw OidcReason.AUTHENTICATION_TOO_OLD.refusal(bound("auth_time ≥ ", oldest, authenticated.longValue()));
        }
        return Compared.received(Long.toString(authenticated.longValue()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
