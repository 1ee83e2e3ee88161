package gatehouse.idp.samlwire;

import gatehouse.idp.http.Compared;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

/**
 * The keys that one peer may sign with: from configuration or metadata, never from a message. There is always at least
 * one; without a key there is no policy, and without a policy nothing can be verified. Immutable; made once per peer.
 */
public final class SignaturePolicy {

    /** Certificates one peer may have: current, next, and some that nobody tidied away. */
    public static final int CERTIFICATES_MAX = 16;

    private static final int RSA_BITS_MIN = 2048;

    private final SamlCrypto crypto;
    private final List<PublicKey> keys;
    private final AlgorithmPolicy algorithms;

    SignaturePolicy(SamlCrypto crypto, List<X509Certificate> certificates) {
        if (certificates.isEmpty() || certificates.size() > CERTIFICATES_MAX) {
            throw new IllegalArgumentException("a peer has 1 to " + CERTIFICATES_MAX + " certificates");
        }
        if (!certificates.stream().allMatch(SignaturePolicy::isStrongEnough)) {
            throw new IllegalArgumentException("a peer's keys are RSA of at least " + RSA_BITS_MIN + " bits, or EC");
        }
        this.crypto = crypto;
        this.keys = certificates.stream().map(X509Certificate::getPublicKey).distinct().map(crypto::prepare).toList();
        this.algorithms = AlgorithmPolicy.STRICT;
    }

    private SignaturePolicy(SamlCrypto crypto, List<PublicKey> keys, AlgorithmPolicy algorithms) {
        this.crypto = crypto;
        this.keys = keys;
        this.algorithms = algorithms;
    }

    /** The same keys, and these algorithms beyond those that are accepted of everybody. */
    public SignaturePolicy accepting(AlgorithmPolicy permitted) {
        return permitted.equals(algorithms) ? this : new SignaturePolicy(crypto, keys, permitted);
    }

    AlgorithmPolicy algorithms() {
        return algorithms;
    }

    /** @throws SamlError SIGNATURE_ALGORITHM_REFUSED */
    void requireAccepted(SignatureAlgorithm algorithm) {
        if (algorithm.isLegacy() && !algorithms.legacy()) {
            throw new SamlError(SamlReason.SIGNATURE_ALGORITHM_REFUSED, Compared.of("SHA-256", algorithm.name()));
        }
    }

    /** @throws SamlError DIGEST_ALGORITHM_REFUSED */
    void requireAccepted(DigestAlgorithm digest) {
        if (digest.isLegacy() && !algorithms.legacy()) {
            throw new SamlError(SamlReason.DIGEST_ALGORITHM_REFUSED, Compared.of("SHA-256", digest.name()));
        }
    }

    /**
     * Whether a key is of a kind and size that is accepted. Dates in a certificate are not looked at: it carries a key
     * that configuration vouches for, and nothing else (SAML metadata interoperability profile §2.6.1).
     */
    public static boolean isStrongEnough(X509Certificate certificate) {
        return switch (certificate.getPublicKey()) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= RSA_BITS_MIN;
            case ECPublicKey ec -> ec.getParams().getCurve().getField().getFieldSize() >= 256;
            default -> false;
        };
    }

    /** Whether any of the keys made {@code signature} over {@code octets}. */
    boolean verifies(SignatureAlgorithm algorithm, byte[] octets, byte[] signature) {
        for (var key : keys) {
            if (crypto.verifies(algorithm, key, octets, signature)) {
                return true;
            }
        }
        return false;
    }
}
