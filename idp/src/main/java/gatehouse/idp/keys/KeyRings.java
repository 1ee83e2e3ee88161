package gatehouse.idp.keys;

import gatehouse.idp.keys.KeyRotation.Stage;
import gatehouse.spi.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ring of each issuer, read from the store once, and again in the background. Keys that are due are made on the
 * way, by exactly one node. A store that cannot answer leaves the rings as they are, except for what the clock changes.
 */
final class KeyRings {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRings.class);
    private static final Duration STORE_BUDGET = Duration.ofSeconds(20);
    private static final Duration RELOAD_WAIT = Duration.ofMillis(500);
    private static final long RELOAD_PAUSE_MILLIS = 5_000;

    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    private final KeyStore store;
    private final KeyMint mint;
    private final KeysConfig config;
    private final InstantSource time;
    private final Executor background = task -> Thread.ofVirtual().name("keys-reload").start(task);

    /** One issuer's place: its ring, who may replace it, and when an unknown key may next cause a reload. */
    private static final class Slot {
        private final ReentrantLock loading = new ReentrantLock();
        private final AtomicLong reloadAllowedAtMillis = new AtomicLong(Long.MIN_VALUE);
        private volatile Optional<KeyRing> ring = Optional.empty();
    }

    KeyRings(KeyStore store, KeyMint mint, KeysConfig config, InstantSource time) {
        this.store = store;
        this.mint = mint;
        this.config = config;
        this.time = time;
    }

    /** The ring of {@code issuer}; waits for the store on the first call for an issuer only. */
    KeyRing of(String issuer) {
        var slot = slots.get(issuer);
        if (slot != null) {
            var ring = slot.ring;
            if (ring.isPresent()) {
                return ring.get();
            }
        }
        return firstRing(issuer);
    }

    private KeyRing firstRing(String issuer) {
        var slot = slots.computeIfAbsent(issuer, _ -> new Slot());
        slot.loading.lock();
        try {
            if (slot.ring.isEmpty()) {
                load(issuer, slot, Deadline.after(STORE_BUDGET));
            }
            return slot.ring.orElseThrow();
        } finally {
            slot.loading.unlock();
        }
    }

    /** The issuers that have been asked for. */
    Set<String> known() {
        return Set.copyOf(slots.keySet());
    }

    /** Reads the keys of {@code issuer} again, makes those that are due, and drops the dead. */
    KeyRing refresh(String issuer, Deadline deadline) {
        var slot = slots.computeIfAbsent(issuer, _ -> new Slot());
        slot.loading.lock();
        try {
            return load(issuer, slot, deadline);
        } finally {
            slot.loading.unlock();
        }
    }

    private KeyRing load(String issuer, Slot slot, Deadline deadline) {
        List<StoredKey> keys;
        try {
            keys = store.keys(issuer, deadline);
            if (!settled(keys, now())) {
                keys = store.update(issuer, stored -> settle(issuer, stored, now()), deadline);
            }
        } catch (RuntimeException unavailable) {
            slot.ring.ifPresent(ring -> replace(slot, ring.stored()));
            throw unavailable;
        }
        return replace(slot, keys);
    }

    /** Changes the keys of {@code issuer} that sign JWTs so that the next ones sign at once. */
    KeyRing advance(String issuer, Deadline deadline) {
        return change(issuer, (keys, now) -> KeyTurns.advanced(keys, now, config), deadline);
    }

    /** Publishes the next SAML keys of {@code issuer} now, ahead of the schedule. */
    KeyRing prepareSaml(String issuer, Deadline deadline) {
        return change(issuer, (keys, now) -> {
            var prepared = new ArrayList<>(keys);
            for (var purpose : KeyTurns.missingNext(keys, now, config)) {
                prepared.add(mint.mint(issuer, purpose, now, now.plus(config.samlPublishAhead())));
            }
            return prepared;
        }, deadline);
    }

    /** Makes the next SAML keys of {@code issuer} current: see {@link KeyTurns#switched}. */
    KeyRing switchSaml(String issuer, boolean unprepared, Deadline deadline) {
        return change(issuer, (keys, now) -> KeyTurns.switched(keys, now, config, unprepared), deadline);
    }

    private KeyRing change(
            String issuer, BiFunction<List<StoredKey>, Instant, List<StoredKey>> change, Deadline deadline) {
        var slot = slots.computeIfAbsent(issuer, _ -> new Slot());
        slot.loading.lock();
        try {
            return replace(slot, store.update(issuer,
                    stored -> settle(issuer, change.apply(stored, now()), now()), deadline));
        } finally {
            slot.loading.unlock();
        }
    }

    /**
     * The ring of {@code issuer} after a key that it does not have was met: read again, at most once in 5 seconds, so
     * that invented key ids cost the store nothing. Waits a moment for it; who comes meanwhile gets the ring as it is.
     */
    KeyRing afterUnknownKey(String issuer) {
        var ring = of(issuer);
        var slot = slots.get(issuer);
        long now = time.millis();
        long allowedAt = slot.reloadAllowedAtMillis.get();
        if (now < allowedAt || !slot.reloadAllowedAtMillis.compareAndSet(allowedAt, now + RELOAD_PAUSE_MILLIS)) {
            return ring;
        }
        try {
            return Deadline.after(RELOAD_WAIT).await(CompletableFuture.supplyAsync(
                    () -> refresh(issuer, Deadline.after(STORE_BUDGET)), background));
        } catch (RuntimeException unavailable) {
            return of(issuer);
        }
    }

    private KeyRing replace(Slot slot, List<StoredKey> keys) {
        var ring = KeyRing.open(keys, now(), config, mint, slot.ring);
        slot.ring = Optional.of(ring);
        return ring;
    }

    private boolean settled(List<StoredKey> keys, Instant now) {
        for (var purpose : KeyPurpose.values()) {
            var line = line(keys, purpose);
            var rotation = config.rotation(purpose);
            if (rotation.due(line, now).isPresent()
                    || rotation.place(line, now).stream().anyMatch(placed -> placed.stage() == Stage.DEAD)) {
                return false;
            }
        }
        return true;
    }

    /** {@code stored} with every key that is due, without the dead. */
    private List<StoredKey> settle(String issuer, List<StoredKey> stored, Instant now) {
        var settled = new ArrayList<StoredKey>();
        for (var purpose : KeyPurpose.values()) {
            var rotation = config.rotation(purpose);
            var line = new ArrayList<>(line(stored, purpose));
            for (var due = rotation.due(line, now); due.isPresent(); due = rotation.due(line, now)) {
                var born = mint.mint(issuer, purpose, now, due.get());
                LOG.info("Made key {} of issuer {} for {}, to be used from {}",
                        born.kid(), issuer, purpose, born.signsFrom());
                line.add(born);
            }
            for (var placed : rotation.place(line, now)) {
                if (placed.stage() != Stage.DEAD) {
                    settled.add(placed.key());
                }
            }
        }
        return settled;
    }

    private static List<StoredKey> line(List<StoredKey> keys, KeyPurpose purpose) {
        return keys.stream().filter(key -> key.purpose() == purpose).toList();
    }

    /** Whole milliseconds, as every store keeps them. */
    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
