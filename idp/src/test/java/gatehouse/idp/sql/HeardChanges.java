package gatehouse.idp.sql;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what it was told. */
final class HeardChanges implements ConfigListener {

    private final List<ConfigChange> changes = new CopyOnWriteArrayList<>();
    private final AtomicInteger everything = new AtomicInteger();

    @Override
    public void changed(ConfigChange change) {
        changes.add(change);
    }

    @Override
    public void everythingMayHaveChanged() {
        everything.incrementAndGet();
    }

    List<ConfigChange> all() {
        return changes;
    }

    int everything() {
        return everything.get();
    }
}
