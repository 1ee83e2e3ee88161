package gatehouse.idp.samlwire;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/**
 * XML signature algorithms that are known (RFC 9231 §2.3). HMAC and DSA are not among them; those with SHA-1 are
 * accepted of nobody but by {@link AlgorithmPolicy#legacy()}.
 */
public enum SignatureAlgorithm {
    RSA_SHA256("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "SHA256withRSA", true),
    RSA_SHA384("http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", "SHA384withRSA", true),
    RSA_SHA512("http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", "SHA512withRSA", true),
    ECDSA_SHA256("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", "SHA256withECDSAinP1363Format", false),
    ECDSA_SHA384("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", "SHA384withECDSAinP1363Format", false),
    ECDSA_SHA512("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512", "SHA512withECDSAinP1363Format", false),
    RSA_SHA1("http://www.w3.org/2000/09/xmldsig#rsa-sha1", "SHA1withRSA", true),
    ECDSA_SHA1("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1", "SHA1withECDSAinP1363Format", false);

    private final String uri;
    private final String jcaName;
    private final boolean rsa;

    SignatureAlgorithm(String uri, String jcaName, boolean rsa) {
        this.uri = uri;
        this.jcaName = jcaName;
        this.rsa = rsa;
    }

    /** Its URI. */
    public String uri() {
        return uri;
    }

    /** Its name in the Java cryptography architecture. */
    String jcaName() {
        return jcaName;
    }

    /** Whether {@code key} is of this algorithm's kind: a key never serves an algorithm of another. */
    boolean takes(PublicKey key) {
        return rsa ? key instanceof RSAPublicKey : key instanceof ECPublicKey;
    }

    /** Whether it rests on SHA-1. */
    boolean isLegacy() {
        return this == RSA_SHA1 || this == ECDSA_SHA1;
    }

    /** The algorithm with this URI, if it is known. */
    static Optional<SignatureAlgorithm> of(String uri) {
        for (var algorithm : values()) {
            if (algorithm.uri.equals(uri)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
