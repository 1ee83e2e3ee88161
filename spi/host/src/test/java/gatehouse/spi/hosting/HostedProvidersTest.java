package gatehouse.spi.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.spi.Unavailable;
import gatehouse.spi.credential.PasswordHash;
import gatehouse.spi.credential.PasswordHasher;
import gatehouse.spi.event.AdminEvent;
import gatehouse.spi.host.ProviderReport;
import gatehouse.spi.hosting.guard.ProviderMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HostedProvidersTest {

    @TempDir
    Path folder;
    @TempDir
    Path out;

    @Test
    void theServersClassPathHasNoKeycloakClass() {
        assertThatThrownBy(() -> Class.forName("org.keycloak.models.KeycloakSession"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> Class.forName("gatehouse.spi.keycloak.KeycloakRealmEntry"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void anEmptyOrAbsentFolderCostsNoThreadAndNoLoader() {
        var before = Thread.getAllStackTraces().keySet();
        for (var none : List.of(folder, folder.resolve("absent"))) {
            try (var hosted = new ProviderKit(none).open()) {
                assertThat(hosted.eventListeners()).isEmpty();
                assertThat(hosted.passwordHashers()).isEmpty();
                assertThat(hosted.report()).isEmpty();
                assertThat(hosted.metrics()).isEmpty();
            }
        }
        assertThat(Thread.getAllStackTraces().keySet()).filteredOn(thread -> !before.contains(thread))
                .noneMatch(thread -> thread.getName().startsWith("provider"));
    }

    @Test
    void anUnmodifiedListenerIsToldAfterCompletionWithConfigurationRealmUserAndLoader() throws IOException {
        var file = out.resolve("events.jsonl");
        try (var hosted = new ProviderKit(folder).drop(ProviderKit.fixture("file-listener.jar"))
                .set("provider.eventsListener.file.file", file.toString())
                .set("realm.main.attribute.tag", "blue").open()) {
            var listener = hosted.eventListeners().getFirst();
            assertThat(listener.name()).isEqualTo("file");

            listener.on(ProviderKit.event("LOGIN", Map.of("auth_method", "saml")));
            listener.on(ProviderKit.event("LOGOUT", Map.of()));
            listener.on(new AdminEvent("a-1", ProviderKit.NOW, "main", "UPDATE", "ORGANIZATION", "organizations/1",
                    Optional.empty(), Optional.of("u-root"), Optional.of("192.0.2.8"), Optional.of("{}")));

            ProviderKit.await(() -> lines(file).size() == 3);
            assertThat(lines(file).getFirst()).isEqualTo("""
                    {"address":"192.0.2.7","client":"demo-app","details":{"auth_method":"saml"},\
                    "email":"ada@acme-ads.example","loader":"keycloak-realm","migrated":true,\
                    "realm":"Main issuer","tag":"blue","thread":"provider-file","type":"LOGIN"}""");
            assertThat(lines(file).get(1)).contains("\"type\":\"LOGOUT\"");
            assertThat(lines(file).get(2)).isEqualTo("""
                    {"path":"organizations/1","representation":true,"type":"UPDATE ORGANIZATION"}""");
            assertThat(hosted.report()).filteredOn(line -> line.spi().equals("eventsListener"))
                    .singleElement().satisfies(line -> {
                        assertThat(line.status()).isEqualTo(ProviderReport.Status.ACTIVE);
                        assertThat(line.jar()).isEqualTo("file-listener.jar");
                    });
        }
    }

    @Test
    void anEventThatKeycloakHasNoTypeForIsDroppedAndCounted() {
        var file = out.resolve("events.jsonl");
        try (var hosted = new ProviderKit(folder).drop(ProviderKit.fixture("file-listener.jar"))
                .set("provider.eventsListener.file.file", file.toString()).open()) {
            var listener = hosted.eventListeners().getFirst();
            listener.on(ProviderKit.event("NOT_A_KEYCLOAK_TYPE", Map.of()));
            listener.on(ProviderKit.event("LOGIN", Map.of()));
            ProviderKit.await(() -> lines(file).size() == 1);
            assertThat(hosted.untranslatableEvents()).isEqualTo(1);
        }
    }

    @Test
    void anUnmodifiedHasherHashesAndVerifiesAndKeepsItsParameters() {
        try (var hosted = new ProviderKit(folder).drop(ProviderKit.fixture("legacy-hasher.jar"))
                .set("provider.password-hashing.legacy-sha512.rounds", "1234").open()) {
            var hasher = hasher(hosted, "legacy-sha512");
            var hash = hasher.hash("correct horse".toCharArray());

            assertThat(hash.algorithm()).isEqualTo("legacy-sha512");
            assertThat(hash.parameters()).containsEntry("hashIterations", "1234").containsEntry("version", "7");
            assertThat(hash.salt()).hasSize(24);
            assertThat(hasher.verify("correct horse".toCharArray(), hash)).isTrue();
            assertThat(hasher.verify("correct hors".toCharArray(), hash)).isFalse();
            assertThat(hasher.verify(new char[0], hash)).isFalse();
            assertThat(hasher.hash("correct horse".toCharArray()).hash()).isNotEqualTo(hash.hash());
        }
    }

    @Test
    void keycloaksOwnHashersServeImportedPasswords() {
        try (var hosted = new ProviderKit(folder).drop(ProviderKit.fixture("legacy-hasher.jar")).open()) {
            assertThat(hosted.passwordHashers()).extracting(PasswordHasher::algorithm)
                    .containsExactly("argon2", "legacy-sha512", "pbkdf2", "pbkdf2-sha256", "pbkdf2-sha512");
            for (var hasher : hosted.passwordHashers()) {
                var hash = hasher.hash("demo-password".toCharArray());
                assertThat(hasher.verify("demo-password".toCharArray(), hash)).as(hasher.algorithm()).isTrue();
                assertThat(hasher.verify("demo-passwore".toCharArray(), hash)).as(hasher.algorithm()).isFalse();
            }
            assertThat(Security.getProviders()).extracting(Provider::getName).doesNotContain("BC");
        }
    }

    @Test
    void aPasswordSetInKeycloakIsVerified() {
        // pbkdf2-sha256 of "password", salt "salt", 27 500 iterations, 512 bits, as Python's hashlib derives it
        var stored = new PasswordHash("pbkdf2-sha256",
                "p6XETX9kSIy9ZwWTiGafUdPW9KUJsfJSWQD9lWRuomav7bGCMfY03kxznJu2"
                        + "emdUprJ3DVemHMlpE5c0+dmsAA==", "c2FsdA==", Map.of("hashIterations", "27500"));
        try (var hosted = new ProviderKit(folder).drop(ProviderKit.fixture("legacy-hasher.jar")).open()) {
            assertThat(hasher(hosted, "pbkdf2-sha256").verify("password".toCharArray(), stored)).isTrue();
            assertThat(hasher(hosted, "pbkdf2-sha256").verify("Password".toCharArray(), stored)).isFalse();
        }
    }

    @Test
    void aHasherThatThrowsLetsNobodyInAndSaysNothingOfThePassword() {
        try (var hosted = new ProviderKit(folder).drop(ProviderKit.fixture("legacy-hasher.jar")).open()) {
            var hasher = hasher(hosted, "legacy-sha512");
            var hash = hasher.hash("right".toCharArray());
            assertThatThrownBy(() -> hasher.verify("throw".toCharArray(), hash)).isInstanceOf(Unavailable.class)
                    .satisfies(failure -> assertThat(failure.getMessage() + failure.getCause().getMessage())
                            .contains("legacy-sha512", "IllegalStateException").doesNotContain("s3cret"));
            assertThatThrownBy(() -> hasher.verify("right".toCharArray(), new PasswordHash("legacy-sha512",
                    "not base64 !", "also not !", Map.of()))).isInstanceOf(Unavailable.class);
            assertThat(hasher.verify("right".toCharArray(), hash)).isTrue();
        }
    }

    @Test
    void aHasherThatBlocksIsLateAfterItsBudgetAndComesBack() {
        try (var hosted = new ProviderKit(folder).drop(ProviderKit.fixture("legacy-hasher.jar"))
                .budgets(Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofSeconds(2)).open()) {
            var hasher = hasher(hosted, "legacy-sha512");
            var hash = hasher.hash("right".toCharArray());
            assertThatThrownBy(() -> hasher.verify("block".toCharArray(), hash)).isInstanceOf(Unavailable.class)
                    .hasRootCauseMessage("provider legacy-sha512 did not answer within 2000 ms");
            ProviderKit.await(() -> metrics(hosted, "legacy-sha512").leaked() == 0);
            assertThat(metrics(hosted, "legacy-sha512").timeouts()).isEqualTo(1);
            assertThat(hasher.verify("right".toCharArray(), hash)).isTrue();
        }
    }

    @Test
    void closeLeavesNoThreadAndNoLoader() throws Exception {
        var loader = runOnce();
        ProviderKit.await(() -> {
            System.gc();
            return loader.get() == null;
        });
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("provider") || thread.getName().startsWith("rogue"));
    }

    private WeakReference<ClassLoader> runOnce() throws InterruptedException {
        var kit = new ProviderKit(folder).drop(ProviderKit.fixture("file-listener.jar"))
                .drop(ProviderKit.fixture("legacy-hasher.jar")).drop(ProviderKit.fixture("rogue-listener.jar"))
                .set("provider.eventsListener.file.file", out.resolve("events.jsonl").toString());
        try (var hosted = kit.open()) {
            hosted.eventListeners().forEach(listener -> listener.on(ProviderKit.event("LOGIN", Map.of("do", "leak"))));
            for (var algorithm : List.of("argon2", "legacy-sha512", "pbkdf2-sha512")) {
                hasher(hosted, algorithm).hash("a".toCharArray());
            }
            ProviderKit.await(() -> Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread -> thread.getName().equals("rogue-own-thread")));
            return new WeakReference<>(Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("rogue-own-thread")).findFirst().orElseThrow()
                    .getContextClassLoader());
        }
    }

    private static PasswordHasher hasher(HostedProviders hosted, String algorithm) {
        return hosted.passwordHashers().stream().filter(hasher -> hasher.algorithm().equals(algorithm)).findFirst()
                .orElseThrow();
    }

    static ProviderMetrics metrics(HostedProviders hosted, String provider) {
        return hosted.metrics().stream().filter(line -> line.provider().equals(provider)).findFirst().orElseThrow();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
