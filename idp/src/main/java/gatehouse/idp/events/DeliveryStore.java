package gatehouse.idp.events;

import gatehouse.spi.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Deliveries on their way. Shared by all nodes; each delivery is one node's at a time. */
public interface DeliveryStore {

    /**
     * A delivery to attempt now.
     *
     * @param id           its id
     * @param attempt      which attempt this is; also the token that proves it is still ours
     * @param webhook      to whom, secrets opened
     * @param message      id of the event, the same in every attempt and redelivery
     * @param body         what to send
     * @param failingSince when the first of the attempts so far failed
     */
    record Due(long id, int attempt, Webhook webhook, String message, String body, Optional<Instant> failingSince) {}

    /** How an attempt ended. @param status of the answer, if there was one; @param problem for the operator */
    record Failure(OptionalInt status, String problem) {}

    /**
     * Takes deliveries that are due, for {@code lease}: of each webhook and organization the oldest only, and of each
     * webhook a few at a time, whichever nodes attempt them.
     */
    List<Due> claim(Instant now, Duration lease, int limit, Deadline deadline);

    /** The attempt arrived. */
    void delivered(Due due, int status, Instant now, Deadline deadline);

    /** The attempt failed; the next one is at {@code next}. */
    void failed(Due due, Failure failure, Instant now, Instant next, Deadline deadline);

    /** Switches the webhook off, with an audit record. What waits for it waits on. */
    void disable(Due due, Failure failure, String why, Instant now, Deadline deadline);

    /** Forgets events and deliveries from before {@code before}, whatever became of them. */
    int forget(Instant before, Deadline deadline);
}
