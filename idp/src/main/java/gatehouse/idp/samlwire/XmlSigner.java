package gatehouse.idp.samlwire;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;

/**
 * Signs elements the way SAML wants it (saml-core §5.4): enveloped, by reference to the ID, SHA-256. Shared by all
 * threads.
 */
final class XmlSigner {

    private static final String DS = " xmlns:ds=\"" + Namespace.DS.uri() + '"';
    private static final String EXCLUSIVE = Namespace.EXC_C14N.uri();
    private static final String BEFORE_ALGORITHM = "<ds:CanonicalizationMethod Algorithm=\"" + EXCLUSIVE
            + "\"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm=\"";
    private static final String BEFORE_ID = "\"></ds:SignatureMethod><ds:Reference URI=\"#";
    private static final String BEFORE_DIGEST = "\"><ds:Transforms><ds:Transform Algorithm=\"" + Namespace.DS.uri()
            + "enveloped-signature\"></ds:Transform><ds:Transform Algorithm=\"" + EXCLUSIVE
            + "\"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm=\"" + DigestAlgorithm.SHA256.uri()
            + "\"></ds:DigestMethod><ds:DigestValue>";
    private static final String AFTER_DIGEST = "</ds:DigestValue></ds:Reference></ds:SignedInfo>";

    private final SamlCrypto crypto;

    XmlSigner(SamlCrypto crypto) {
        this.crypto = crypto;
    }

    /** The algorithm that {@code key} signs with. */
    static SignatureAlgorithm algorithmOf(PrivateKey key) {
        return key instanceof RSAPrivateKey || key.getAlgorithm().equals("RSA")
                ? SignatureAlgorithm.RSA_SHA256 : SignatureAlgorithm.ECDSA_SHA256;
    }

    /** {@code xml} with its signature in place; again canonical, so that it can be embedded in what is signed next. */
    String sign(CanonicalXml xml, PrivateKey key, X509Certificate certificate) {
        if (xml.signatureAt() == 0 || xml.id().isEmpty()) {
            throw new IllegalArgumentException("the element has no place for a signature");
        }
        var algorithm = algorithmOf(key);
        var digest = DigestAlgorithm.SHA256.digest(xml.text().getBytes(StandardCharsets.UTF_8));
        var info = BEFORE_ALGORITHM + algorithm.uri() + BEFORE_ID + xml.id() + BEFORE_DIGEST + Base64Text.encode(digest)
                + AFTER_DIGEST;
        // Canonical by itself, the signed info declares its namespace; within the signature, that one has declared it.
        var signed = "<ds:SignedInfo" + DS + '>' + info;
        var value = crypto.sign(algorithm, key, signed.getBytes(StandardCharsets.UTF_8));
        return new StringBuilder(xml.text().length() + 4096)
                .append(xml.text(), 0, xml.signatureAt())
                .append("<ds:Signature").append(DS).append("><ds:SignedInfo>").append(info)
                .append("<ds:SignatureValue>").append(Base64Text.encode(value)).append("</ds:SignatureValue>")
                .append("<ds:KeyInfo><ds:X509Data><ds:X509Certificate>").append(encoded(certificate))
                .append("</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>")
                .append(xml.text(), xml.signatureAt(), xml.text().length())
                .toString();
    }

    static String encoded(X509Certificate certificate) {
        try {
            return Base64Text.encode(certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible); // it was decoded before
        }
    }
}
