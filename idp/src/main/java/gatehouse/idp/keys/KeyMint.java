package gatehouse.idp.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes keys to be stored, and opens stored ones.
 *
 * <p>A stored key is believed only as far as the master key vouches for it: the thumbprint of its public part must be
 * its {@code kid}, and its private part opens for that {@code kid}, issuer and purpose alone. Whoever can write to the
 * store can therefore remove a key, but not add one.
 */
final class KeyMint {

    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private final KeyWrapper wrapper;
    private final KeysConfig config;
    private final Function<String, String> issuerUrl;
    private final Optional<Provider> provider;
    private final SecureRandom random = new SecureRandom();

    /** @param provider what generates, signs and verifies; empty: the JDK */
    KeyMint(KeyWrapper wrapper, KeysConfig config, Function<String, String> issuerUrl, Optional<Provider> provider) {
        this.wrapper = wrapper;
        this.config = config;
        this.issuerUrl = issuerUrl;
        this.provider = provider;
    }

    /** A new key of {@code issuer}, to take over at {@code signsFrom}. */
    StoredKey mint(String issuer, KeyPurpose purpose, Instant now, Instant signsFrom) {
        try {
            var pair = generate(purpose);
            var jwk = jwk(pair.getPublic());
            var kid = jwk.computeThumbprint().toString();
            Optional<byte[]> certificate = purpose.signsJwts()
                    ? Optional.empty()
                    : Optional.of(certify(issuer, purpose, pair, now, signsFrom));
            var secret = wrapper.wrap(owner(issuer, purpose, kid), pair.getPrivate().getEncoded());
            return new StoredKey(issuer, kid, purpose, now, signsFrom, jwk.toJSONString(), certificate, secret);
        } catch (GeneralSecurityException | JOSEException | OperatorCreationException | IOException fault) {
            throw new IllegalStateException("cannot make a key for " + purpose, fault);
        }
    }

    private KeyPair generate(KeyPurpose purpose) throws GeneralSecurityException {
        var kind = purpose.isElliptic() ? "EC" : "RSA";
        var generator = provider.isPresent()
                ? KeyPairGenerator.getInstance(kind, provider.get())
                : KeyPairGenerator.getInstance(kind);
        if (purpose.isElliptic()) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else {
            generator.initialize(config.rsaBits());
        }
        return generator.generateKeyPair();
    }

    private static JWK jwk(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec -> new ECKey.Builder(Curve.P_256, ec).build();
            case RSAPublicKey rsa -> new RSAKey.Builder(rsa).build();
            default -> throw new IllegalArgumentException("not a key of ours: " + key.getAlgorithm());
        };
    }

    private byte[] certify(String issuer, KeyPurpose purpose, KeyPair pair, Instant now, Instant signsFrom)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        var host = URI.create(issuerUrl.apply(issuer)).getHost();
        var name = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, host).build();
        var builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(127, random).setBit(126),
                Date.from(now.minus(CLOCK_SKEW)),
                Date.from(config.rotation(purpose).endOf(signsFrom)),
                name,
                pair.getPublic());
        var signer = new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer)).getEncoded();
    }

    /** The opened token key. */
    SigningKey openToken(StoredKey stored, SigningAlgorithm algorithm) {
        try {
            var publicKey = publicKey(stored);
            return new SigningKey(
                    stored.kid(), algorithm, new KeyPair(publicKey, privateKey(stored, publicKey)), provider);
        } catch (GeneralSecurityException | ParseException | JOSEException damaged) {
            throw damaged(stored, damaged);
        }
    }

    /** The opened SAML key with its certificate. */
    SamlKeys.SamlCredential openSaml(StoredKey stored) {
        try {
            var publicKey = publicKey(stored);
            var certificate = certificate(stored);
            if (!Arrays.equals(certificate.getPublicKey().getEncoded(), publicKey.getEncoded())) {
                throw new GeneralSecurityException("its certificate is for another key");
            }
            return new SamlKeys.SamlCredential(privateKey(stored, publicKey), certificate);
        } catch (GeneralSecurityException | ParseException | JOSEException damaged) {
            throw damaged(stored, damaged);
        }
    }

    /** The certificate of a SAML key. */
    static X509Certificate certificate(StoredKey stored) {
        try {
            var der = stored.certificate().orElseThrow(() -> new GeneralSecurityException("it has no certificate"));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException damaged) {
            throw damaged(stored, damaged);
        }
    }

    private PublicKey publicKey(StoredKey stored) throws ParseException, JOSEException, GeneralSecurityException {
        var jwk = JWK.parse(stored.publicJwk());
        if (!jwk.computeThumbprint().toString().equals(stored.kid())) {
            throw new GeneralSecurityException("its kid is not the thumbprint of its public key");
        }
        var key = stored.purpose().isElliptic()
                ? jwk.toECKey().toECPublicKey()
                : jwk.toRSAKey().toRSAPublicKey();
        return (PublicKey) factory(key.getAlgorithm()).translateKey(key);
    }

    private PrivateKey privateKey(StoredKey stored, PublicKey publicKey) throws GeneralSecurityException {
        var encoded = wrapper.unwrap(owner(stored.issuer(), stored.purpose(), stored.kid()), stored.secret());
        return factory(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    /** Keys are the provider's own objects: another's would be converted anew at each use. */
    private KeyFactory factory(String algorithm) throws GeneralSecurityException {
        return provider.isPresent()
                ? KeyFactory.getInstance(algorithm, provider.get())
                : KeyFactory.getInstance(algorithm);
    }

    private static String owner(String issuer, KeyPurpose purpose, String kid) {
        return issuer + '/' + purpose + '/' + kid;
    }

    private static IllegalStateException damaged(StoredKey stored, Exception cause) {
        return new IllegalStateException(
                "stored key " + stored.kid() + " of " + stored.issuer() + " is damaged", cause);
    }
}
