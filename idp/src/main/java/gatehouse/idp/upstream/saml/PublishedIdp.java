package gatehouse.idp.upstream.saml;

import gatehouse.idp.samlwire.IdpMetadata;
import gatehouse.idp.samlwire.SamlError;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An identity provider known from the metadata that it publishes.
 *
 * <p>Nothing is fetched before the first login. From then on a copy is always at hand: it is renewed in the background
 * when it is due, and if that fails, the old copy goes on serving and the next login tries again after a pause. One
 * fetch runs at a time, whoever waits for it; it has a budget of its own, so that an impatient caller does not end it
 * for the others. A copy under another entityID than the first never replaces it.
 */
final class PublishedIdp implements IdpSource {

    static final Duration FETCH_BUDGET = Duration.ofSeconds(10);
    static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);
    static final Duration PAUSE_AFTER_UNKNOWN_KEY = Duration.ofMinutes(1);
    static final Duration RENEWAL_MIN = Duration.ofMinutes(5);
    static final Duration RENEWAL_MAX = Duration.ofHours(24);
    private static final Duration RENEWAL_USUAL = Duration.ofHours(1);

    private final URI url;
    private final Optional<String> entityId;
    private final MetadataImport imports;
    private final SamlWire wire;
    private final InstantSource time;
    private final Executor background;
    private final AtomicReference<State> state = new AtomicReference<>(State.NOTHING);

    /**
     * What is known.
     *
     * @param idp       the copy at hand
     * @param fetchedAt when it was fetched, or when fetching last failed
     * @param renewAt   when to fetch next
     * @param fetch     the fetch under way or, while there is no copy, the last one that failed
     */
    private record State(
            Optional<TrustedIdp> idp, Instant fetchedAt, Instant renewAt,
            Optional<CompletableFuture<TrustedIdp>> fetch) {
        static final State NOTHING = new State(Optional.empty(), Instant.EPOCH, Instant.EPOCH, Optional.empty());

        boolean isFetching() {
            return fetch.filter(future -> !future.isDone()).isPresent();
        }
    }

    PublishedIdp(SamlConnection settings, MetadataImport imports, SamlWire wire, InstantSource time,
            Executor background) {
        this.url = settings.metadataUrl().orElseThrow();
        this.entityId = settings.idpEntityId();
        this.imports = imports;
        this.wire = wire;
        this.time = time;
        this.background = background;
    }

    @Override
    public TrustedIdp current(Deadline deadline) {
        var known = state.get();
        var now = time.instant();
        if (now.isBefore(known.renewAt())) {
            return known.idp().orElseGet(() -> deadline.await(known.fetch().orElseThrow().copy()));
        }
        var fetch = fetch(known, now);
        return known.idp().orElseGet(() -> deadline.await(fetch));
    }

    @Override
    public TrustedIdp afterUnknownKey(TrustedIdp known, Deadline deadline) {
        var at = state.get();
        var now = time.instant();
        if (at.idp().filter(idp -> idp != known).isPresent()) {
            return at.idp().get();
        }
        if (now.isBefore(at.fetchedAt().plus(PAUSE_AFTER_UNKNOWN_KEY))) {
            return known;
        }
        try {
            return deadline.await(fetch(at, now));
        } catch (SamlError unavailable) {
            return known;
        }
    }

    /** The fetch under way, begun if there is none. */
    private CompletableFuture<TrustedIdp> fetch(State known, Instant now) {
        if (known.isFetching()) {
            return known.fetch().orElseThrow().copy(); // who stops waiting must not end it for the others
        }
        var mine = new CompletableFuture<TrustedIdp>();
        var fetching = new State(known.idp(), known.fetchedAt(), known.renewAt(), Optional.of(mine));
        if (!state.compareAndSet(known, fetching)) {
            return fetch(state.get(), now);
        }
        background.execute(() -> run(mine));
        return mine.copy();
    }

    private void run(CompletableFuture<TrustedIdp> mine) {
        var before = state.get();
        try {
            var metadata = imports.fetch(url, entityId, Deadline.after(FETCH_BUDGET));
            var idp = TrustedIdp.of(metadata, wire);
            if (before.idp().filter(old -> !old.entityId().equals(idp.entityId())).isPresent()) {
                throw new SamlError(SamlReason.METADATA_INVALID,
                        "The metadata now describes another identity provider.");
            }
            var now = time.instant();
            state.set(new State(Optional.of(idp), now, now.plus(renewal(metadata, now)), Optional.empty()));
            mine.complete(idp);
        } catch (RuntimeException failed) {
            var now = time.instant();
            state.set(new State(before.idp(), now, now.plus(PAUSE_AFTER_FAILURE), Optional.of(mine)));
            mine.completeExceptionally(
                    failed instanceof SamlError ? failed : new SamlError(SamlReason.METADATA_UNAVAILABLE));
        }
    }

    /** When to fetch again: before the copy ends, as often as its author advises, within bounds. */
    private static Duration renewal(IdpMetadata metadata, Instant now) {
        var wanted = metadata.cacheDuration().orElse(RENEWAL_USUAL);
        var untilHalf = metadata.validUntil().map(end -> Duration.between(now, end).dividedBy(2)).orElse(RENEWAL_MAX);
        var soonest = wanted.compareTo(untilHalf) < 0 ? wanted : untilHalf;
        return soonest.compareTo(RENEWAL_MIN) < 0 ? RENEWAL_MIN
                : soonest.compareTo(RENEWAL_MAX) > 0 ? RENEWAL_MAX : soonest;
    }
}
