package gatehouse.idp.samlwire;

/**
 * What one peer may use, for now, beyond the algorithms that are accepted of everybody. Either is a choice of the
 * connection's administrator; neither is ever taken from a message.
 *
 * @param legacy    SHA-1 in signatures and digests, 3DES in encryption
 * @param blockMode AES in CBC mode, which protects nothing by itself (xmlenc §6.6): only inside a verified signature
 */
public record AlgorithmPolicy(boolean legacy, boolean blockMode) {

    /** What is accepted of everybody, and nothing else. */
    public static final AlgorithmPolicy STRICT = new AlgorithmPolicy(false, false);
}
