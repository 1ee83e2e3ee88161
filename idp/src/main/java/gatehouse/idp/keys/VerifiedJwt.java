package gatehouse.idp.keys;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The claims of a JWT whose signature, type and issuer have been checked. Only {@link JwtVerifier} makes one. */
public final class VerifiedJwt {

    private final Map<String, Object> claims;

    VerifiedJwt(Map<String, Object> claims) {
        this.claims = Map.copyOf(claims);
    }

    /** All claims: strings, numbers, booleans, lists and maps. */
    public Map<String, Object> claims() {
        return claims;
    }

    /** A string claim; empty if it is absent or of another kind. */
    public Optional<String> text(String name) {
        return claims.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A NumericDate claim (RFC 7519 §2). */
    public Optional<Instant> date(String name) {
        return claims.get(name) instanceof Number number
                ? Optional.of(Instant.ofEpochSecond(number.longValue()))
                : Optional.empty();
    }

    /** {@code aud} as a list. */
    public List<String> audience() {
        return switch (claims.get("aud")) {
            case String one -> List.of(one);
            case List<?> many -> many.stream().filter(String.class::isInstance).map(String.class::cast).toList();
            case null, default -> List.of();
        };
    }
}
