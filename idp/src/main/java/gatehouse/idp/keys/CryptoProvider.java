package gatehouse.idp.keys;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * The fast provider of signatures: Amazon Corretto Crypto Provider where its native library loads. Named at each use
 * and never inserted among the JVM's providers, so that nothing else changes its behaviour.
 */
public final class CryptoProvider {

    private static final Optional<Provider> FAST = load();

    private CryptoProvider() {}

    /** The fast provider; empty where it does not load: use the JDK's. */
    public static Optional<Provider> fast() {
        return FAST;
    }

    private static Optional<Provider> load() {
        try {
            var provider = AmazonCorrettoCryptoProvider.INSTANCE;
            if (provider.getLoadingError() == null) {
                return Optional.of(provider);
            }
            warn(provider.getLoadingError());
        } catch (LinkageError | RuntimeException absent) {
            warn(absent);
        }
        return Optional.empty();
    }

    private static void warn(Throwable why) {
        LoggerFactory.getLogger(CryptoProvider.class)
                .warn("Amazon Corretto Crypto Provider does not load here; the JDK signs: {}", why.toString());
    }
}
