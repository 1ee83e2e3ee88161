package gatehouse.idp.boot;

import gatehouse.idp.credential.HashPool;
import gatehouse.spi.Deadline;
import gatehouse.spi.credential.PasswordHash;
import gatehouse.spi.credential.PasswordHasher;
import java.time.Duration;

/** A hasher whose work is done by the pool for such work, whoever asks. */
record PooledHasher(PasswordHasher hasher, HashPool pool) implements PasswordHasher {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Override
    public String algorithm() {
        return hasher.algorithm();
    }

    @Override
    public PasswordHash hash(char[] password) {
        return pool.run(() -> hasher.hash(password), Deadline.after(PATIENCE));
    }

    @Override
    public boolean verify(char[] password, PasswordHash stored) {
        return pool.run(() -> hasher.verify(password, stored), Deadline.after(PATIENCE));
    }
}
