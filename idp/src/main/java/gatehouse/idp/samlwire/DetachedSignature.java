package gatehouse.idp.samlwire;

/**
 * A signature that travels beside a message instead of in it: over the query of the Redirect binding, or over the form
 * of the SimpleSign binding.
 *
 * @param octets what it covers, rebuilt from what was sent
 */
public record DetachedSignature(SignatureAlgorithm algorithm, byte[] octets, byte[] value) {

    /** @throws SamlError unless a key of {@code policy} made it, with an algorithm that the policy accepts */
    void verify(SignaturePolicy policy) {
        policy.requireAccepted(algorithm);
        if (!policy.verifies(algorithm, octets, value)) {
            throw new SamlError(SamlReason.SIGNATURE_INVALID);
        }
    }

    @Override
    public String toString() {
        return "DetachedSignature[" + algorithm + "]";
    }
}
