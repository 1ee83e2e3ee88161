package gatehouse.sessions.memory;

import gatehouse.sessions.FlowStore;
import gatehouse.sessions.memory.Memory.Expiring;
import gatehouse.sessions.memory.Memory.KeptFlow;
import gatehouse.sessions.memory.Memory.Name;
import gatehouse.spi.Deadline;
import java.time.Duration;
import java.util.Optional;

/** Flows in memory. */
final class MemoryFlowStore implements FlowStore {

    private final Memory memory;

    MemoryFlowStore(Memory memory) {
        this.memory = memory;
    }

    @Override
    public boolean keep(String kind, String id, byte[] state, Duration lifetime, Deadline deadline) {
        requireSize(state);
        return memory.atomically(deadline, () -> {
            var name = new Name(kind, id);
            if (memory.live(memory.flows, name).isPresent()) {
                return false;
            }
            put(name, state, 0, lifetime);
            return true;
        });
    }

    @Override
    public Optional<Kept> find(String kind, String id, Deadline deadline) {
        return memory.atomically(deadline, () -> live(new Name(kind, id)));
    }

    @Override
    public boolean replace(
            String kind, String id, int generation, byte[] state, Duration lifetime, Deadline deadline) {
        requireSize(state);
        return memory.atomically(deadline, () -> {
            var name = new Name(kind, id);
            var replaces = memory.live(memory.flows, name)
                    .filter(kept -> kept.generation() == generation)
                    .isPresent();
            if (replaces) {
                put(name, state, generation + 1, lifetime);
            }
            return replaces;
        });
    }

    @Override
    public Optional<Kept> take(String kind, String id, Deadline deadline) {
        return memory.atomically(deadline, () -> {
            var name = new Name(kind, id);
            var kept = live(name);
            memory.flows.remove(name);
            return kept;
        });
    }

    private Optional<Kept> live(Name name) {
        return memory.live(memory.flows, name).map(kept -> new Kept(kept.state().clone(), kept.generation()));
    }

    private void put(Name name, byte[] state, int generation, Duration lifetime) {
        memory.flows.put(name, new Expiring<>(new KeptFlow(state.clone(), generation), memory.now().plus(lifetime)));
    }

    private static void requireSize(byte[] state) {
        if (state.length > STATE_BYTES_MAX) {
            throw new IllegalArgumentException("a state of " + state.length + " bytes is more than is kept");
        }
    }
}
