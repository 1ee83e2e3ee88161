package gatehouse.sessions;

import gatehouse.spi.Deadline;

/**
 * Authorization codes between issue and redemption (RFC 6749 §4.1.2). Codes are stored hashed, their content sealed.
 */
public interface AuthorizationCodeStore {

    /** Makes a family id on the shard of {@code session}, for {@link AuthorizationCode#family()}. */
    FamilyId newFamily(SessionId session);

    /** Keeps {@code code} until it expires and answers its value: a secret, at least 256 bits. */
    String issue(AuthorizationCode code, Deadline deadline);

    /**
     * Takes the code out of use and says what it was. Atomic: of any number of concurrent calls with one value,
     * exactly one gets {@link Redemption.Redeemed}. A call that times out may have spent the code.
     */
    Redemption redeem(String codeValue, Deadline deadline);
}
