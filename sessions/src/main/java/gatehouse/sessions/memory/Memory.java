package gatehouse.sessions.memory;

import gatehouse.sessions.AuthorizationCode;
import gatehouse.sessions.FamilyId;
import gatehouse.sessions.RefreshFamily;
import gatehouse.sessions.Session;
import gatehouse.sessions.SessionId;
import gatehouse.sessions.secret.Randomness;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** What the stores in memory keep, and the one lock that makes their steps atomic. */
final class Memory {

    private static final int STEPS_BETWEEN_SWEEPS = 1_000;

    final Map<SessionId, Expiring<KeptSession>> sessions = new HashMap<>();
    final Map<String, Expiring<KeptCode>> codes = new HashMap<>();
    final Map<FamilyId, Expiring<KeptFamily>> families = new HashMap<>();
    final Map<String, Expiring<Boolean>> dead = new HashMap<>();
    final Map<Name, Expiring<KeptFlow>> flows = new HashMap<>();
    final Map<Name, Expiring<Boolean>> used = new HashMap<>();
    final Map<Name, Expiring<Attempts>> attempts = new HashMap<>();
    final Map<OrganizationId, Instant> cutOffs = new HashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final Randomness random;
    private int steps;

    Memory(InstantSource clock, Randomness random) {
        this.clock = clock;
        this.random = random;
    }

    /** What is kept until {@code ends}. */
    record Expiring<T>(T value, Instant ends) {}

    /** A session, the hash of its cookie's secret, and how long it may be unused. */
    record KeptSession(Session session, byte[] secretHash, Duration idle) {}

    /** A code, live or spent. */
    record KeptCode(AuthorizationCode code, Instant issued, boolean spent) {}

    /** A family, the hash of its seed, and its current generation. */
    record KeptFamily(RefreshFamily family, byte[] seedHash, int generation, Instant opened, Instant rotated) {}

    /** A flow's state. */
    record KeptFlow(byte[] state, int generation) {}

    /** A count as of an instant. */
    record Attempts(double count, Instant at) {}

    /** What a caller calls {@code id} among {@code kind}. */
    record Name(String kind, String id) {}

    Randomness random() {
        return random;
    }

    Instant now() {
        return clock.instant();
    }

    /** Runs a step that no other step runs beside. */
    <T> T atomically(Deadline deadline, Supplier<T> step) {
        deadline.requireTime();
        lock.lock();
        try {
            sweepAtTimes();
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    /** What is kept under {@code key}, unless it has expired. To be called in an atomic step. */
    <K, T> Optional<T> live(Map<K, Expiring<T>> map, K key) {
        return Optional.ofNullable(map.get(key))
                .filter(kept -> now().isBefore(kept.ends()))
                .map(Expiring::value);
    }

    private void sweepAtTimes() {
        if (++steps % STEPS_BETWEEN_SWEEPS != 0) {
            return;
        }
        var now = now();
        for (var map : List.of(sessions, codes, families, dead, flows, used, attempts)) {
            map.values().removeIf(kept -> !now.isBefore(kept.ends()));
        }
    }
}
