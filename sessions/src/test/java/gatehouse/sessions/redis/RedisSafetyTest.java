package gatehouse.sessions.redis;

import static gatehouse.sessions.Fixtures.CLIENT;
import static gatehouse.sessions.Fixtures.code;
import static gatehouse.sessions.Fixtures.federated;
import static gatehouse.sessions.Fixtures.local;
import static gatehouse.sessions.Fixtures.offlineFamily;
import static gatehouse.sessions.Fixtures.someOrganization;
import static gatehouse.sessions.Fixtures.someUser;
import static gatehouse.sessions.Fixtures.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.sessions.EngineUnderTest;
import gatehouse.sessions.Participant;
import gatehouse.sessions.Redemption;
import gatehouse.sessions.Rotation;
import gatehouse.sessions.SessionLimits;
import gatehouse.sessions.Stores;
import gatehouse.sessions.secret.Text;
import gatehouse.spi.Unavailable;
import io.lettuce.core.Range;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What Redis is told, what it may be, and what several nodes see of it. */
class RedisSafetyTest {

    @Test
    void serverThatMayEvictSessionsIsRefused() {
        try (var server = RedisServers.start("--maxmemory-policy", "allkeys-lru")) {
            assertThatThrownBy(() -> RedisEngine.open(server.uri()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("allkeys-lru")
                    .hasMessageContaining("noeviction");
        }
    }

    @Test
    void serverThatBeginsToEvictMakesTheNodeUnready() {
        try (var server = RedisServers.start();
                var stores = RedisEngine.open(server.uri());
                var redis = new RedisUnderTest(server.uri())) {
            stores.check().require(soon());
            redis.commands().configSet("maxmemory-policy", "volatile-ttl");

            assertThatThrownBy(() -> stores.check().require(soon()))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("volatile-ttl");
        }
    }

    @Test
    void sessionsOfAnotherMasterKeyAreRefused() {
        var other = new SecretKeySpec(new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8}, "test");
        try (var server = RedisServers.start(); var stores = RedisEngine.open(server.uri())) {
            stores.check().require(soon());

            assertThatThrownBy(() -> RedisStores.open(
                            RedisEngine.patient(server.uri()), other, EngineUnderTest.CONFIG, InstantSource.system()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another master key");
        }
    }

    @Test
    void passwordIsGivenSeparatelyAndNeverShown() {
        try (var server = RedisServers.start("--requirepass", "open sesame")) {
            var config = RedisEngine.patient(server.uri());
            assertThatThrownBy(() -> open(config)).isInstanceOf(Unavailable.class);

            var withPassword = config.withPassword("open sesame".toCharArray());
            assertThat(withPassword.toString()).doesNotContain("sesame");
            try (var stores = open(withPassword)) {
                stores.check().require(soon());
            }
        }
    }

    private static Stores open(RedisConfig config) {
        return RedisStores.open(config, RedisEngine.MASTER, EngineUnderTest.CONFIG, InstantSource.system());
    }

    @Test
    void dumpOfRedisHoldsNoIdentityAndNoSecret() {
        try (var server = RedisServers.start();
                var stores = RedisEngine.open(server.uri());
                var redis = new RedisUnderTest(server.uri())) {
            var secrets = leaveTraces(stores);

            var dump = new StringBuilder();
            for (var key : redis.keys()) {
                dump.append(Text.ascii(key)).append(Text.ascii(redis.commands().dump(key)));
                if (redis.commands().type(key).equals("stream")) {
                    redis.commands().xrange(key, Range.unbounded()).forEach(event -> event.getBody()
                            .values()
                            .forEach(value -> dump.append(Text.ascii(value))));
                }
            }

            assertThat(redis.keys()).hasSizeGreaterThan(12);
            for (var secret : secrets) {
                var bytes = Text.ascii(secret.getBytes(StandardCharsets.UTF_8));
                assertThat(dump.indexOf(bytes)).as(secret).isEqualTo(-1);
            }
        }
    }

    /** Leaves a record of every kind, and answers what must not be found in any of them. */
    private static List<String> leaveTraces(Stores stores) {
        var user = someUser();
        var organization = someOrganization();
        var who = federated(user, organization);
        var opened = stores.sessions().open(who, SessionLimits.DEFAULTS, soon());
        var session = opened.session();
        stores.sessions().join(session.id(), new Participant("oidc", "campaign-manager", Instant.now()), soon());
        var ended = stores.sessions().open(who, SessionLimits.DEFAULTS, soon());
        stores.sessions().end(ended.session().id(), "logout", soon());
        var family = stores.codes().newFamily(session.id());
        var live = stores.codes().issue(code(session, family, Instant.now().plusSeconds(60)), soon());
        var spent = stores.codes().issue(code(session, family, Instant.now().plusSeconds(60)), soon());
        stores.codes().redeem(spent, soon());
        var refresh = stores.families().open(offlineFamily(session, family, Instant.now().plusSeconds(600)), soon());
        var next = ((Rotation.Rotated) stores.families().rotate(refresh, CLIENT, soon())).next();
        stores.families().revoke(stores.codes().newFamily(session.id()), Duration.ofMinutes(5), soon());
        stores.accessTokens().revoke("jti-of-a-token", Optional.empty(), Instant.now().plusSeconds(60), soon());
        stores.flows().keep("login", "flow-id-of-login", "hint=grace@globex".getBytes(StandardCharsets.UTF_8),
                Duration.ofMinutes(5), soon());
        stores.replays().firstUse("assertion", "_assertion-id", Instant.now().plusSeconds(60), soon());
        stores.attempts().failed("password", "ada@acme-ads.example", Duration.ofMinutes(5), soon());
        stores.sessions().endAllOfOrganization(someOrganization(), soon());
        var upstream = who.upstream().orElseThrow();
        var secrets = new ArrayList<>(List.of(
                "grace", "ada@", "example", user.value(), organization.value(), upstream.index().orElseThrow(),
                upstream.connection().value(), "campaign-manager", "demo-app", "api:read", "n-0S6_WzA2Mj",
                "flow-id-of-login", "_assertion-id", "jti-of-a-token"));
        for (var value : List.of(opened.cookieValue(), live, spent, refresh, next)) {
            secrets.add(value);
            secrets.add(value.substring(value.length() - 40));
        }
        return secrets;
    }

    @Test
    void endingLeavesAnEventAndRefreshReplayToo() {
        try (var server = RedisServers.start();
                var stores = RedisEngine.open(server.uri());
                var redis = new RedisUnderTest(server.uri())) {
            var session = stores.sessions().open(local(someUser()), SessionLimits.DEFAULTS, soon()).session();
            var family = stores.codes().newFamily(session.id());
            var bound = gatehouse.sessions.Fixtures.family(session, family, Instant.now().plusSeconds(600));
            var first = stores.families().open(bound, soon());
            var second = ((Rotation.Rotated) stores.families().rotate(first, CLIENT, soon())).next();
            stores.families().rotate(second, CLIENT, soon());
            stores.families().rotate(first, CLIENT, soon());
            var other = stores.sessions().open(local(session.authentication().user()), SessionLimits.DEFAULTS, soon());
            stores.sessions().end(other.session().id(), "logout", soon());

            var outbox = redis.keys().stream().filter(key -> key[0] == 'q').findFirst().orElseThrow();
            var events = redis.commands().xrange(outbox, Range.unbounded()).stream()
                    .map(event -> field(event.getBody(), "event") + " " + field(event.getBody(), "sid"))
                    .toList();
            assertThat(events).containsExactly("replayed " + session.id(), "ended " + other.session().id());
            assertThat(redis.commands().pttl(outbox)).isPositive();
        }
    }

    private static String field(java.util.Map<byte[], byte[]> body, String name) {
        return body.entrySet().stream()
                .filter(entry -> Text.ascii(entry.getKey()).equals(name))
                .map(entry -> Text.ascii(entry.getValue()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatExpiresLeavesNoKeyBehind() {
        try (var server = RedisServers.start();
                var stores = RedisEngine.open(server.uri());
                var redis = new RedisUnderTest(server.uri())) {
            var before = redis.keys().size();
            var second = new SessionLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), 3);
            for (var i = 0; i < 500; i++) {
                var session = stores.sessions().open(local(someUser()), second, soon()).session();
                var soonDead = Instant.now().plusMillis(700);
                var family = stores.codes().newFamily(session.id());
                stores.codes().issue(code(session, family, soonDead), soon());
                stores.families().open(offlineFamily(session, family, soonDead), soon());
                stores.accessTokens().revoke("j" + i, Optional.of(session.id()), soonDead, soon());
                stores.flows().keep("login", "f" + i, new byte[10], Duration.ofMillis(700), soon());
                stores.replays().firstUse("jti", "j" + i, soonDead, soon());
                stores.attempts().failed("password", "u" + i, Duration.ofMillis(50), soon());
            }

            var end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (redis.keys().size() > before && System.nanoTime() < end) {
                RedisEngine.sleep(Duration.ofMillis(100));
            }
            assertThat(redis.keys()).hasSize(before);
        }
    }

    @Test
    void nodesShareSessionsAndCutOffs() {
        try (var server = RedisServers.start();
                var one = RedisEngine.open(server.uri());
                var two = RedisEngine.open(server.uri())) {
            var organization = someOrganization();
            var opened = one.sessions().open(federated(someUser(), organization), SessionLimits.DEFAULTS, soon());
            assertThat(two.sessions().find(opened.cookieValue(), soon())).contains(opened.session());

            one.sessions().endAllOfOrganization(organization, soon());

            assertThat(one.sessions().find(opened.cookieValue(), soon())).isEmpty();
            assertGoneWithin(Duration.ofSeconds(1), two, opened.cookieValue()); // pushed
            try (var three = RedisEngine.open(server.uri())) { // read at the start
                assertThat(three.sessions().find(opened.cookieValue(), soon())).isEmpty();
            }
        }
    }

    @Test
    void cutOffArrivesEvenIfItsMessageIsLost() {
        try (var server = RedisServers.start();
                var one = RedisEngine.open(server.uri());
                var redis = new RedisUnderTest(server.uri())) {
            var organization = someOrganization();
            var opened = one.sessions().open(federated(someUser(), organization), SessionLimits.DEFAULTS, soon());
            var keyspace = new Keyspace(new gatehouse.sessions.secret.DerivedKeys(RedisEngine.MASTER));
            var time = redis.commands().time();
            var millis = Long.parseLong(Text.ascii(time.getFirst())) * 1000 + 999;

            // What another node's script writes, without its message.
            redis.commands().zadd(Keyspace.CUT_OFFS, millis, keyspace.organizationTag(Optional.of(organization)));

            assertThat(one.sessions().find(opened.cookieValue(), soon())).isPresent();
            assertGoneWithin(Duration.ofSeconds(6), one, opened.cookieValue()); // polled
        }
    }

    private static void assertGoneWithin(Duration most, Stores stores, String cookie) {
        var end = System.nanoTime() + most.toNanos();
        while (stores.sessions().find(cookie, soon()).isPresent()) {
            assertThat(System.nanoTime()).as("still found after %s", most).isLessThan(end);
            RedisEngine.sleep(Duration.ofMillis(20));
        }
    }

    @Test
    void tokenNewerThanWhatAFailoverLeftIsCurrent() {
        try (var server = RedisServers.start();
                var stores = RedisEngine.open(server.uri());
                var redis = new RedisUnderTest(server.uri())) {
            var session = stores.sessions().open(local(someUser()), SessionLimits.DEFAULTS, soon()).session();
            var id = stores.codes().newFamily(session.id());
            var family = gatehouse.sessions.Fixtures.family(session, id, Instant.now().plusSeconds(600));
            var first = stores.families().open(family, soon());
            var key = redis.keys().stream().filter(k -> k[0] == 'r').findFirst().orElseThrow();
            var lagging = redis.commands().dump(key);
            var second = ((Rotation.Rotated) stores.families().rotate(first, CLIENT, soon())).next();

            redis.commands().restore(key, lagging, io.lettuce.core.RestoreArgs.Builder.ttl(600_000).replace());

            assertThat(stores.families().find(second, soon())).contains(family);
            assertThat(stores.families().rotate(second, CLIENT, soon())).isInstanceOf(Rotation.Rotated.class);
            assertThat(stores.families().rotate(first, CLIENT, soon())).isEqualTo(new Rotation.Replayed(id));
        }
    }

    @Test
    void sessionThatWasWrittenIntoRedisByHandOpensNothing() {
        URI uri = RedisServers.real();
        try (var stores = RedisEngine.open(uri); var redis = new RedisUnderTest(uri)) {
            var opened = stores.sessions().open(local(someUser()), SessionLimits.DEFAULTS, soon());
            var victim = stores.sessions().open(local(someUser()), SessionLimits.DEFAULTS, soon()).session();
            var keyspace = new Keyspace(new gatehouse.sessions.secret.DerivedKeys(RedisEngine.MASTER));
            var own = redis.commands().get(keyspace.session(opened.session().id()));
            var theirs = redis.commands().get(keyspace.session(victim.id()));

            // The thief's secret in the victim's session: header taken over, identity not.
            System.arraycopy(own, 32, theirs, 32, 16);
            redis.commands().set(keyspace.session(victim.id()), theirs);
            var secret = opened.cookieValue().substring(opened.cookieValue().lastIndexOf('.'));

            assertThat(stores.sessions().find("v1." + victim.id() + secret, soon())).isEmpty();
        }
    }

    @Test
    void codeWrittenByAnUnknownVersionIsUnknown() {
        URI uri = RedisServers.real();
        try (var stores = RedisEngine.open(uri); var redis = new RedisUnderTest(uri)) {
            var session = stores.sessions().open(local(someUser()), SessionLimits.DEFAULTS, soon()).session();
            var code = code(session, stores.codes().newFamily(session.id()), Instant.now().plusSeconds(60));
            var value = stores.codes().issue(code, soon());
            var keyspace = new Keyspace(new gatehouse.sessions.secret.DerivedKeys(RedisEngine.MASTER));
            var key = keyspace.code(session.id().shard(), gatehouse.sessions.secret.TokenHash.of(value));
            var stored = redis.commands().get(key);
            stored[0] = 9;
            redis.commands().set(key, stored);

            assertThat(stores.codes().redeem(value, soon())).isEqualTo(new Redemption.Unknown());
        }
    }
}
