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

/** Keys with self-signed certificates, made once per test run, named for what makes them special. */
public enum TestCredentials {
    IDP("RSA", 2048),
    IDP_NEXT("RSA", 2048),
    IDP_EC("EC", 256),
    STRANGER("RSA", 2048),
    US("RSA", 2048),
    US_NEXT("RSA", 2048),
    WEAK("RSA", 1024),
    EXPIRED("RSA", 2048);

    private final KeyPair keys;
    private final X509Certificate certificate;

    TestCredentials(String algorithm, int size) {
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
        return keys;
    }

    public X509Certificate certificate() {
        return certificate;
    }
}
