package gatehouse.sessions.redis;

import gatehouse.sessions.SessionsConfig;
import gatehouse.sessions.Stores;
import gatehouse.sessions.secret.DerivedKeys;
import gatehouse.sessions.secret.Randomness;
import gatehouse.sessions.secret.RefreshValues;
import gatehouse.sessions.secret.Text;
import gatehouse.spi.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import javax.crypto.SecretKey;

/** Opens every store of this module on one Redis. */
public final class RedisStores {

    private static final Duration OPENING_MAX = Duration.ofSeconds(10);

    private RedisStores() {}

    /**
     * Connects, and makes sure that Redis is fit to hold sessions.
     *
     * @param master 32 random bytes from which all keys of the stored records are derived; every node has the same
     * @param clock  this node's clock: what callers' instants were read from
     * @throws gatehouse.spi.Unavailable if Redis cannot be reached
     * @throws IllegalStateException     if it may evict keys, or holds what was written with another master key
     */
    public static Stores open(RedisConfig config, SecretKey master, SessionsConfig sessions, InstantSource clock) {
        var keys = new DerivedKeys(master);
        var connections = new Connections(config);
        try {
            return open(connections, config, keys, sessions, clock);
        } catch (RuntimeException failure) {
            connections.close();
            throw failure;
        }
    }

    private static Stores open(
            Connections connections,
            RedisConfig config,
            DerivedKeys keys,
            SessionsConfig sessions,
            InstantSource clock) {
        var deadline = Deadline.after(OPENING_MAX);
        var redis = new Redis(connections.open(), config.commandTimeout(), connections.timer());
        var keyspace = new Keyspace(keys);
        var guard = new ServerGuard(redis, keyspace);
        guard.requireNoEviction(deadline);
        guard.requireOurs(deadline);
        for (var script : Script.values()) {
            redis.await(() -> redis.on(0).scriptLoad(script.source()), deadline);
        }
        var cutOffs = new CutOffs(redis, sessions);
        var listening = connections.openForListening();
        listening.addListener(cutOffs);
        redis.await(() -> listening.async().subscribe(Text.ascii(Keyspace.CUT_OFF_CHANNEL)), deadline);
        var engine = new Engine(redis, keyspace, keys, cutOffs, new RedisClock(clock), new Randomness());
        var heartbeat = new Heartbeat(engine, listening, clock);
        heartbeat.start(deadline);
        return stores(engine, sessions, by -> {
            heartbeat.requireBeating();
            guard.require(by);
        }, () -> {
            heartbeat.close();
            connections.close();
        });
    }

    private static Stores stores(Engine engine, SessionsConfig config, Stores.HealthCheck check, Runnable closer) {
        var refreshValues = new RefreshValues(engine.keys().hash("refresh"), engine.random());
        return new Stores(
                new RedisSessionStore(engine, new SessionCodec(engine.keys(), engine.keyspace()), config),
                new RedisAuthorizationCodeStore(engine, new CodeCodec(engine.keys(), engine.keyspace())),
                new RedisRefreshFamilyStore(
                        engine, new FamilyCodec(engine.keys(), engine.keyspace()), refreshValues, config),
                new RedisAccessTokenStore(engine, config),
                new RedisFlowStore(engine),
                new RedisReplayCache(engine),
                new RedisAttemptCounter(engine),
                check,
                closer);
    }
}
