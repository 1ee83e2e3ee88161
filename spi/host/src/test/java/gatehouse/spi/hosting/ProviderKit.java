package gatehouse.spi.hosting;

import gatehouse.spi.event.LoginEvent;
import gatehouse.spi.host.Directory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A providers folder to drop jars into, and the server's part in hosting them. */
final class ProviderKit {

    static final Path KEYCLOAK_LIB = Path.of(System.getProperty("keycloak.lib"));
    private static final Path FIXTURES = Path.of(System.getProperty("fixtures"));
    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final Path folder;
    private final Map<String, String> configuration = new HashMap<>();
    private ProviderHostConfig.Limits limits = new ProviderHostConfig.Limits(
            Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(2), 1_000, 2);

    ProviderKit(Path folder) {
        this.folder = folder;
    }

    static Path fixture(String name) {
        return FIXTURES.resolve("providers").resolve(name);
    }

    static Path thirdParty(String name) {
        return FIXTURES.resolve("third-party").resolve(name);
    }

    ProviderKit drop(Path jar) {
        try {
            Files.copy(jar, folder.resolve(jar.getFileName()));
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    ProviderKit set(String key, String value) {
        configuration.put(key, value);
        return this;
    }

    ProviderKit budgets(Duration start, Duration event, Duration hash) {
        limits = new ProviderHostConfig.Limits(start, event, hash, limits.closeBudget(), limits.eventQueueMax(), 2);
        return this;
    }

    ProviderHostConfig config() {
        return new ProviderHostConfig(KEYCLOAK_LIB, folder, URI.create("https://sso.example"), configuration, limits);
    }

    HostedProviders open() {
        return HostedProviders.open(config(), new People(), InstantSource.fixed(NOW), System::nanoTime);
    }

    static LoginEvent event(String type, Map<String, String> details) {
        return new LoginEvent("e-1", NOW, type, "main", Optional.of("demo-app"), Optional.of("u-ada"),
                Optional.of("s-1"), Optional.of("192.0.2.7"), Optional.empty(), details);
    }

    static void await(BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain");
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    /** One issuer, one user, one client. */
    private static final class People implements Directory {

        @Override
        public List<IssuerView> issuers() {
            return List.of(new IssuerView("main", "Main issuer", Map.of("tier", "gold")));
        }

        @Override
        public Optional<UserView> user(String issuer, String userId) {
            return issuer.equals("main") && userId.equals("u-ada") ? Optional.of(new UserView("u-ada",
                    "ada@acme-ads.example", Optional.of("ada@acme-ads.example"), true, Optional.of("Ada"),
                    Optional.empty(), true, NOW.toEpochMilli(), Map.of("department", List.of("R&D"))))
                    : Optional.empty();
        }

        @Override
        public Optional<UserView> userNamed(String issuer, String username) {
            return user(issuer, "u-ada").filter(user -> user.username().equals(username));
        }

        @Override
        public Optional<ClientView> client(String issuer, String clientId) {
            return clientId.equals("demo-app")
                    ? Optional.of(new ClientView(clientId, "Demo", true, true, Map.of())) : Optional.empty();
        }
    }
}
