package gatehouse.sessions.redis;

import gatehouse.sessions.EngineUnderTest;
import gatehouse.sessions.Stores;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Stores on a Redis that runs; time passes by waiting. */
final class RedisEngine implements EngineUnderTest {

    static final SecretKey MASTER = new SecretKeySpec(new byte[32], "test");

    private final Stores stores;

    RedisEngine(URI uri) {
        stores = open(uri);
    }

    /** Stores with limits on time that a busy machine does not break. */
    static Stores open(URI uri) {
        return RedisStores.open(patient(uri), MASTER, CONFIG, InstantSource.system());
    }

    static RedisConfig patient(URI uri) {
        return new RedisConfig(
                uri, java.util.Optional.empty(), Duration.ofSeconds(5), Duration.ofSeconds(5), 2, 10_000);
    }

    static void sleep(Duration duration) {
        var end = System.nanoTime() + duration.toNanos();
        for (var left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public Stores stores() {
        return stores;
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public void pass(Duration duration) {
        sleep(duration);
    }
}
