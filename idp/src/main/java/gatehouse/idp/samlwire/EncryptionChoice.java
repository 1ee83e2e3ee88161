package gatehouse.idp.samlwire;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;

/**
 * How an assertion is encrypted for one service provider.
 *
 * @param certificate whose RSA key it is for
 * @param content     algorithm of the content
 * @param sha256      whether OAEP uses SHA-256; otherwise SHA-1, which is safe there, and known to all
 */
public record EncryptionChoice(X509Certificate certificate, Content content, boolean sha256) {

    /** Algorithms of the content, best first (xmlenc-core1 §5.2). */
    public enum Content {
        AES256_GCM("aes256-gcm", "http://www.w3.org/2009/xmlenc11#aes256-gcm", 32, true),
        AES128_GCM("aes128-gcm", "http://www.w3.org/2009/xmlenc11#aes128-gcm", 16, true),
        AES256_CBC("aes256-cbc", "http://www.w3.org/2001/04/xmlenc#aes256-cbc", 32, false),
        AES128_CBC("aes128-cbc", "http://www.w3.org/2001/04/xmlenc#aes128-cbc", 16, false);

        private final String word;
        private final String uri;
        private final int keyBytes;
        private final boolean gcm;

        Content(String word, String uri, int keyBytes, boolean gcm) {
            this.word = word;
            this.uri = uri;
            this.keyBytes = keyBytes;
            this.gcm = gcm;
        }

        /** As settings call it. */
        public String word() {
            return word;
        }

        /** As messages and metadata call it. */
        public String uri() {
            return uri;
        }

        int keyBytes() {
            return keyBytes;
        }

        boolean gcm() {
            return gcm;
        }

        /** The one that settings call {@code word}; without one, the best. */
        public static Content of(Optional<String> word) {
            return word.flatMap(name -> List.of(values()).stream().filter(one -> one.word.equals(name)).findFirst())
                    .orElse(AES256_GCM);
        }
    }

    /** Whether assertions can be encrypted for {@code certificate}. */
    public static boolean takes(X509Certificate certificate) {
        return certificate.getPublicKey() instanceof RSAPublicKey && SignaturePolicy.isStrongEnough(certificate);
    }
}
