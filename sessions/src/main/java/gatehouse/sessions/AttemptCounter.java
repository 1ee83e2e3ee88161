package gatehouse.sessions;

import gatehouse.spi.Deadline;
import java.time.Duration;

/** Counts failures that fade: the count halves every half-life. Keys are stored hashed. */
public interface AttemptCounter {

    /** The count now; 0 if nothing failed. */
    double count(String kind, String key, Duration halfLife, Deadline deadline);

    /** Adds one failure and answers the count with it. Atomic. */
    double failed(String kind, String key, Duration halfLife, Deadline deadline);

    /** Forgets the failures, after a success. */
    void clear(String kind, String key, Deadline deadline);
}
