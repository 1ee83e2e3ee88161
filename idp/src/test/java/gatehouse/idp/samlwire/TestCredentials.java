package gatehouse.idp.samlwire;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Keys with self-signed certificates, made when first needed, named for what makes them special. */
public enum TestCredentials {
    IDP("RSA", 2048),
    IDP_NEXT("RSA", 2048),
    IDP_EC("EC", 256),
    STRANGER("RSA", 2048),
    US("RSA", 2048),
    US_NEXT("RSA", 2048),
    WEAK("RSA", 1024),
    EXPIRED("RSA", 2048),
    IDP_RSA_3072("RSA", 3072),
    IDP_RSA_4096("RSA", 4096),
    IDP_EC_384("EC", 384),
    IDP_EC_521("EC", 521);

    private final String algorithm;
    private final int size;
    private KeyPair keys;
    private X509Certificate certificate;

    TestCredentials(String algorithm, int size) {
        this.algorithm = algorithm;
        this.size = size;
    }

    private synchronized void make() {
        if (keys != null) {
            return;
        }
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            keys = generator.generateKeyPair();
            var end = name().equals("EXPIRED")
                    ? Instant.parse("2020-01-01T00:00:00Z") : Instant.parse("2049-01-01T00:00:00Z");
            var name = new X500Principal("CN=" + name());
            var builder = new JcaX509v3CertificateBuilder(name, BigInteger.valueOf(ordinal() + 1),
                    Date.from(end.minus(Duration.ofDays(9_000))), Date.from(end), name, keys.getPublic());
            var signer = new JcaContentSignerBuilder(algorithm.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA")
                    .build(keys.getPrivate());
            certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public KeyPair keys() {
        make();
        return keys;
    }

    public X509Certificate certificate() {
        make();
        return certificate;
    }
}
