package gatehouse.idp.boot;

import gatehouse.idp.boot.config.ServerConfig;
import gatehouse.idp.client.Client;
import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.directory.User;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.Tables;
import gatehouse.spi.ClientId;
import gatehouse.spi.Deadline;
import gatehouse.spi.UserId;
import gatehouse.spi.host.Directory;
import gatehouse.spi.hosting.ProviderHostConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where hosted providers are found, and what they may ask of this server. */
public final class ProviderHosting {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int ISSUERS_MAX = 1_000;

    private ProviderHosting() {}

    /** How providers are hosted under {@code config}. */
    public static ProviderHostConfig config(ServerConfig config) {
        return new ProviderHostConfig(
                home().resolve("keycloak"), Path.of(config.providers().folder()), URI.create(config.publicUrl()),
                config.providers().settings(), ProviderHostConfig.Limits.usual());
    }

    /** The folder of the packaged server: set by the launcher, or the build's own. */
    private static Path home() {
        return Path.of(System.getProperty("gatehouse.home", "target/gatehouse"));
    }

    /** The directory as providers see it. */
    static Directory directory(Database database, Tables tables, UserStore users, ClientCatalog clients) {
        return new Directory() {
            @Override
            public List<IssuerView> issuers() {
                var first = new Rows.Page(Optional.empty(), ISSUERS_MAX, Map.of());
                return database.read(deadline(), sql -> tables.issuers().page(sql, Rows.Scope.of("main"), first)).stream()
                        .map(issuer -> new IssuerView(issuer.name(), issuer.displayName(), Map.of()))
                        .toList();
            }

            @Override
            public Optional<UserView> user(String issuer, String userId) {
                return users.findCached(issuer, new UserId(userId), deadline()).map(ProviderHosting::view);
            }

            @Override
            public Optional<UserView> userNamed(String issuer, String username) {
                return users.findByEmail(issuer, username, deadline()).map(ProviderHosting::view);
            }

            @Override
            public Optional<ClientView> client(String issuer, String clientId) {
                return clients.client(issuer, new ClientId(clientId), deadline()).map(ProviderHosting::view);
            }
        };
    }

    private static Deadline deadline() {
        return Deadline.after(PATIENCE);
    }

    private static Directory.UserView view(User user) {
        return new Directory.UserView(
                user.id().value(), user.email(), Optional.of(user.email()), user.emailVerified(), user.givenName(),
                user.familyName(), user.enabled(), 0, user.attributes());
    }

    private static Directory.ClientView view(Client client) {
        return new Directory.ClientView(
                client.clientId().value(), client.clientName(), client.enabled(),
                client.tokenEndpointAuthMethod().equals("none"), Map.of());
    }
}
