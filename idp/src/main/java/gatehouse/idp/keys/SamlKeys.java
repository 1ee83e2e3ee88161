package gatehouse.idp.keys;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** Keys of an issuer as X.509 credentials, for both SAML roles. */
public interface SamlKeys {

    /** A private key and its certificate; {@code toString} tells the certificate's fingerprint only. */
    record SamlCredential(PrivateKey key, X509Certificate certificate) {
        @Override
        public String toString() {
            return "SamlCredential[" + certificate.getSerialNumber().toString(16) + "]";
        }
    }

    /** The credential that signs now (RSA, SHA-256). */
    SamlCredential signing(String issuer);

    /** Certificates to publish for signing: current, and the next in advance. */
    List<X509Certificate> published(String issuer);

    /** Certificates to publish for encryption: current, and the next in advance; both decrypt already. */
    List<X509Certificate> publishedForEncryption(String issuer);

    /**
     * Credentials that decrypt what is encrypted to us (RSA): the one to publish first, then all that may still be in
     * use.
     */
    List<SamlCredential> decryption(String issuer);
}
