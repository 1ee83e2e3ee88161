package gatehouse.sessions.redis;

import static gatehouse.sessions.Fixtures.federated;
import static gatehouse.sessions.Fixtures.someOrganization;
import static gatehouse.sessions.Fixtures.someUser;
import static gatehouse.sessions.Fixtures.soon;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.sessions.Participant;
import gatehouse.sessions.SessionLimits;
import java.time.Instant;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a browser session costs in Redis. */
class RedisMemoryTest {

    private static final int SESSIONS = 10_000;
    private static final int BYTES_MAX = 700;

    @Test
    void browserSessionTakesAtMost700Bytes() {
        try (var server = RedisServers.start();
                var stores = RedisEngine.open(server.uri());
                var redis = new RedisUnderTest(server.uri())) {
            var before = redis.usedMemory();
            try (var threads = Executors.newFixedThreadPool(16)) {
                for (var i = 0; i < SESSIONS; i++) {
                    threads.submit(() -> openOne(stores.sessions()));
                }
            }
            var bytes = (redis.usedMemory() - before) / SESSIONS;

            assertThat(redis.keys()).hasSizeGreaterThan(2 * SESSIONS); // each session, and its user's index
            LoggerFactory.getLogger(RedisMemoryTest.class).warn("Redis memory per browser session: {} bytes", bytes);
            assertThat(bytes).isLessThanOrEqualTo(BYTES_MAX);
        }
    }

    /** One user's session through a SAML connection, seen by an application and a service provider. */
    private static void openOne(gatehouse.sessions.SessionStore sessions) {
        var authentication = federated(someUser(), someOrganization());
        var id = sessions.open(authentication, SessionLimits.DEFAULTS, soon()).session().id();
        sessions.join(id, new Participant("oidc", "campaign-manager", Instant.now()), soon());
        var reports = "https://reports.acme-ads.example/saml/metadata";
        sessions.join(id, new Participant("saml", reports, Instant.now()), soon());
    }
}
