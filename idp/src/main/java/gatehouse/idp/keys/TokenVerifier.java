package gatehouse.idp.keys;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Verifies compact JWS of our own making, strictly: a header with nothing but {@code alg}, {@code typ} and {@code kid},
 * a key that is in the issuer's ring now, the algorithm of that key, canonical base64url, no clock skew.
 *
 * <p>A verdict is remembered under the token's SHA-256, as long as the token and its key live: what is remembered is
 * that the signature held, and nothing about sessions. Only valid tokens are remembered, so nobody else can fill the
 * cache.
 */
final class TokenVerifier {

    /** Longest compact JWS that is looked at, in characters. */
    static final int TOKEN_LENGTH_MAX = 8192;

    private static final int HEADER_LENGTH_MAX = 512;
    /** What an entry takes beside the text of its claims: objects, key, table. */
    private static final int ENTRY_OVERHEAD_BYTES = 1024;

    private static final Base64.Decoder BASE64URL = Base64.getUrlDecoder();
    private static final Base64.Encoder CANONICAL = Base64.getUrlEncoder().withoutPadding();
    private static final Set<String> HEADER_MEMBERS = Set.of("alg", "typ", "kid");
    private static final ObjectReader JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxStringLength(TOKEN_LENGTH_MAX)
                            .maxNumberLength(32)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .readerFor(new TypeReference<Map<String, Object>>() {});

    private final KeyRings rings;
    private final Function<String, String> issuerUrl;
    private final InstantSource time;
    private final Cache<TokenHash, Verdict> verdicts;

    private record TokenHash(long a, long b, long c, long d) {}

    private record Header(String algorithm, String type, String kid) {}

    /** A token whose signature, type and issuer held; times in seconds since the epoch. */
    private record Verdict(String issuer, String type, SigningKey key, VerifiedJwt jwt, Times times, int sizeBytes) {}

    private record Times(long notBefore, long expires) {}

    TokenVerifier(KeyRings rings, Function<String, String> issuerUrl, InstantSource time, long cacheBytes) {
        this.rings = rings;
        this.issuerUrl = issuerUrl;
        this.time = time;
        this.verdicts = Caffeine.newBuilder()
                .maximumWeight(cacheBytes)
                .weigher((TokenHash _, Verdict verdict) -> verdict.sizeBytes())
                .expireAfter(Expiry.creating((TokenHash _, Verdict verdict) -> untilExpiry(verdict)))
                .build();
    }

    private Duration untilExpiry(Verdict verdict) {
        return Duration.ofSeconds(Math.clamp(verdict.times().expires() - nowSeconds(), 0, 86_400));
    }

    /** See {@link JwtVerifier#verify}; {@code expiredPasses} as in {@link JwtVerifier#verifyHint}. */
    Optional<VerifiedJwt> verify(String issuer, String type, String compact, boolean expiredPasses) {
        if (compact.length() > TOKEN_LENGTH_MAX) {
            return Optional.empty();
        }
        var ring = rings.of(issuer);
        var hash = hash(compact);
        var known = verdicts.getIfPresent(hash);
        if (known != null && ring.tokens().verifying(known.key().kid()).filter(key -> key == known.key()).isPresent()) {
            return judge(known, issuer, type, expiredPasses);
        }
        var verdict = examine(issuer, ring, compact);
        verdict.filter(this::isLive).ifPresent(valid -> verdicts.put(hash, valid));
        return verdict.flatMap(valid -> judge(valid, issuer, type, expiredPasses));
    }

    private Optional<VerifiedJwt> judge(Verdict verdict, String issuer, String type, boolean expiredPasses) {
        boolean accepted = verdict.issuer().equals(issuer)
                && sameType(verdict.type(), type)
                && nowSeconds() >= verdict.times().notBefore()
                && (expiredPasses || isLive(verdict));
        return accepted ? Optional.of(verdict.jwt()) : Optional.empty();
    }

    private boolean isLive(Verdict verdict) {
        return nowSeconds() < verdict.times().expires();
    }

    private long nowSeconds() {
        return Math.floorDiv(time.millis(), 1000L);
    }

