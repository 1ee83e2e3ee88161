package gatehouse.idp.samlwire;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;

/** X.509 certificates as people paste them and as metadata carries them. */
public final class Certificates {

    private Certificates() {}

    /** The certificate in PEM, or in bare base64 as metadata has it; empty if it is neither. */
    public static Optional<X509Certificate> ofText(String text) {
        return ofBase64(text.replace("-----BEGIN CERTIFICATE-----", "").replace("-----END CERTIFICATE-----", ""));
    }

    static Optional<X509Certificate> ofBase64(String text) {
        return Base64Text.decode(text).flatMap(der -> {
            try {
                return Optional.of((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
            } catch (CertificateException malformed) {
                return Optional.empty();
            }
        });
    }

    /** SHA-256 over the certificate in DER: lower-case hexadecimal. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (CertificateEncodingException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // it was decoded before, and every JDK has SHA-256
        }
    }

    /** The certificate in PEM (RFC 7468). */
    public static String pem(X509Certificate certificate) {
        var encoded = XmlSigner.encoded(certificate);
        var pem = new StringBuilder("-----BEGIN CERTIFICATE-----\n");
        for (int i = 0; i < encoded.length(); i += 64) {
            pem.append(encoded, i, Math.min(encoded.length(), i + 64)).append('\n');
        }
        return pem.append("-----END CERTIFICATE-----\n").toString();
    }
}
