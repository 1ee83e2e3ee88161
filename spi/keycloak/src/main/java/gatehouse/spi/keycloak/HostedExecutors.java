package gatehouse.spi.keycloak;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.keycloak.Config;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderFactory;

/**
 * Thread pools that providers may ask for by name, for work that outlives a call: bounded daemon threads with a bounded
 * queue. Work beyond it is refused with {@link java.util.concurrent.RejectedExecutionException}.
 */
final class HostedExecutors implements ProviderFactory<ExecutorsProvider>, ExecutorsProvider {

    private static final int THREADS_MAX = 4;
    private static final int QUEUE_MAX = 10_000;
    private static final int POOLS_MAX = 32;

    private final Map<String, ExecutorService> pools = new ConcurrentHashMap<>();
    private final ClassLoader loader;

    HostedExecutors(ClassLoader loader) {
        this.loader = loader;
    }

    @Override
    public ExecutorService getExecutor(String name) {
        return pools.computeIfAbsent(name, this::pool);
    }

    private ExecutorService pool(String name) {
        if (pools.size() >= POOLS_MAX) {
            throw new UnsupportedByHost("more than " + POOLS_MAX + " executors");
        }
        var pool = new ThreadPoolExecutor(THREADS_MAX, THREADS_MAX, 30, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(QUEUE_MAX), work -> {
                    var thread = Thread.ofPlatform().daemon().name("provider-executor-" + name).unstarted(work);
                    thread.setContextClassLoader(loader);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Ends all pools, interrupting what runs. */
    void shutdown() {
        pools.values().forEach(ExecutorService::shutdownNow);
    }

    @Override
    public ExecutorsProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public void init(Config.Scope config) {
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
    }

    @Override
    public void close() {
        // as a provider it is closed with every session; the pools end with the realm, in shutdown()
    }

    @Override
    public String getId() {
        return "default";
    }
}
