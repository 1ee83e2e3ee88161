package gatehouse.sessions.memory;

import gatehouse.sessions.SessionsConfig;
import gatehouse.sessions.Stores;
import gatehouse.sessions.secret.DerivedKeys;
import gatehouse.sessions.secret.Randomness;
import gatehouse.sessions.secret.RefreshValues;
import gatehouse.spi.Deadline;
import java.time.InstantSource;
import javax.crypto.spec.SecretKeySpec;

/** Makes every store of this module in memory. */
public final class MemoryStores {

    private MemoryStores() {}

    /** Stores whose time is {@code clock}'s. */
    public static Stores create(InstantSource clock) {
        return create(clock, SessionsConfig.DEFAULTS);
    }

    /** Stores whose time is {@code clock}'s. */
    public static Stores create(InstantSource clock, SessionsConfig config) {
        var random = new Randomness();
        var keys = new DerivedKeys(new SecretKeySpec(random.bytes(32), "gatehouse"));
        var memory = new Memory(clock, random);
        var sessions = new MemorySessionStore(memory, keys.hash("names"), config);
        return new Stores(
                sessions,
                new MemoryAuthorizationCodeStore(memory, sessions),
                new MemoryRefreshFamilyStore(
                        memory, sessions, new RefreshValues(keys.hash("refresh"), random), config),
                new MemoryAccessTokenStore(memory, sessions),
                new MemoryFlowStore(memory),
                new MemoryReplayCache(memory),
                new MemoryAttemptCounter(memory),
                Deadline::requireTime,
                () -> {});
    }
}
