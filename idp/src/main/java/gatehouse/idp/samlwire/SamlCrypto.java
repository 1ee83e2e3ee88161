package gatehouse.idp.samlwire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Signs and verifies octets with a fast cryptography provider where there is one, and with the platform's where there
 * is not. The provider is named per operation and never registered for the whole process. Shared by all threads.
 */
public final class SamlCrypto {

    private final Optional<Provider> fast;
    private final Set<SignatureAlgorithm> fastAlgorithms = EnumSet.noneOf(SignatureAlgorithm.class);
    private final Cache<PrivateKey, PrivateKey> translated = Caffeine.newBuilder().weakKeys().maximumSize(1_000)
            .build();

    /** @param fast the provider to prefer for all algorithms that it has */
    public SamlCrypto(Optional<Provider> fast) {
        this.fast = fast;
        for (var algorithm : SignatureAlgorithm.values()) {
            if (fast.isPresent() && fast.get().getService("Signature", algorithm.jcaName()) != null) {
                fastAlgorithms.add(algorithm);
            }
        }
    }

    /** Prefers the Amazon Corretto Crypto Provider, if it loads on this machine. */
    public static SamlCrypto fastest() {
        try {
            var provider = com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider.INSTANCE;
            provider.assertHealthy();
            return new SamlCrypto(Optional.of(provider));
        } catch (RuntimeException | LinkageError absent) {
            return new SamlCrypto(Optional.empty());
        }
    }

    /** The provider in use, for the log. */
    public String providerName() {
        return fast.map(Provider::getName).orElse("platform");
    }

    /** {@code key} in the form in which verifying is fastest; to be kept and used again. */
    PublicKey prepare(PublicKey key) {
        try {
            return fast.isPresent()
                    ? (PublicKey) KeyFactory.getInstance(key.getAlgorithm(), fast.get()).translateKey(key)
                    : key;
        } catch (GeneralSecurityException unknownToProvider) {
            return key;
        }
    }

    /** Whether {@code signature} over {@code octets} was made with {@code key}. Anything but a clear yes is a no. */
    boolean verifies(SignatureAlgorithm algorithm, PublicKey key, byte[] octets, byte[] signature) {
        if (!algorithm.takes(key)) {
            return false;
        }
        try {
            var verifier = signature(algorithm);
            verifier.initVerify(key);
            verifier.update(octets);
            return verifier.verify(signature);
        } catch (InvalidKeyException | SignatureException | RuntimeException notVerified) {
            return false; // a provider that fails in its own way has not said yes
        }
    }

    /** Signs {@code octets}. */
    byte[] sign(SignatureAlgorithm algorithm, PrivateKey key, byte[] octets) {
        try {
            var signer = signature(algorithm);
            signer.initSign(fastAlgorithms.contains(algorithm) ? translated.get(key, this::translate) : key);
            signer.update(octets);
            return signer.sign();
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("the SAML signing key cannot sign", unusable);
        }
    }

    private PrivateKey translate(PrivateKey key) {
        try {
            return (PrivateKey) KeyFactory.getInstance(key.getAlgorithm(), fast.orElseThrow()).translateKey(key);
        } catch (GeneralSecurityException unknownToProvider) {
            return key;
        }
    }

    private Signature signature(SignatureAlgorithm algorithm) {
        try {
            return fastAlgorithms.contains(algorithm)
                    ? Signature.getInstance(algorithm.jcaName(), fast.orElseThrow())
                    : Signature.getInstance(algorithm.jcaName());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has these
        }
    }
}
