package gatehouse.idp.boot.config;

import gatehouse.idp.boot.embedded.EmbeddedStores;
import java.util.List;

/** A configuration changed for a purpose: embedded stores, a port, development. */
public final class Overrides {

    private Overrides() {}

    /** {@code config} with its stores and master key replaced by {@code stores}. */
    public static ServerConfig embedded(ServerConfig config, EmbeddedStores stores) {
        var database = new ServerConfig.Database(
                stores.postgres().jdbcUrl(), "postgres", Secret.NONE, config.database().poolSize(),
                config.database().connectTimeout());
        var redis = new ServerConfig.Redis(stores.redis().uri(), "", Secret.NONE, config.redis().commandTimeout());
        return new ServerConfig(
                config.publicUrl(), new Secret(stores.masterKey()), config.listen(), database, redis, config.keys(),
                config.outbound(), config.providers(), config.budgets(), config.attempts(), config.logging());
    }

    /** {@code config} for a laptop: on loopback at {@code port}, reaching itself over plain HTTP, logging for people. */
    public static ServerConfig development(ServerConfig config, int port) {
        var listen = new ServerConfig.Listen(
                "127.0.0.1", port, List.of(), config.listen().requestsMax(), config.listen().bodyBytesMax(),
                config.listen().largeBodyBytesMax());
        return new ServerConfig(
                "http://localhost:" + port, config.masterKey(), listen, config.database(), config.redis(), config.keys(),
                new ServerConfig.Outbound(true, true, config.outbound().caFile(), config.outbound().dnsResolvers(),
                        config.outbound().dnsPort()), config.providers(), config.budgets(),
                config.attempts(), new ServerConfig.Logging("text", "warn"));
    }
}
