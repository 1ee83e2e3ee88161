package gatehouse.idp.oauth.gate;

import gatehouse.sessions.FamilyId;
import java.util.Optional;

/**
 * How a {@code jti} is spelled: {@code <random>}, or {@code <family>.<random>} where the token was born from a
 * family, so that a revoked family can be seen from the token alone.
 */
public final class TokenId {

    private static final int FAMILY_LENGTH = 24;

    private TokenId() {}

    /** The jti of a token of {@code family}. */
    public static String of(FamilyId family, String random) {
        return family.value() + '.' + random;
    }

    /** The family that {@code jti} names, if it names one. */
    public static Optional<FamilyId> family(String jti) {
        return jti.length() > FAMILY_LENGTH && jti.charAt(FAMILY_LENGTH) == '.'
                ? Optional.of(new FamilyId(jti.substring(0, FAMILY_LENGTH)))
                : Optional.empty();
    }
}
