package gatehouse.sessions.memory;

import gatehouse.sessions.ReplayCache;
import gatehouse.sessions.memory.Memory.Expiring;
import gatehouse.sessions.memory.Memory.Name;
import gatehouse.spi.Deadline;
import java.time.Instant;

/** Marks of one-time values, in memory. */
final class MemoryReplayCache implements ReplayCache {

    private final Memory memory;

    MemoryReplayCache(Memory memory) {
        this.memory = memory;
    }

    @Override
    public boolean firstUse(String kind, String id, Instant until, Deadline deadline) {
        return memory.atomically(deadline, () -> {
            var name = new Name(kind, id);
            if (memory.live(memory.used, name).isPresent()) {
                return false;
            }
            memory.used.put(name, new Expiring<>(true, until));
            return true;
        });
    }
}
