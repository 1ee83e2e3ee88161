package gatehouse.sessions.secret;

import gatehouse.sessions.FamilyId;
import gatehouse.sessions.SessionId;
import java.util.Optional;

/**
 * A refresh token that we made: {@code v1.<family>.<session or nothing>.<generation, seed and MAC>}. It names the
 * records that judging it needs, so that one step can read them all; the MAC covers every part.
 *
 * <p>All tokens of a family share its seed, and differ in generation and MAC. So the successor of a token is a function
 * of the token and our key: a retry gets the same one with nothing kept. The store knows a hash of the seed only, and
 * so neither it nor the key alone yields a token.
 *
 * @param family     the family
 * @param session    the session it lives with, if any
 * @param generation 0 for the first token, one more for each successor
 * @param seed       the family's 32 random bytes
 */
public record RefreshValue(FamilyId family, Optional<SessionId> session, int generation, byte[] seed) {

    static final int SEED_BYTES = 32;

    /** What is stored of the seed. */
    public byte[] seedHash() {
        return TokenHash.shortOf(seed);
    }

    /** The token after this one. */
    public RefreshValue successor() {
        return new RefreshValue(family, session, generation + 1, seed);
    }

    @Override
    public String toString() {
        return "RefreshValue[" + family + ", " + generation + ", •••]";
    }
}
