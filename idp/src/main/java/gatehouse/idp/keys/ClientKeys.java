package gatehouse.idp.keys;

/**
 * The keys by which we prove to OpenID Providers who we are ({@code private_key_jwt}, RFC 7523): a line of keys of
 * their own, so that what such an assertion says can never pass for a token of ours. CPU only: keys are in memory.
 */
public interface ClientKeys {

    /**
     * The compact JWS over {@code claims} (a JSON object, UTF-8), with {@code kid} and {@code typ} in its header.
     *
     * @param issuer name of the issuer
     */
    String signAssertion(String issuer, SigningAlgorithm algorithm, byte[] claims);

    /** The JWK Set that providers verify them with: the current keys, the next, and those that still verify. */
    JwksDocuments.Document assertionKeys(String issuer);
}
