package gatehouse.sessions;

import gatehouse.spi.Deadline;
import java.time.Duration;
import java.util.Optional;

/**
 * State between two requests of one browser or client: a login in progress, a request sent upstream. Kept sealed, under
 * a kind and an unguessable id, for a limited time.
 */
public interface FlowStore {

    /** Largest state kept, in bytes. */
    int STATE_BYTES_MAX = 64 * 1024;

    /** Kept state and its generation. */
    record Kept(byte[] state, int generation) {}

    /** Keeps {@code state} as generation 0. Answers false, and keeps nothing, if the id is taken. */
    boolean keep(String kind, String id, byte[] state, Duration lifetime, Deadline deadline);

    /** Looks without taking. */
    Optional<Kept> find(String kind, String id, Deadline deadline);

    /**
     * Replaces the state if it is still at {@code generation}, which then grows by one. Atomic: of concurrent calls
     * naming one generation, one wins.
     */
    boolean replace(String kind, String id, int generation, byte[] state, Duration lifetime, Deadline deadline);

    /** Takes the state out. Atomic: of concurrent calls, one gets it. */
    Optional<Kept> take(String kind, String id, Deadline deadline);
}
