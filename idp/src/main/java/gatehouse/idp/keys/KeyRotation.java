package gatehouse.idp.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When a key is born, signs, only verifies, and dies: a pure function of the clock over the keys of one purpose.
 *
 * <p>A key signs from its {@code signsFrom} until its successor's, and verifies {@code overlap} longer. Nodes whose
 * clocks differ therefore disagree for a moment about who signs, and never about who verifies.
 *
 * @param period  how long one key signs
 * @param ahead   how long before it signs the next key is made and published
 * @param lead    the least of that: a key made late signs late, so that nobody meets it unprepared
 * @param overlap how long a key verifies after the next one took over
 */
record KeyRotation(Duration period, Duration ahead, Duration lead, Duration overlap) {

    /** What a key may do. */
    enum Stage {
        /** Published, does not sign yet. */
        NEXT,
        /** Signs. */
        CURRENT,
        /** Verifies what it signed. */
        PREVIOUS,
        /** Nothing it signed can still be valid. */
        DEAD
    }

    /** A key and what it may do now. */
    record Placed(StoredKey key, Stage stage) {}

    private static final Comparator<StoredKey> BY_TURN = Comparator.comparing(StoredKey::signsFrom)
            .thenComparing(StoredKey::createdAt)
            .thenComparing(StoredKey::kid);

    /**
     * What each of {@code keys} may do at {@code now}, newest first. Exactly one is current unless there is none at
     * all.
     */
    List<Placed> place(List<StoredKey> keys, Instant now) {
        var turns = keys.stream().sorted(BY_TURN).toList();
        int current = 0;
        for (int i = 1; i < turns.size(); i++) {
            if (!turns.get(i).signsFrom().isAfter(now)) {
                current = i;
            }
        }
        var placed = new ArrayList<Placed>(turns.size());
        for (int i = turns.size() - 1; i >= 0; i--) {
            placed.add(new Placed(turns.get(i), stage(turns, i, current, now)));
        }
        return List.copyOf(placed);
    }

    private Stage stage(List<StoredKey> turns, int index, int current, Instant now) {
        if (index > current) {
            return Stage.NEXT;
        }
        if (index == current) {
            return Stage.CURRENT;
        }
        var stoppedSigning = turns.get(index + 1).signsFrom();
        return stoppedSigning.plus(overlap).isAfter(now) ? Stage.PREVIOUS : Stage.DEAD;
    }

    /** When the key that has to be made now takes over; empty if none has to be made. */
    Optional<Instant> due(List<StoredKey> keys, Instant now) {
        var placed = place(keys, now);
        if (placed.isEmpty()) {
            return Optional.of(now);
        }
        if (placed.getFirst().stage() == Stage.NEXT) {
            return Optional.empty();
        }
        var takesOver = placed.getFirst().key().signsFrom().plus(period);
        if (now.isBefore(takesOver.minus(ahead))) {
            return Optional.empty();
        }
        var soonest = now.plus(lead);
        return Optional.of(takesOver.isBefore(soonest) ? soonest : takesOver);
    }

    /** Until when a key that takes over at {@code signsFrom} is of use, if the schedule is kept. */
    Instant endOf(Instant signsFrom) {
        return signsFrom.plus(period).plus(overlap);
    }
}
