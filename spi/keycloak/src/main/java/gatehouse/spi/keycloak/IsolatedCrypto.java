package gatehouse.spi.keycloak;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.Security;
import java.security.Signature;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.SecretKeyFactory;
import org.keycloak.common.util.KeystoreUtil.KeystoreFormat;
import org.keycloak.crypto.JavaAlgorithm;
import org.keycloak.crypto.def.DefaultCryptoProvider;

/**
 * Keycloak's crypto by the JDK, and by Bouncy Castle as an object. Keycloak itself inserts Bouncy Castle into the JVM's
 * list of security providers to ask for it by name: there the server would find it too, and it would outlive its
 * loader.
 */
final class IsolatedCrypto extends DefaultCryptoProvider {

    private IsolatedCrypto() {
    }

    /** Makes one and takes back what making it inserted. */
    static IsolatedCrypto create() {
        var crypto = new IsolatedCrypto();
        removeInserted(IsolatedCrypto.class.getClassLoader());
        return crypto;
    }

    /** Takes back what code of {@code loader} inserted into the JVM's list. */
    static void removeInserted(ClassLoader loader) {
        Arrays.stream(Security.getProviders()).filter(provider -> provider.getClass().getClassLoader() == loader)
                .forEach(provider -> Security.removeProvider(provider.getName()));
    }

    /** The JDK's, which is several times faster, where it has the algorithm. */
    @Override
    public SecretKeyFactory getSecretKeyFact(String algorithm) throws NoSuchAlgorithmException {
        try {
            return SecretKeyFactory.getInstance(algorithm);
        } catch (NoSuchAlgorithmException unknown) {
            return SecretKeyFactory.getInstance(algorithm, getBouncyCastleProvider());
        }
    }

    @Override
    public KeyPairGenerator getKeyPairGen(String algorithm) throws NoSuchAlgorithmException {
        return KeyPairGenerator.getInstance(algorithm, getBouncyCastleProvider());
    }

    @Override
    public KeyFactory getKeyFactory(String algorithm) throws NoSuchAlgorithmException {
        return KeyFactory.getInstance(algorithm, getBouncyCastleProvider());
    }

    @Override
    public Cipher getAesCbcCipher() throws NoSuchAlgorithmException, NoSuchPaddingException {
        return Cipher.getInstance("AES/CBC/PKCS7Padding", getBouncyCastleProvider());
    }

    @Override
    public Cipher getAesGcmCipher() throws NoSuchAlgorithmException, NoSuchPaddingException {
        return Cipher.getInstance("AES/GCM/NoPadding", getBouncyCastleProvider());
    }

    @Override
    public KeyStore getKeyStore(KeystoreFormat format) throws KeyStoreException {
        return KeyStore.getInstance(format.toString());
    }

    @Override
    public CertificateFactory getX509CertFactory() throws CertificateException {
        return CertificateFactory.getInstance("X.509", getBouncyCastleProvider());
    }

    @Override
    public CertStore getCertStore(CollectionCertStoreParameters certificates) throws NoSuchAlgorithmException {
        try {
            return CertStore.getInstance("Collection", certificates, getBouncyCastleProvider());
        } catch (NoSuchAlgorithmException unknown) {
            throw unknown;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public CertPathBuilder getCertPathBuilder() throws NoSuchAlgorithmException {
        return CertPathBuilder.getInstance("PKIX", getBouncyCastleProvider());
    }

    @Override
    public Signature getSignature(String algorithm) throws NoSuchAlgorithmException {
        return Signature.getInstance(JavaAlgorithm.getJavaAlgorithm(algorithm), getBouncyCastleProvider());
    }
}
