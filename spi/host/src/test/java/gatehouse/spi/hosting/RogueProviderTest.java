package gatehouse.spi.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.spi.Unavailable;
import gatehouse.spi.credential.PasswordHasher;
import gatehouse.spi.event.EventListener;
import gatehouse.spi.host.ProviderReport.Status;
import gatehouse.spi.hosting.guard.ProviderMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the badly behaved listener does, and what everybody else sees of it: nothing. */
@Timeout(120)
class RogueProviderTest {

    @TempDir
    Path folder;
    @TempDir
    Path out;

    @ParameterizedTest
    @ValueSource(strings = {"sleep", "ignore-interrupt", "spin", "throw", "error", "leak", "vault", "sessions",
            "write-realm"})
    void aGoodListenerAndAGoodHasherGoOnWhileTheRogueMisbehaves(String how) throws Exception {
        var patient = kit().budgets(Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(30));
        try (var hosted = patient.open()) {
            var rogue = listener(hosted, "rogue");
            var good = listener(hosted, "file");
            var hasher = hosted.passwordHashers().stream().filter(one -> one.algorithm().equals("legacy-sha512"))
                    .findFirst().orElseThrow();
            for (var i = 0; i < 40; i++) {
                rogue.on(ProviderKit.event("LOGIN", Map.of("do", how)));
            }
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var i = 0; i < 20; i++) {
                    good.on(ProviderKit.event("LOGIN", Map.of()));
                    callers.submit(() -> hasher.verify("x".toCharArray(), hasher.hash("x".toCharArray())))
                            .get(20, TimeUnit.SECONDS);
                }
            }
            ProviderKit.await(() -> lines() == 20);
            assertThat(metrics(hosted, "legacy-sha512").failures()).isZero();
            assertThat(metrics(hosted, "legacy-sha512").timeouts()).isZero();
        }
    }

    @Test
    void aThrowingListenerOpensItsBreakerAfterTenFailures() {
        try (var hosted = open()) {
            var rogue = listener(hosted, "rogue");
            for (var i = 0; i < 30; i++) {
                rogue.on(ProviderKit.event("LOGIN", Map.of("do", i % 2 == 0 ? "throw" : "error")));
            }
            ProviderKit.await(() -> metrics(hosted, "rogue").shed() == 20);
            assertThat(metrics(hosted, "rogue")).satisfies(rogueMetrics -> {
                assertThat(rogueMetrics.calls()).isEqualTo(10);
                assertThat(rogueMetrics.failures()).isEqualTo(10);
                assertThat(rogueMetrics.breaker()).isEqualTo("OPEN");
                assertThat(rogueMetrics.quarantined()).isFalse();
            });
            assertThat(metrics(hosted, "file").breaker()).isEqualTo("CLOSED");
        }
    }

    @Test
    void aSleepingListenerIsInterruptedAndLeaksNothing() {
        try (var hosted = open()) {
            listener(hosted, "rogue").on(ProviderKit.event("LOGIN", Map.of("do", "sleep")));
            listener(hosted, "rogue").on(ProviderKit.event("LOGIN", Map.of()));
            ProviderKit.await(() -> metrics(hosted, "rogue").calls() == 2 && metrics(hosted, "rogue").leaked() == 0);
            assertThat(metrics(hosted, "rogue").timeouts()).isEqualTo(1);
            assertThat(metrics(hosted, "rogue").quarantined()).isFalse();
        }
    }

    @Test
    void aListenerThatSpinsIsQuarantinedWithItsSecondThread() {
        try (var hosted = open()) {
            for (var i = 0; i < 9; i++) {
                listener(hosted, "rogue").on(ProviderKit.event("LOGIN", Map.of("do", "spin")));
            }
            ProviderKit.await(() -> metrics(hosted, "rogue").quarantined());
            assertThat(metrics(hosted, "rogue").leaked()).isLessThan(7);
            ProviderKit.await(() -> metrics(hosted, "rogue").queued() == 0);
            assertThat(metrics(hosted, "rogue").shed()).isPositive();
        }
    }

    @Test
    void aListenerThatIgnoresInterruptsIsQuarantinedWithItsSeventhThread() {
        try (var hosted = open()) {
            for (var i = 0; i < 12; i++) {
                listener(hosted, "rogue").on(ProviderKit.event("LOGIN", Map.of("do", "ignore-interrupt")));
            }
            ProviderKit.await(() -> metrics(hosted, "rogue").quarantined());
            assertThat(metrics(hosted, "rogue").leaked()).isEqualTo(7);
        }
    }

    @Test
    void aSpinningHasherRefusesItsOwnCallersAndNobodyElse() {
        try (var hosted = open()) {
            var legacy = hasher(hosted, "legacy-sha512");
            var other = hasher(hosted, "pbkdf2-sha512");
            var hash = legacy.hash("x".toCharArray());
            for (var i = 0; i < 3; i++) {
                assertThatThrownBy(() -> legacy.verify("spin".toCharArray(), hash)).isInstanceOf(Unavailable.class);
            }
            assertThat(metrics(hosted, "legacy-sha512").quarantined()).isTrue();
            assertThatThrownBy(() -> legacy.verify("x".toCharArray(), hash)).isInstanceOf(Unavailable.class)
                    .hasRootCauseMessage("provider legacy-sha512 is not called until the next start: "
                            + "it does not give its threads back");
            assertThat(other.verify("x".toCharArray(), other.hash("x".toCharArray()))).isTrue();
        }
    }

    @Test
    void aProviderThatHangsAtStartIsLeftOutAndTheOthersRun() {
        try (var hosted = kit().set("provider.eventsListener.rogue.hang-at-start", "true").open()) {
            assertThat(hosted.eventListeners()).extracting(EventListener::name).containsExactly("file");
            assertThat(hosted.report()).filteredOn(line -> line.className().contains("Rogue")).singleElement()
                    .satisfies(line -> {
                        assertThat(line.status()).isEqualTo(Status.FAILED);
                        assertThat(line.reason()).isEqualTo("provider rogue did not answer within 5000 ms");
                    });
        }
    }

    @Test
    void aProviderCanBeSwitchedOff() {
        try (var hosted = kit().set("provider.eventsListener.rogue.enabled", "false").open()) {
            assertThat(hosted.eventListeners()).extracting(EventListener::name).containsExactly("file");
            assertThat(hosted.report()).filteredOn(line -> line.id().equals("rogue")).singleElement()
                    .satisfies(line -> assertThat(line.status()).isEqualTo(Status.DISABLED));
        }
    }

    @Test
    void aProviderWithoutTheConfigurationItNeedsIsReportedAndLeftOut() {
        var kit = new ProviderKit(folder).drop(ProviderKit.fixture("file-listener.jar"));
        try (var hosted = kit.open()) {
            assertThat(hosted.eventListeners()).isEmpty();
            assertThat(hosted.report()).filteredOn(line -> line.jar().equals("file-listener.jar")).singleElement()
                    .satisfies(line -> assertThat(line.reason()).contains("NullPointerException"));
        }
    }

    private ProviderKit kit() {
        return new ProviderKit(folder).drop(ProviderKit.fixture("rogue-listener.jar"))
                .drop(ProviderKit.fixture("file-listener.jar")).drop(ProviderKit.fixture("legacy-hasher.jar"))
                .set("provider.eventsListener.file.file", out.resolve("events").toString())
                .budgets(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofSeconds(4));
    }

    private HostedProviders open() {
        return kit().open();
    }

    private long lines() {
        try (var lines = Files.lines(out.resolve("events"))) {
            return lines.count();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private static EventListener listener(HostedProviders hosted, String name) {
        return hosted.eventListeners().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    private static PasswordHasher hasher(HostedProviders hosted, String algorithm) {
        return hosted.passwordHashers().stream().filter(one -> one.algorithm().equals(algorithm)).findFirst()
                .orElseThrow();
    }

    private static ProviderMetrics metrics(HostedProviders hosted, String provider) {
        return HostedProvidersTest.metrics(hosted, provider);
    }
}
