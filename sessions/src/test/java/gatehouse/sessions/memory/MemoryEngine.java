package gatehouse.sessions.memory;

import gatehouse.sessions.EngineUnderTest;
import gatehouse.sessions.Stores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Memory stores with a clock that is set by hand. */
final class MemoryEngine implements EngineUnderTest, InstantSource {

    private final Stores stores = MemoryStores.create(this, CONFIG);
    private volatile Instant now = Instant.parse("2026-11-20T10:00:00Z");

    @Override
    public Stores stores() {
        return stores;
    }

    @Override
    public InstantSource clock() {
        return this;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void pass(Duration duration) {
        now = now.plus(duration);
    }
}
