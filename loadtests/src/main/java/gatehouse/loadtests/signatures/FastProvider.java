package gatehouse.loadtests.signatures;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Optional;

/**
 * A cryptography provider that is there on some machines only; used per signature, never registered globally.
 */
public enum FastProvider {

    ACCP("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider"),
    CONSCRYPT("org.conscrypt.OpenSSLProvider");

    private final String className;

    FastProvider(String className) {
        this.className = className;
    }

    /** The provider, or empty where it is not on the class path or its native part does not load here. */
    public Optional<Provider> load() {
        try {
            var provider = (Provider) Class.forName(className).getDeclaredConstructor().newInstance();
            provider.getService("Signature", "SHA256withECDSA").newInstance(null);
            return Optional.of(provider);
        } catch (ReflectiveOperationException | NoSuchAlgorithmException | LinkageError absent) {
            return Optional.empty();
        } catch (RuntimeException unsupportedMachine) {
            return Optional.empty();
        }
    }
}
