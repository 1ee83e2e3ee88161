package gatehouse.idp.samlwire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * Digests of XML signatures that are known (RFC 9231 §2.1, xmlenc §5.7). SHA-1 is accepted of nobody but by
 * {@link AlgorithmPolicy#legacy()}.
 */
enum DigestAlgorithm {
    SHA256("http://www.w3.org/2001/04/xmlenc#sha256", "SHA-256"),
    SHA384("http://www.w3.org/2001/04/xmldsig-more#sha384", "SHA-384"),
    SHA512("http://www.w3.org/2001/04/xmlenc#sha512", "SHA-512"),
    SHA1("http://www.w3.org/2000/09/xmldsig#sha1", "SHA-1");

    private final String uri;
    private final String jcaName;

    DigestAlgorithm(String uri, String jcaName) {
        this.uri = uri;
        this.jcaName = jcaName;
    }

    String uri() {
        return uri;
    }

    byte[] digest(byte[] octets) {
        try {
            return MessageDigest.getInstance(jcaName).digest(octets);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has these
        }
    }

    boolean isLegacy() {
        return this == SHA1;
    }

    static Optional<DigestAlgorithm> of(String uri) {
        for (var algorithm : values()) {
            if (algorithm.uri.equals(uri)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