    /** Everything that does not depend on the time or on what the caller expects. */
    private Optional<Verdict> examine(String issuer, KeyRing ring, String compact) {
        int headerEnd = compact.indexOf('.');
        int signedEnd = compact.indexOf('.', headerEnd + 1);
        boolean threeParts = headerEnd > 0 && signedEnd > headerEnd && compact.indexOf('.', signedEnd + 1) < 0;
        if (!threeParts || headerEnd > HEADER_LENGTH_MAX) {
            return Optional.empty();
        }
        var header = decode(compact.substring(0, headerEnd)).flatMap(TokenVerifier::header);
        var signature = decode(compact.substring(signedEnd + 1));
        if (header.isEmpty() || signature.isEmpty()) {
            return Optional.empty();
        }
        var kid = header.get().kid();
        var key = ring.tokens().verifying(kid)
                .or(() -> rings.afterUnknownKey(issuer).tokens().verifying(kid));
        if (key.isEmpty() || !key.get().algorithm().name().equals(header.get().algorithm())) {
            return Optional.empty();
        }
        var ascii = compact.getBytes(StandardCharsets.ISO_8859_1);
        if (!key.get().verifies(ascii, signedEnd, signature.get())) {
            return Optional.empty();
        }
        return decode(compact.substring(headerEnd + 1, signedEnd))
                .flatMap(TokenVerifier::object)
                .flatMap(claims -> verdict(issuer, header.get().type(), key.get(), claims, compact.length()));
    }

    private Optional<Verdict> verdict(
            String issuer, String type, SigningKey key, Map<String, Object> claims, int length) {
        if (!issuerUrl.apply(issuer).equals(claims.get("iss"))
                || !(claims.get("exp") instanceof Number expires)
                || !(claims.getOrDefault("nbf", Long.MIN_VALUE) instanceof Number notBefore)) {
            return Optional.empty();
        }
        var times = new Times(notBefore.longValue(), expires.longValue());
        return Optional.of(
                new Verdict(issuer, type, key, new VerifiedJwt(claims), times, length + ENTRY_OVERHEAD_BYTES));
    }

    private static Optional<Header> header(byte[] json) {
        return object(json).flatMap(members -> HEADER_MEMBERS.containsAll(members.keySet())
                        && members.get("alg") instanceof String algorithm
                        && members.get("typ") instanceof String type
                        && members.get("kid") instanceof String kid
                ? Optional.of(new Header(algorithm, type, kid))
                : Optional.empty());
    }

    /** RFC 7515 §4.1.9: the prefix {@code application/} may be left out; media types know no case. */
    private static boolean sameType(String one, String other) {
        return bare(one).equalsIgnoreCase(bare(other));
    }

    private static String bare(String type) {
        var prefix = "application/";
        return type.regionMatches(true, 0, prefix, 0, prefix.length()) ? type.substring(prefix.length()) : type;
    }

    /**
     * Only the one spelling that we write: a second spelling of a token would be a second token to a revocation list.
     */
    private static Optional<byte[]> decode(String base64url) {
        try {
            var bytes = BASE64URL.decode(base64url);
            return CANONICAL.encodeToString(bytes).equals(base64url) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Map<String, Object>> object(byte[] json) {
        try {
            Map<String, Object> members = JSON.readValue(json);
            return Optional.ofNullable(members).map(TokenVerifier::frozen);
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }

    /** Without nulls, which mean the same as absence here, and unchangeable all the way down. */
    private static Map<String, Object> frozen(Map<?, ?> members) {
        var kept = new HashMap<String, Object>(members.size() * 2);
        members.forEach((name, value) -> {
            if (value != null) {
                kept.put((String) name, frozen(value));
            }
        });
        return Map.copyOf(kept);
    }

    private static Object frozen(Object value) {
        return switch (value) {
            case Map<?, ?> members -> frozen(members);
            case List<?> values -> {
                var kept = new ArrayList<Object>(values.size());
                values.forEach(each -> {
                    if (each != null) {
                        kept.add(frozen(each));
                    }
                });
                yield List.copyOf(kept);
            }
            default -> value;
        };
    }

    private static TokenHash hash(String compact) {
        try {
            var digest = ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(compact.getBytes(StandardCharsets.ISO_8859_1)));
            return new TokenHash(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
