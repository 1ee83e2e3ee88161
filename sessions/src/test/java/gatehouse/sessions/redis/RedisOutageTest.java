package gatehouse.sessions.redis;

import static gatehouse.sessions.Fixtures.CLIENT;
import static gatehouse.sessions.Fixtures.atOnce;
import static gatehouse.sessions.Fixtures.code;
import static gatehouse.sessions.Fixtures.family;
import static gatehouse.sessions.Fixtures.local;
import static gatehouse.sessions.Fixtures.someUser;
import static gatehouse.sessions.Fixtures.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.sessions.EngineUnderTest;
import gatehouse.sessions.OpenedSession;
import gatehouse.sessions.Redemption;
import gatehouse.sessions.Rotation;
import gatehouse.sessions.SessionLimits;
import gatehouse.sessions.Stores;
import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import gatehouse.spi.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What callers see while Redis fails: never a wrong answer, never a long wait, and all well afterwards. */
class RedisOutageTest {

    private static OpenedSession open(Stores stores) {
        return stores.sessions().open(local(someUser()), SessionLimits.DEFAULTS, soon());
    }

    @Test
    void deadPortIsUnavailable() {
        var nobody = URI.create("redis://127.0.0.1:" + RedisServers.freePort());

        assertThatThrownBy(() -> RedisEngine.open(nobody))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void killedServerIsUnavailableAtOnceAndServesAgainAfterItsRestart() throws Exception {
        try (var server = RedisServers.start(); var stores = RedisEngine.open(server.uri())) {
            var opened = open(stores);

            server.kill();

            var start = System.nanoTime();
            var outcomes = atOnce(32, () -> outcome(() -> stores.sessions().find(opened.cookieValue(), soon())));
            assertThat(outcomes).containsOnly("Unavailable");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            assertThat(outcome(() -> stores.check().require(soon()))).isEqualTo("Unavailable");
            assertThat(outcome(() -> stores.families().rotate("v1.", CLIENT, soon()))).isEqualTo("answered");

            server.start();

            awaitAnswer(stores);
            stores.check().require(soon());
            assertThat(stores.sessions().find(opened.cookieValue(), soon())).isEmpty(); // it had nothing on disk
            var again = open(stores);
            assertThat(stores.sessions().find(again.cookieValue(), soon())).isPresent();
        }
    }

    @Test
    void hungServerTakesNoLongerThanTheDeadlineOrTheCommandTimeout() throws Exception {
        try (var server = RedisServers.start()) {
            var config = new RedisConfig(server.uri(), java.util.Optional.empty(), Duration.ofMillis(300),
                    Duration.ofSeconds(5), 1, 1_000);
            try (var stores = RedisStores.open(
                    config, RedisEngine.MASTER, EngineUnderTest.CONFIG, InstantSource.system())) {
                var opened = open(stores);
                signal(server, "STOP");
                try {
                    assertThatThrownBy(() -> stores.sessions().find(opened.cookieValue(), soon()))
                            .isInstanceOf(Unavailable.class);
                    var late = Deadline.after(Duration.ofMillis(50));
                    assertThatThrownBy(() -> stores.sessions().find(opened.cookieValue(), late))
                            .isInstanceOf(DeadlineExceeded.class);
                } finally {
                    signal(server, "CONT");
                }
                awaitAnswer(stores);
                assertThat(stores.sessions().find(opened.cookieValue(), soon())).contains(opened.session());
            }
        }
    }

    @Test
    void commandsPastTheQueueAreRefusedAtOnce() throws Exception {
        try (var server = RedisServers.start()) {
            var config = new RedisConfig(server.uri(), java.util.Optional.empty(), Duration.ofSeconds(5),
                    Duration.ofSeconds(5), 1, 20);
            try (var stores = RedisStores.open(
                    config, RedisEngine.MASTER, EngineUnderTest.CONFIG, InstantSource.system())) {
                var opened = open(stores);
                signal(server, "STOP");
                try {
                    var outcomes = atOnce(60, () -> outcome(() -> stores.sessions()
                            .find(opened.cookieValue(), Deadline.after(Duration.ofSeconds(1)))));
                    assertThat(outcomes).containsOnly("Unavailable", "DeadlineExceeded");
                    assertThat(outcomes).filteredOn("Unavailable"::equals).hasSizeGreaterThanOrEqualTo(40);
                } finally {
                    signal(server, "CONT");
                }
            }
        }
    }

    @Test
    void forgottenScriptsHealInFlight() throws Exception {
        try (var server = RedisServers.start();
                var stores = RedisEngine.open(server.uri());
                var redis = new RedisUnderTest(server.uri());
                var flusher = Executors.newSingleThreadExecutor()) {
            var stop = new AtomicBoolean();
            var flushing = flusher.submit(() -> {
                while (!stop.get()) {
                    redis.commands().scriptFlush();
                }
            });
            var outcomes = atOnce(400, () -> outcome(() -> {
                var session = open(stores).session();
                var code = code(session, stores.codes().newFamily(session.id()), Instant.now().plusSeconds(60));
                var redeemed = stores.codes().redeem(stores.codes().issue(code, soon()), soon());
                assertThat(redeemed).isEqualTo(new Redemption.Redeemed(code));
            }));
            stop.set(true);
            flushing.get();

            assertThat(outcomes).containsOnly("answered");
        }
    }

    @Test
    void redemptionWhoseAnswerWasLostIsUnavailableAndNeverSentTwice() throws Exception {
        try (var server = RedisServers.start();
                var direct = RedisEngine.open(server.uri());
                var proxy = new LossyProxy(server.uri());
                var stores = RedisEngine.open(proxy.uri())) {
            var session = open(direct).session();
            var code = code(session, direct.codes().newFamily(session.id()), Instant.now().plusSeconds(60));
            var value = direct.codes().issue(code, soon());

            proxy.loseNextAnswer();
            assertThatThrownBy(() -> stores.codes().redeem(value, soon())).isInstanceOf(Unavailable.class);

            // It had been done: whoever asks again is told so.
            assertThat(direct.codes().redeem(value, soon())).isEqualTo(new Redemption.Replayed(code.family()));
        }
    }

    @Test
    void rotationWhoseAnswerWasLostIsRepeatedWithTheSameSuccessor() throws Exception {
        try (var server = RedisServers.start();
                var direct = RedisEngine.open(server.uri());
                var proxy = new LossyProxy(server.uri());
                var stores = RedisEngine.open(proxy.uri())) {
            var session = open(direct).session();
            var id = direct.codes().newFamily(session.id());
            var token = direct.families().open(family(session, id, Instant.now().plusSeconds(600)), soon());

            proxy.loseNextAnswer();
            assertThatThrownBy(() -> stores.families().rotate(token, CLIENT, soon())).isInstanceOf(Unavailable.class);

            var retried = (Rotation.Retried) direct.families().rotate(token, CLIENT, soon());
            assertThat(direct.families().rotate(retried.next(), CLIENT, soon())).isInstanceOf(Rotation.Rotated.class);
        }
    }

    @Test
    void fullMemoryRefusesNewSessionsAndServesTheLivingOnes() {
        for (var installed : List.of(true, false)) {
            try (var server = installed ? RedisServers.start() : RedisServers.startEmbedded();
                    var stores = RedisEngine.open(server.uri());
                    var redis = new RedisUnderTest(server.uri())) {
                var opened = open(stores);
                var session = opened.session();
                var id = stores.codes().newFamily(session.id());
                var token = stores.families().open(family(session, id, Instant.now().plusSeconds(600)), soon());

                redis.commands().configSet("maxmemory", "1mb");

                assertThatThrownBy(() -> open(stores)).isInstanceOf(Unavailable.class);
                assertThat(stores.sessions().find(opened.cookieValue(), soon())).contains(session);
                assertThat(stores.families().rotate(token, CLIENT, soon())).isInstanceOf(Rotation.Rotated.class);
                assertThat(stores.sessions().end(session.id(), "logout", soon())).isPresent();

                redis.commands().configSet("maxmemory", "0");
                open(stores);
            }
        }
    }

    /** Waits for every link: each comes back in its own time, and the shard of a value decides which one it takes. */
    private static void awaitAnswer(Stores stores) {
        var end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        for (var shard : "0123456789abcdef".split("")) {
            var cookie = "v1.0" + shard + "A".repeat(22) + "." + "A".repeat(43);
            while (!outcome(() -> stores.sessions().find(cookie, soon())).equals("answered")) {
                assertThat(System.nanoTime()).as("Redis has not come back for its client").isLessThan(end);
                RedisEngine.sleep(Duration.ofMillis(20));
            }
        }
    }

    private static String outcome(Runnable call) {
        try {
            call.run();
            return "answered";
        } catch (RuntimeException failure) {
            return failure.getClass().getSimpleName();
        }
    }

    private static void signal(RedisServers.Running server, String signal) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(server.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }
}
