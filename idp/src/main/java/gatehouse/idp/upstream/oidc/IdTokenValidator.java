package gatehouse.idp.upstream.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import gatehouse.idp.http.Compared;
import gatehouse.idp.upstream.xray.Check;
import gatehouse.idp.upstream.xray.Trace;
import gatehouse.idp.upstream.xray.Trace.Stage;
import gatehouse.spi.Deadline;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
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
     * @param trace told of every rule, also of those behind the first that does not hold
     * @throws gatehouse.idp.upstream.UpstreamRefusal at the first rule that it breaks
     */
    VerifiedIdToken validate(
            TokenRequest.Tokens tokens, PendingSignIn pending, RemoteKeys keys, Trace trace, Deadline deadline) {
        var form = SignedAnswer.Form.plain(settings, OidcReason.ID_TOKEN_MALFORMED);
        var token = trace.timed(Stage.KEYS, () -> SignedAnswer.verify(tokens.idToken(), form, keys, deadline));
        trace.passed(Check.ID_TOKEN);
        trace.passed(Check.SIGNATURE, Compared.received(token.algorithm().getName()));
        var claims = token.claims();
        trace.check(Check.ISSUER, () -> requireProvider(claims));
        trace.check(Check.SUBJECT, () -> requireSubject(claims));
        trace.check(Check.AUDIENCE, () -> requireAudience(token));
        trace.check(Check.AUTHORIZED_PARTY, () -> requireAuthorizedParty(token));
        trace.check(Check.TIME, () -> requireTimes(claims, pending));
        trace.check(Check.NONCE, () -> requireNonce(claims, pending));
        trace.check(Check.TOKEN_HASH, () -> requireHashes(token, tokens));
        trace.check(Check.AUTHENTICATION, () -> requireFreshAuthentication(claims, pending));
        trace.settle();
        return new VerifiedIdToken(claims);
    }

    private Compared requireProvider(Map<String, Object> claims) {
        var issuer = compared(settings.issuerIdentifier().signs(), claims, "iss");
        require(settings.issuerIdentifier().signs().equals(claims.get("iss")), OidcReason.WRONG_ISSUER, issuer);
        settings.tenantId().ifPresent(tenant -> require(
                tenant.equals(claims.get("tid")), OidcReason.OTHER_TENANT, compared(tenant, claims, "tid")));
        var domains = settings.hostedDomains();
        require(domains.isEmpty() || claims.get("hd") instanceof String domain
                        && domains.contains(domain.toLowerCase(Locale.ROOT)),
                OidcReason.OTHER_HOSTED_DOMAIN, compared(String.join(", ", domains), claims, "hd"));
        return issuer;
    }

    private static Compared requireSubject(Map<String, Object> claims) {
        require(claims.get("sub") instanceof String subject && !subject.isBlank()
                        && subject.length() <= SUBJECT_LENGTH_MAX && subject.chars().noneMatch(Character::isISOControl),
                OidcReason.SUBJECT_MISSING, compared("sub", claims, "sub"));
        return Compared.received((String) claims.get("sub"));
    }

    private Compared requireAudience(SignedAnswer token) {
        var compared = Compared.of(settings.clientId(), token.audience());
        require(token.audience().contains(settings.clientId()), OidcReason.WRONG_AUDIENCE, compared);
        return compared;
    }

    private Compared requireAuthorizedParty(SignedAnswer token) {
        boolean named = token.claims().containsKey("azp");
        var compared = compared(settings.clientId(), token.claims(), "azp");
        // Counted raw: an entry that is no text is an audience all the same.
        boolean several = token.claims().get("aud") instanceof List<?> many && many.size() > 1;
        require(named ? settings.clientId().equals(token.claims().get("azp")) : !several,
                OidcReason.WRONG_AUTHORIZED_PARTY, compared);
        return compared;
    }

    private Compared requireTimes(Map<String, Object> claims, PendingSignIn pending) {
        if (!(claims.get("exp") instanceof Number expires) || !(claims.get("iat") instanceof Number issued)
                || !(claims.getOrDefault("nbf", 0L) instanceof Number notBefore)) {
            throw OidcReason.TIMES_MISSING.refusal();
        }
        long now = time.instant().getEpochSecond();
        long skew = settings.clockSkew().toSeconds();
        require(expires.longValue() > now - skew, OidcReason.EXPIRED, times("exp > " + date(now - skew), expires));
        var latest = Math.max(issued.longValue(), notBefore.longValue());
        require(latest <= now + skew, OidcReason.NOT_YET_VALID, times("iat, nbf ≤ " + date(now + skew), latest));
        long departed = pending.departedAt().getEpochSecond();
        require(issued.longValue() >= departed - skew, OidcReason.OLDER_THAN_REQUEST,
                times("iat ≥ " + date(departed - skew), issued));
        return times(date(departed - skew) + " – " + date(now + skew), issued);
    }

    private static Compared times(String expected, Number seconds) {
        return Compared.of(expected, date(seconds.longValue()));
    }

    private static String date(long seconds) {
        try {
            return Instant.ofEpochSecond(seconds).toString();
        } catch (DateTimeException absurd) {
            return Long.toString(seconds);
        }
    }

    private static Compared requireNonce(Map<String, Object> claims, PendingSignIn pending) {
        require(claims.get("nonce") instanceof String nonce
                        && MessageDigest.isEqual(utf8(nonce), utf8(pending.nonce())),
                OidcReason.NONCE_MISMATCH, Compared.NOTHING);
        return Compared.NOTHING;
    }

    /** OpenID Connect Core §3.1.3.8, §3.3.2.11: optional in this flow, binding when they are there. */
    private static Compared requireHashes(SignedAnswer token, TokenRequest.Tokens tokens) {
        requireHash(token, "at_hash", tokens.accessToken(), OidcReason.ACCESS_TOKEN_HASH_MISMATCH);
        requireHash(token, "c_hash", Optional.of(tokens.code()), OidcReason.CODE_HASH_MISMATCH);
        return Compared.NOTHING;
    }

    private static void requireHash(SignedAnswer token, String name, Optional<String> hashed, OidcReason reason) {
        if (token.claims().containsKey(name)) {
            var expected = hashed.map(text -> leftHalf(text, token.algorithm()));
            require(token.claims().get(name) instanceof String hash && Optional.of(hash).equals(expected), reason,
                    compared(expected.orElse(""), token.claims(), name));
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

    private Compared requireFreshAuthentication(Map<String, Object> claims, PendingSignIn pending) {
        long skew = settings.clockSkew().toSeconds();
        if (!(claims.get("auth_time") instanceof Number authenticated)) {
            require(pending.maxAge().isEmpty() && !claims.containsKey("auth_time"),
                    OidcReason.AUTHENTICATION_TIME_MISSING, compared("auth_time", claims, "auth_time"));
            return Compared.NOTHING;
        }
        long earliest = Math.max(
                pending.maxAge().map(age -> time.instant().getEpochSecond() - age.toSeconds()).orElse(Long.MIN_VALUE),
                pending.forced() ? pending.departedAt().getEpochSecond() : Long.MIN_VALUE);
        boolean fresh = earliest == Long.MIN_VALUE || authenticated.longValue() >= earliest - skew;
        require(fresh, OidcReason.AUTHENTICATION_TOO_OLD, times("auth_time ≥ " + date(earliest - skew), authenticated));
        return Compared.received(date(authenticated.longValue()));
    }

    private static void require(boolean holds, OidcReason reason, Compared compared) {
        if (!holds) {
            throw reason.refusal(compared);
        }
    }

    private static Compared compared(String expected, Map<String, Object> claims, String name) {
        return Compared.of(expected, Optional.ofNullable(claims.get(name)).map(String::valueOf));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
