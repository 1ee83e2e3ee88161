package gatehouse.spi.credential;

/** One way to hash passwords. Calls burn CPU by intent: they run on a bounded pool, never on the caller's thread. */
public interface PasswordHasher {

    /** Name of the algorithm, as stored in {@link PasswordHash#algorithm()}. */
    String algorithm();

    /** Hashes {@code password} with a fresh salt. The array is not kept. */
    PasswordHash hash(char[] password);

    /** Whether {@code password} is the one behind {@code stored}; constant time in the password. */
    boolean verify(char[] password, PasswordHash stored);
}
