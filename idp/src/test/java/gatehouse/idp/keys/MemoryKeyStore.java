package gatehouse.idp.keys;

import gatehouse.spi.Deadline;
import gatehouse.spi.Unavailable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Keys in a map, shared by as many nodes as a test wants; fails when told to, and counts its reads. */
public final class MemoryKeyStore implements KeyStore {

    private final Map<String, List<StoredKey>> keys = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile boolean down;

    @Override
    public List<StoredKey> keys(String issuer, Deadline deadline) {
        requireUp();
        reads.incrementAndGet();
        return keys.getOrDefault(issuer, List.of());
    }

    @Override
    public List<StoredKey> update(String issuer, UnaryOperator<List<StoredKey>> change, Deadline deadline) {
        requireUp();
        return keys.compute(issuer, (_, stored) -> List.copyOf(change.apply(stored == null ? List.of() : stored)));
    }

    private void requireUp() {
        if (down) {
            throw new Unavailable("the store is down", new IllegalStateException("as the test wants"));
        }
    }

    /** From now on the store does not answer, or does again. */
    public void fail(boolean failing) {
        down = failing;
    }

    /** How often keys were read. */
    public int reads() {
        return reads.get();
    }
}
