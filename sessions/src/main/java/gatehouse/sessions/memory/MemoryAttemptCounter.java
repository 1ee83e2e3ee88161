package gatehouse.sessions.memory;

import gatehouse.sessions.AttemptCounter;
import gatehouse.sessions.memory.Memory.Attempts;
import gatehouse.sessions.memory.Memory.Expiring;
import gatehouse.sessions.memory.Memory.Name;
import gatehouse.spi.Deadline;
import java.time.Duration;

/** Fading counts, in memory. */
final class MemoryAttemptCounter implements AttemptCounter {

    private static final double FORGOTTEN = 0.001;

    private final Memory memory;

    MemoryAttemptCounter(Memory memory) {
        this.memory = memory;
    }

    @Override
    public double count(String kind, String key, Duration halfLife, Deadline deadline) {
        return memory.atomically(deadline, () -> now(new Name(kind, key), halfLife));
    }

    @Override
    public double failed(String kind, String key, Duration halfLife, Deadline deadline) {
        return memory.atomically(deadline, () -> {
            var name = new Name(kind, key);
            var count = now(name, halfLife) + 1;
            var halvings = (long) Math.ceil(Math.log(count / FORGOTTEN) / Math.log(2));
            var ends = memory.now().plus(halfLife.multipliedBy(halvings));
            memory.attempts.put(name, new Expiring<>(new Attempts(count, memory.now()), ends));
            return count;
        });
    }

    @Override
    public void clear(String kind, String key, Deadline deadline) {
        memory.atomically(deadline, () -> memory.attempts.remove(new Name(kind, key)));
    }

    private double now(Name name, Duration halfLife) {
        return memory.live(memory.attempts, name)
                .map(kept -> {
                    var passed = Duration.between(kept.at(), memory.now()).toMillis();
                    return kept.count() * Math.pow(2, -(double) passed / halfLife.toMillis());
                })
                .orElse(0.0);
    }
}
