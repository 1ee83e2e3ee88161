package gatehouse.idp.keys;

import java.util.Optional;

/**
 * Verifies JWTs that this server issued: signature by a published key of the issuer, algorithm of that key, {@code
 * typ}, {@code iss}. The verdict is cached by the token's hash, bounded; expiry is checked on every call.
 */
public interface JwtVerifier {

    /**
     * The claims of {@code compact} if it is one of ours, of that type, and neither expired nor not yet valid.
     *
     * @param issuer name of the issuer that must have signed it
     * @param type   the {@code typ} it must have
     */
    Optional<VerifiedJwt> verify(String issuer, String type, String compact);

    /** As {@link #verify}, but an expired token passes: for {@code id_token_hint} only. */
    Optional<VerifiedJwt> verifyHint(String issuer, String type, String compact);
}
