package gatehouse.sessions;

/**
 * Every store of this module, from one engine.
 *
 * @param check answers whether the engine can be used now, for readiness
 */
public record Stores(
        SessionStore sessions,
        AuthorizationCodeStore codes,
        RefreshFamilyStore families,
        AccessTokenStore accessTokens,
        FlowStore flows,
        ReplayCache replays,
        AttemptCounter attempts,
        HealthCheck check,
        Runnable closer)
        implements AutoCloseable {

    /** Says whether the engine answers. */
    @FunctionalInterface
    public interface HealthCheck {

        /** Returns if the engine can be used; throws {@link gatehouse.spi.Unavailable} if not. */
        void require(gatehouse.spi.Deadline deadline);
    }

    @Override
    public void close() {
        closer.run();
    }
}
