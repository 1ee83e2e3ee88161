package gatehouse.spi.hosting.guard;

import gatehouse.spi.Unavailable;
import gatehouse.spi.credential.PasswordHash;
import gatehouse.spi.credential.PasswordHasher;
import gatehouse.spi.host.ProviderFailure;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A hosted password hasher that fails closed: whatever goes wrong inside it, nobody gets in by it, and the answer is
 * {@link Unavailable}, never a wrong password, so that nobody is locked out by it either.
 */
public final class GuardedPasswordHasher implements PasswordHasher, AutoCloseable {

    private final PasswordHasher hosted;
    private final String algorithm;
    private final ProviderExecutor executor;

    public GuardedPasswordHasher(PasswordHasher hosted, ProviderExecutor executor) {
        this.hosted = hosted;
        this.algorithm = hosted.algorithm();
        this.executor = executor;
    }

    @Override
    public String algorithm() {
        return algorithm;
    }

    @Override
    public PasswordHash hash(char[] password) {
        return guarded(password, hosted::hash);
    }

    @Override
    public boolean verify(char[] password, PasswordHash stored) {
        return guarded(password, own -> hosted.verify(own, stored));
    }

    /** The provider gets a copy: it may still be reading when the caller has given up and cleared its own. */
    private <T> T guarded(char[] password, Function<char[], T> work) {
        var own = password.clone();
        try {
            return executor.call(() -> {
                try {
                    return work.apply(own);
                } finally {
                    Arrays.fill(own, '\0');
                }
            });
        } catch (ProviderFailure failure) {
            throw new Unavailable("password hasher " + algorithm + " gave no answer", failure);
        }
    }

    /** The counters now. */
    public ProviderMetrics metrics() {
        return executor.metrics(0, 0);
    }

    @Override
    public void close() {
        executor.close();
    }
}
