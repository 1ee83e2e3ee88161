package gatehouse.sessions.redis;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach Redis.
 *
 * @param uri            {@code redis://host:port} or {@code rediss://host:port} for TLS; may name a user and a database
 * @param password       the password, from a secret file; never part of the uri
 * @param commandTimeout upper bound of one command; a request's deadline may be earlier
 * @param connectTimeout upper bound of one attempt to connect, without TLS and greeting
 * @param connections    connections, 1..64; commands are pipelined on them, so more is rarely faster
 * @param requestQueue   commands waiting for an answer on one connection, at most; more are refused at once
 */
public record RedisConfig(
        URI uri,
        Optional<char[]> password,
        Duration commandTimeout,
        Duration connectTimeout,
        int connections,
        int requestQueue) {

    public RedisConfig {
        require("redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme()),
                "redis.uri must start with redis:// or rediss://");
        require(uri.getHost() != null, "redis.uri must name a host");
        require(uri.getUserInfo() == null || uri.getUserInfo().indexOf(':') < 0,
                "redis.uri must not carry the password: give it separately");
        require(within(commandTimeout, Duration.ofSeconds(10)), "redis.command-timeout must be 1 ms to 10 s");
        require(within(connectTimeout, Duration.ofSeconds(10)), "redis.connect-timeout must be 1 ms to 10 s");
        require(connections >= 1 && connections <= 64, "redis.connections must be 1..64");
        require(requestQueue >= 1 && requestQueue <= 1_000_000, "redis.request-queue must be 1..1000000");
    }

    /** The server at {@code uri}, without a password, everything else as is usual. */
    public static RedisConfig at(URI uri) {
        return new RedisConfig(uri, Optional.empty(), Duration.ofMillis(250), Duration.ofSeconds(1), 2, 10_000);
    }

    /** This configuration with a password. */
    public RedisConfig withPassword(char[] secret) {
        return new RedisConfig(uri, Optional.of(secret), commandTimeout, connectTimeout, connections, requestQueue);
    }

    private static boolean within(Duration timeout, Duration most) {
        return timeout.toMillis() >= 1 && timeout.compareTo(most) <= 0;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    @Override
    public String toString() {
        return "RedisConfig[" + uri + (password.isPresent() ? ", password •••" : "") + ", " + connections + "]";
    }
}
