package gatehouse.idp.upstream.oidc;

import gatehouse.spi.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Something that a provider publishes, fetched when first needed and kept.
 *
 * <p>While the copy is fresh it is used; while it is stale it is used and renewed in the background; after that, who
 * needs it waits for the fetch. One fetch runs at a time, on a budget of its own, so that an impatient caller does not
 * end it for the others. After a failure nobody fetches again for a moment.
 */
final class Remembered<T> {

    private static final Duration FETCH_BUDGET = Duration.ofSeconds(10);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    /** How long a copy may be used when renewing it keeps failing. */
    static final Duration STALE_MAX = Duration.ofHours(24);

    private final Function<Deadline, T> source;
    private final Duration fresh;
    private final InstantSource time;
    private final Executor background;
    private final AtomicReference<State<T>> state =
            new AtomicReference<>(new State<>(Optional.empty(), Instant.MIN, Optional.empty()));

    /**
     * @param value     the copy at hand
     * @param triedAt   when the last fetch ended
     * @param lastFetch the fetch under way, or the last one if it failed
     */
    private record State<T>(Optional<Copy<T>> value, Instant triedAt, Optional<CompletableFuture<T>> lastFetch) {

        boolean isFetching() {
            return lastFetch.filter(fetch -> !fetch.isDone()).isPresent();
        }
    }

    private record Copy<T>(T value, Instant fetchedAt) {}

    /**
     * @param source     fetches it
     * @param fresh      how long a copy is used without asking again
     * @param background runs fetches; a virtual thread per task
     */
    Remembered(Function<Deadline, T> source, Duration fresh, InstantSource time, Executor background) {
        this.source = source;
        this.fresh = fresh;
        this.time = time;
        this.background = background;
    }

    /** A copy that is not older than {@link #STALE_MAX}. */
    T current(Deadline deadline) {
        var known = state.get();
        var now = time.instant();
        var usable = known.value().filter(copy -> now.isBefore(copy.fetchedAt().plus(STALE_MAX)));
        if (usable.isEmpty()) {
            return deadline.await(fetch(PAUSE_AFTER_FAILURE));
        }
        if (!now.isBefore(usable.get().fetchedAt().plus(fresh))) {
            fetch(PAUSE_AFTER_FAILURE);
        }
        return usable.get().value();
    }

    /**
     * A copy newer than {@code known}, which is not good enough; {@code known} if the last fetch is not {@code pause}
     * ago.
     */
    T after(T known, Duration pause, Deadline deadline) {
        var copy = state.get().value();
        if (copy.isPresent() && copy.get().value() != known) {
            return copy.get().value();
        }
        if (!state.get().isFetching() && time.instant().isBefore(state.get().triedAt().plus(pause))) {
            return known;
        }
        return deadline.await(fetch(pause));
    }

    /** The fetch under way; a new one, unless the last one failed within {@code pause}: then that. */
    private CompletableFuture<T> fetch(Duration pause) {
        while (true) {
            var known = state.get();
            boolean resting = known.lastFetch().isPresent() && time.instant().isBefore(known.triedAt().plus(pause));
            if (known.isFetching() || resting) {
                return known.lastFetch().orElseThrow().copy();
            }
            var mine = new CompletableFuture<T>();
            if (state.compareAndSet(known, new State<>(known.value(), known.triedAt(), Optional.of(mine)))) {
                background.execute(() -> run(mine));
                // A copy: who stops waiting must not end it for the others.
                return mine.copy();
            }
        }
    }

    private void run(CompletableFuture<T> mine) {
        var before = state.get().value();
        try {
            var value = source.apply(Deadline.after(FETCH_BUDGET));
            var now = time.instant();
            state.set(new State<>(Optional.of(new Copy<>(value, now)), now, Optional.empty()));
            mine.complete(value);
        } catch (RuntimeException | Error failed) {
            state.set(new State<>(before, time.instant(), Optional.of(mine)));
            mine.completeExceptionally(failed);
        }
    }
}
