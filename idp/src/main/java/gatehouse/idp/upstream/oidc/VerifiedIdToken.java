package gatehouse.idp.upstream.oidc;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The claims of an ID token that is, in full, the answer to one departure. Only {@link IdTokenValidator} makes one. */
final class VerifiedIdToken {

    private final Map<String, Object> claims;

    VerifiedIdToken(Map<String, Object> claims) {
        this.claims = claims;
    }

    Map<String, Object> claims() {
        return claims;
    }

    String subject() {
        return (String) claims.get("sub");
    }

    Optional<String> text(String name) {
        return claims.get(name) instanceof String text && !text.isEmpty() && text.length() <= 512
                ? Optional.of(text)
                : Optional.empty();
    }

    Optional<Instant> date(String name) {
        try {
            return claims.get(name) instanceof Number seconds
                    ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                    : Optional.empty();
        } catch (DateTimeException absurd) {
            return Optional.empty();
        }
    }

    List<String> texts(String name) {
        return claims.get(name) instanceof List<?> values
                ? values.stream().filter(String.class::isInstance).map(String.class::cast).limit(16).toList()
                : List.of();
    }
}
