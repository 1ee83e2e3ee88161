package gatehouse.idp.boot;

import gatehouse.idp.boot.config.ServerConfig;
import gatehouse.idp.keys.IssuerKeys;
import gatehouse.idp.keys.KeyWrapper;
import gatehouse.idp.keys.KeysConfig;
import gatehouse.idp.samlwire.OpenSaml;
import gatehouse.idp.sql.CachedClients;
import gatehouse.idp.sql.CachedTenancy;
import gatehouse.idp.sql.ConfigChange;
import gatehouse.idp.sql.ConfigFeed;
import gatehouse.idp.sql.ConfigListener;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.DatabaseConfig;
import gatehouse.idp.sql.SecretBox;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.sql.SqlKeyStore;
import gatehouse.idp.sql.SqlUserStore;
import gatehouse.idp.sql.Tables;
import gatehouse.idp.upstream.ConnectorType;
import gatehouse.sessions.SessionsConfig;
import gatehouse.sessions.Stores;
import gatehouse.sessions.redis.RedisConfig;
import gatehouse.sessions.redis.RedisStores;
import gatehouse.spi.Issuer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Jdbi;

/** What everything else stands on: the stores, the keys and the cached configuration. Opened side by side. */
final class Foundation implements AutoCloseable {

    private static final int CACHED_MAX = 20_000;
    private static final Duration FEED_PATIENCE = Duration.ofSeconds(2);

    final ServerConfig config;
    final Vertx vertx;
    final ExecutorService background;
    final Stores stores;
    final Database database;
    final SecretBox secrets;
    final Tables tables;
    final SqlAudit audit;
    final IssuerKeys keys;
    final CachedTenancy tenancy;
    final CachedClients clients;
    final SqlUserStore users;
    final ConfigFeed feed;
    final InstantSource clock = InstantSource.system();

    private final Map<String, Set<String>> secretsOfType = new ConcurrentHashMap<>();

    private Foundation(ServerConfig config, Opening opening) {
        this.config = config;
        this.background = opening.background;
        this.vertx = join(opening.vertx);
        this.database = join(opening.database);
        this.stores = join(opening.stores);
        this.secrets = new SecretBox(config.masterKeyBytes());
        this.tables = new Tables(secrets, type -> secretsOfType.getOrDefault(type, Set.of()));
        this.audit = new SqlAudit(database);
        this.keys = IssuerKeys.open(new IssuerKeys.Parts(
                new SqlKeyStore(Jdbi.create(database.dataSource())),
                new KeyWrapper(config.masterKeyBytes()),
                keysConfig(config.keys()),
                clock,
                name -> Issuer.of(name, config.publicUrl()).url()));
        this.tenancy = new CachedTenancy(database, tables, CACHED_MAX, background, System::nanoTime);
        this.clients = new CachedClients(database, tables, CACHED_MAX, background, System::nanoTime);
        this.users = new SqlUserStore(database, tables, CACHED_MAX, background, System::nanoTime);
        this.feed = ConfigFeed.start(database, FEED_PATIENCE);
        for (var listener : List.of(tenancy, clients, users, keysListener())) {
            feed.subscribe(listener);
            database.onCommit(listener);
        }

    }

    /** The parts that are opened side by side, while others read their classes. */
    private record Opening(
            ExecutorService background,
            CompletableFuture<Vertx> vertx,
            CompletableFuture<Database> database,
            CompletableFuture<Stores> stores) {}

    /** Tells the tables what of an upstream protocol's settings is secret: before any connection is read. */
    void learn(List<ConnectorType> types) {
        types.forEach(type -> secretsOfType.put(type.name(), type.secretSettings()));
    }

    /** A key of 32 bytes for {@code purpose}, the same on every node (HKDF, RFC 5869). */
    SecretKey derivedKey(String purpose) {
        try {
            var master = new SecretKeySpec(config.masterKeyBytes(), "HKDF");
            var parameters = HKDFParameterSpec.ofExtract().addIKM(master)
                    .thenExpand(("gatehouse " + purpose).getBytes(StandardCharsets.UTF_8), 32);
            return KDF.getInstance("HKDF-SHA256").deriveKey("HmacSHA256", parameters);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK 25 has HKDF-SHA256", impossible);
        }
    }

    static Foundation open(ServerConfig config) {
        var background = Executors.newVirtualThreadPerTaskExecutor();
        var platform = Executors.newFixedThreadPool(4, Thread.ofPlatform().name("start-", 0).daemon().factory());
        var master = new SecretKeySpec(config.masterKeyBytes(), "AES");
        var opening = new Opening(
                background,
                CompletableFuture.supplyAsync(() -> Vertx.vertx(new VertxOptions().setPreferNativeTransport(true)), platform),
                CompletableFuture.supplyAsync(() -> Database.open(databaseConfig(config.database())), platform),
                CompletableFuture.supplyAsync(
                        () -> RedisStores.open(redisConfig(config.redis()), master, SessionsConfig.DEFAULTS, InstantSource.system()),
                        platform));
        platform.execute(OpenSaml::initialize); // nobody waits for it, save the first SAML message
        try {
            return new Foundation(config, opening);
        } catch (RuntimeException failed) {
            opening.stores.thenAccept(Stores::close);
            opening.database.thenAccept(Database::close);
            opening.vertx.thenAccept(Vertx::close);
            throw failed;
        } finally {
            platform.shutdown();
        }
    }

    private static <T> T join(CompletableFuture<T> opening) {
        try {
            return opening.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private static DatabaseConfig databaseConfig(ServerConfig.Database database) {
        var usual = DatabaseConfig.of(database.url(), database.user(), database.password().value());
        return new DatabaseConfig(
                usual.url(), usual.user(), usual.password(), database.poolSize(), database.connectTimeout(),
                usual.statementTimeout());
    }

    private static RedisConfig redisConfig(ServerConfig.Redis redis) {
        var usual = RedisConfig.at(redis.uri());
        return new RedisConfig(
                redis.uri(),
                redis.password().isPresent() ? Optional.of(redis.password().value().toCharArray()) : Optional.empty(),
                redis.commandTimeout(), usual.connectTimeout(), usual.connections(), usual.requestQueue());
    }

    private static KeysConfig keysConfig(ServerConfig.Keys keys) {
        var usual = KeysConfig.DEFAULTS;
        return new KeysConfig(
                keys.rotateEvery(), keys.publishAhead(), usual.maxTokenLife(), keys.rsaBits(), keys.samlRotateEvery(),
                keys.samlPublishAhead(), keys.samlOverlap(), usual.refreshEvery(), usual.verdictCacheBytes());
    }

    private ConfigListener keysListener() {
        return new ConfigListener() {
            @Override
            public void changed(ConfigChange change) {
                if (change.kind() == ConfigChange.Kind.KEYS) {
                    keys.invalidate(change.issuer());
                }
            }

            @Override
            public void everythingMayHaveChanged() {
                keys.refresh();
            }
        };
    }

    @Override
    public void close() {
        keys.close();
        feed.close();
        stores.close();
        database.close();
        vertx.close().await();
        background.close();
    }
}
