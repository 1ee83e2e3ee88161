package gatehouse.sessions.memory;

import gatehouse.sessions.FamilyId;
import gatehouse.sessions.RefreshFamily;
import gatehouse.sessions.RefreshFamilyStore;
import gatehouse.sessions.Rotation;
import gatehouse.sessions.SessionsConfig;
import gatehouse.sessions.memory.Memory.Expiring;
import gatehouse.sessions.memory.Memory.KeptFamily;
import gatehouse.sessions.secret.RefreshValue;
import gatehouse.sessions.secret.RefreshValues;
import gatehouse.spi.ClientId;
import gatehouse.spi.Deadline;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;

/** Refresh families in memory. */
final class MemoryRefreshFamilyStore implements RefreshFamilyStore {

    private static final Duration SHORTEST_MARK = Duration.ofMinutes(1);

    private final Memory memory;
    private final MemorySessionStore sessions;
    private final RefreshValues values;
    private final SessionsConfig config;

    MemoryRefreshFamilyStore(
            Memory memory, MemorySessionStore sessions, RefreshValues values, SessionsConfig config) {
        this.memory = memory;
        this.sessions = sessions;
        this.values = values;
        this.config = config;
    }

    @Override
    public String open(RefreshFamily family, Deadline deadline) {
        var first = values.first(family.id(), family.session());
        return memory.atomically(deadline, () -> {
            var now = memory.now();
            if (memory.live(memory.dead, family.id().value()).isEmpty()) {
                if (memory.live(memory.families, family.id()).isPresent()) {
                    throw new IllegalStateException("family " + family.id() + " is open already");
                }
                var latest = now.plus(config.longestLife());
                var ends = family.expiresAt().isBefore(latest) ? family.expiresAt() : latest;
                var kept = new KeptFamily(family, first.seedHash(), 0, now, now);
                memory.families.put(family.id(), new Expiring<>(kept, ends));
            }
            return values.text(first);
        });
    }

    @Override
    public Rotation rotate(String tokenValue, ClientId client, Deadline deadline) {
        return values.parse(tokenValue)
                .map(value -> memory.atomically(deadline, () -> rotate(value, client)))
                .orElseGet(Rotation.Unknown::new);
    }

    private Rotation rotate(RefreshValue value, ClientId client) {
        var kept = live(value).filter(found -> found.family().client().equals(client));
        if (kept.isEmpty()) {
            return new Rotation.Unknown();
        }
        var found = kept.get();
        var now = memory.now();
        if (value.generation() >= found.generation()) {
            var ends = memory.families.get(value.family()).ends();
            var rotated = new KeptFamily(
                    found.family(), found.seedHash(), value.generation() + 1, found.opened(), now);
            memory.families.put(value.family(), new Expiring<>(rotated, ends));
            return new Rotation.Rotated(found.family(), values.text(value.successor()));
        }
        var inGrace = !found.rotated().plus(config.refreshGrace()).isBefore(now);
        if (value.generation() == found.generation() - 1 && inGrace) {
            return new Rotation.Retried(found.family(), values.text(value.successor()));
        }
        kill(value.family(), config.longestAccessToken());
        value.session().ifPresent(sessions::remove);
        return new Rotation.Replayed(value.family());
    }

    @Override
    public Optional<RefreshFamily> find(String tokenValue, Deadline deadline) {
        return values.parse(tokenValue).flatMap(value -> memory.atomically(deadline, () -> live(value)
                .filter(kept -> value.generation() >= kept.generation())
                .map(KeptFamily::family)));
    }

    @Override
    public void revoke(FamilyId family, Duration accessTokenLifetime, Deadline deadline) {
        var mark = accessTokenLifetime.compareTo(SHORTEST_MARK) > 0 ? accessTokenLifetime : SHORTEST_MARK;
        memory.atomically(deadline, () -> kill(family, mark));
    }

    private Void kill(FamilyId family, Duration mark) {
        memory.families.remove(family);
        memory.dead.put(family.value(), new Expiring<>(true, memory.now().plus(mark)));
        return null;
    }

    private Optional<KeptFamily> live(RefreshValue value) {
        return memory.live(memory.families, value.family())
                .filter(kept -> MessageDigest.isEqual(kept.seedHash(), value.seedHash()))
                .filter(kept -> value.session().isPresent()
                        ? sessions.live(value.session().get()).isPresent()
                        : !sessions.isCut(kept.family().authentication(), kept.opened()));
    }
}
