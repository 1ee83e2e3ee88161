package gatehouse.loadtests.upstream;

import com.nimbusds.jose.jwk.RSAKey;
import gatehouse.loadtests.signatures.FastProvider;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * One RSA key of the upstream, its certificate for SAML, and the fastest signer that loads here.
 *
 * @param fast the provider to sign with; empty: the JDK's
 */
record UpstreamKeys(KeyPair pair, X509Certificate certificate, Optional<Provider> fast) {

    private static final Duration VALID = Duration.ofDays(2);

    static UpstreamKeys generate(Instant now) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var pair = generator.generateKeyPair();
            return new UpstreamKeys(pair, certify(pair, now), FastProvider.ACCP.load());
        } catch (GeneralSecurityException | OperatorCreationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The certificate as one line of Base64, as metadata and administration forms take it. */
    String certificateBase64() {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    RSAKey jwk() {
        return new RSAKey.Builder((RSAPublicKey) pair.getPublic()).privateKey(pair.getPrivate()).keyID("upstream")
            .build();
    }

    private static X509Certificate certify(KeyPair pair, Instant now)
            throws GeneralSecurityException, OperatorCreationException {
        var name = new X500Principal("CN=load test upstream");
        var builder = new JcaX509v3CertificateBuilder(name, BigInteger.valueOf(now.toEpochMilli()),
            Date.from(now.minus(VALID)), Date.from(now.plus(VALID)), name, pair.getPublic());
        var signer = new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    @Override
    public String toString() {
        return "UpstreamKeys";
    }
}
