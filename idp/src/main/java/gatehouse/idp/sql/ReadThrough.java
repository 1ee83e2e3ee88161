package gatehouse.idp.sql;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import gatehouse.spi.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A bounded cache in front of SQL. What is found is kept until it is forgotten and for {@link #KEPT} at most; a minute
 * old, it is read again behind the asker's back, so that while SQL is down it is still served until then. What is not
 * found is remembered for {@link #ABSENT_KEPT}. However many ask at once for one key, one reads.
 */
public final class ReadThrough<K, V> {

    /** Longest time an entry is served without having been read again. */
    static final Duration KEPT = Duration.ofMinutes(5);
    /** After this, an entry that is asked for is read again in the background. */
    static final Duration FRESH = Duration.ofMinutes(1);
    /** How long nothing is remembered as nothing. */
    static final Duration ABSENT_KEPT = Duration.ofSeconds(10);
    /** Time one load may take; shared by all who wait for it, so it is nobody's own deadline. */
    private static final Duration LOAD = Duration.ofSeconds(2);

    private final AsyncLoadingCache<K, Optional<V>> entries;

    /**
     * @param sizeMax entries kept
     * @param load    what reads one, within the deadline it is given
     */
    public ReadThrough(int sizeMax, Executor executor, LongSupplier nanoClock, BiFunction<K, Deadline, Optional<V>> load) {
        AsyncCacheLoader<K, Optional<V>> loader = (key, on) -> {
            var loading = new CompletableFuture<Optional<V>>();
            on.execute(() -> complete(loading, () -> load.apply(key, Deadline.after(LOAD, nanoClock))));
            return loading;
        };
        Ticker ticker = nanoClock::getAsLong;
        this.entries = Caffeine.newBuilder()
                .maximumSize(sizeMax)
                .executor(executor)
                .ticker(ticker)
                .expireAfter(Expiry.<K, Optional<V>>writing((_, found) -> found.isPresent() ? KEPT : ABSENT_KEPT))
                .refreshAfterWrite(FRESH)
                .buildAsync(loader);
    }

    /** What is found under {@code key}, read if it is not at hand. */
    public Optional<V> get(K key, Deadline deadline) {
        var entry = entries.get(key);
        if (entry.isDone() && !entry.isCompletedExceptionally()) {
            return entry.join();
        }
        deadline.requireTime();
        try {
            // A copy: who gives up waiting must not cancel what others wait for.
            return deadline.await(entry.copy());
        } catch (CompletionException failed) {
            // The cache forgets a failed load by itself, but maybe only after the next one has asked.
            entries.asMap().remove(key, entry);
            throw failed.getCause() instanceof LoadFailed known ? known.cause : failed;
        }
    }

    private static <V> void complete(CompletableFuture<Optional<V>> loading, Supplier<Optional<V>> load) {
        try {
            loading.complete(load.get());
        } catch (RuntimeException failed) {
            loading.completeExceptionally(new LoadFailed(failed));
        }
    }

    /** A failed load. A timeout by type, for the cache logs any other with its stack, once for each that asks. */
    private static final class LoadFailed extends TimeoutException {
        private final RuntimeException cause;

        private LoadFailed(RuntimeException cause) {
            this.cause = cause;
        }
    }

    /** The next who asks for {@code key} causes a read. */
    public void forget(K key) {
        entries.synchronous().invalidate(key);
    }

    void forgetIf(Predicate<K> which) {
        entries.asMap().keySet().removeIf(which);
    }

    /** As {@link #forget}, for every key. */
    public void forgetAll() {
        entries.synchronous().invalidateAll();
    }
}
