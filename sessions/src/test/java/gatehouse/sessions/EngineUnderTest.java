package gatehouse.sessions;

import java.time.Duration;
import java.time.InstantSource;

/** An engine whose stores are held to the contracts, and how its time passes. */
public interface EngineUnderTest {

    /** The grace window that the engines under test are given. */
    SessionsConfig CONFIG = SessionsConfig.DEFAULTS.withRefreshGrace(Duration.ofSeconds(1));

    Stores stores();

    /** The clock that callers read. */
    InstantSource clock();

    /** Returns when {@code duration} has passed for the engine. */
    void pass(Duration duration);
}
