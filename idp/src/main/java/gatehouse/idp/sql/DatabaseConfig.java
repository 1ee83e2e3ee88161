package gatehouse.idp.sql;

import java.time.Duration;

/**
 * How to reach PostgreSQL.
 *
 * @param url               {@code jdbc:postgresql://host:port/database}, with the driver's parameters (TLS) if wanted
 * @param user              who connects
 * @param password          their password; empty if the server asks for none. Never logged
 * @param poolSize          links held at most, 2..200, besides one for the configuration feed
 * @param connectTimeout    longest wait for a link, 250 ms to 30 s; a request's deadline may be earlier
 * @param statementTimeout  longest run of one statement; a request's deadline may be earlier
 */
public record DatabaseConfig(
        String url, String user, String password, int poolSize, Duration connectTimeout, Duration statementTimeout) {

    public DatabaseConfig {
        require(url.startsWith("jdbc:postgresql:"), "database.url must start with jdbc:postgresql:");
        require(!user.isEmpty(), "database.user must not be empty");
        require(poolSize >= 2 && poolSize <= 200, "database.pool-size must be 2..200");
        require(connectTimeout.toMillis() >= 250 && connectTimeout.toMillis() <= 30_000,
                "database.connect-timeout must be 250 ms to 30 s");
        require(statementTimeout.toMillis() >= 10 && statementTimeout.toMillis() <= 60_000,
                "database.statement-timeout must be 10 ms to 60 s");
    }

    /** As {@code user} at {@code url}, everything else as usual. */
    public static DatabaseConfig of(String url, String user, String password) {
        return new DatabaseConfig(url, user, password, 10, Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    @Override
    public String toString() {
        return "DatabaseConfig[" + url + ", " + user + "]";
    }
}
