package gatehouse.idp.upstream.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import gatehouse.spi.Deadline;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Judges ID tokens (OpenID Connect Core §3.1.3.7) that came from the token endpoint. The signature is checked all the
 * same: TLS says who was asked, the signature says who answers.
 */
final class IdTokenValidator {

    private static final int SUBJECT_LENGTH_MAX = 255;

    private final OidcConnection settings;
    private final InstantSource time;

    IdTokenValidator(OidcConnection settings, InstantSource time) {
        this.settings = settings;
        this.time = time;
    }

    /**
     * Judges the ID token of {@code tokens}.
     *
     * @param code the code that it was exchanged for
     * @throws gatehouse.idp.upstream.UpstreamRefusal at the first rule that it breaks
     */
    VerifiedIdToken validate(
            TokenRequest.Tokens tokens, String code, PendingSignIn pending, RemoteKeys keys, Deadline deadline) {
        var form = SignedAnswer.Form.plain(settings, OidcReason.ID_TOKEN_MALFORMED);
        var token = SignedAnswer.verify(tokens.idToken(), form, keys, deadline);
        var claims = token.claims();
        requireProvider(claims);
        requireParties(token);
        requireTimes(claims, pending);
        requireNonce(claims, pending);
        requireHash(claims, "at_hash", tokens.accessToken(), token.algorithm());
        requireHash(claims, "c_hash", Optional.of(code), token.algorithm());
        requireFreshAuthentication(claims, pending);
        return new VerifiedIdToken(claims);
    }

    private void requireProvider(Map<String, Object> claims) {
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
    }

    private void requireParties(SignedAnswer token) {
        var claims = token.claims();
        if (!(claims.get("sub") instanceof String subject) || subject.isBlank()
                || subject.length() > SUBJECT_LENGTH_MAX || subject.chars().anyMatch(Character::isISOControl)) {
            throw OidcReason.SUBJECT_MISSING.refusal();
        }
        var audience = token.audience();
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

    /**
     * OpenID Connect Core §3.1.3.8, §3.3.2.11: optional in this flow, binding when it is there.
     *
     * @param hashed what the hash is of
     */
    private static void requireHash(
            Map<String, Object> claims, String name, Optional<String> hashed, JWSAlgorithm algorithm) {
        if (!claims.containsKey(name)) {
            return;
        }
        var expected = hashed.map(text -> leftHalf(text, algorithm));
        if (!(claims.get(name) instanceof String hash) || !Optional.of(hash).equals(expected)) {
            throw (name.equals("c_hash") ? OidcReason.CODE_HASH_MISMATCH : OidcReason.ACCESS_TOKEN_HASH_MISMATCH)
                    .refusal();
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
