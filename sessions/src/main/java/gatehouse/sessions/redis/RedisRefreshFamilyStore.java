package gatehouse.sessions.redis;

import gatehouse.sessions.FamilyId;
import gatehouse.sessions.RefreshFamily;
import gatehouse.sessions.RefreshFamilyStore;
import gatehouse.sessions.Rotation;
import gatehouse.sessions.SessionId;
import gatehouse.sessions.SessionsConfig;
import gatehouse.sessions.secret.RefreshValue;
import gatehouse.sessions.secret.RefreshValues;
import gatehouse.sessions.secret.Text;
import gatehouse.spi.ClientId;
import gatehouse.spi.Deadline;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Refresh families in Redis, each on the shard of its user. */
final class RedisRefreshFamilyStore implements RefreshFamilyStore {

    private static final Duration SHORTEST_MARK = Duration.ofMinutes(1); // outlasts a family that is just being opened

    private final Engine engine;
    private final FamilyCodec codec;
    private final RefreshValues values;
    private final long longestMillis;
    private final byte[] graceMillis;
    private final byte[] deadMillis;
    private final byte[] outboxLength;

    RedisRefreshFamilyStore(Engine engine, FamilyCodec codec, RefreshValues values, SessionsConfig config) {
        this.engine = engine;
        this.codec = codec;
        this.values = values;
        this.longestMillis = config.longestLife().toMillis();
        this.graceMillis = Script.number(config.refreshGrace().toMillis());
        this.deadMillis = Script.number(config.longestAccessToken().toMillis());
        this.outboxLength = Script.number(config.outboxLength());
    }

    @Override
    public String open(RefreshFamily family, Deadline deadline) {
        var first = values.first(family.id(), family.session());
        byte[][] keys = {engine.keyspace().family(family.id()), engine.keyspace().deadFamily(family.id())};
        var millis = Script.number(engine.clock().millisUntil(family.expiresAt(), longestMillis));
        var sealed = codec.seal(family, first.seedHash());
        engine.redis()
                .run(Script.OPEN_FAMILY, family.id().shard(), keys, deadline, millis, sealed)
                .orElseThrow(() -> new IllegalStateException("family " + family.id() + " is open already"));
        return values.text(first);
    }

    @Override
    public Rotation rotate(String tokenValue, ClientId client, Deadline deadline) {
        var parsed = values.parse(tokenValue);
        if (parsed.isEmpty()) {
            return new Rotation.Unknown();
        }
        var value = parsed.get();
        var answer = engine.redis().run(Script.ROTATE_REFRESH, value.family().shard(), keys(value), deadline,
                Script.number(value.generation()),
                value.seedHash(),
                engine.keyspace().clientTag(client.value()),
                graceMillis,
                deadMillis,
                Text.ascii(value.family().value()),
                Text.ascii(value.session().map(SessionId::value).orElse("")),
                outboxLength,
                Engine.OUTBOX_MILLIS);
        return answer.map(bytes -> judge(value, bytes)).orElseGet(Rotation.Unknown::new);
    }

    private byte[][] keys(RefreshValue value) {
        var keyspace = engine.keyspace();
        var family = keyspace.family(value.family());
        var dead = keyspace.deadFamily(value.family());
        var outbox = keyspace.outbox(value.family().shard());
        return value.session()
                .map(session -> new byte[][] {family, dead, outbox, keyspace.session(session)})
                .orElseGet(() -> new byte[][] {family, dead, outbox});
    }

    private Rotation judge(RefreshValue value, byte[] answer) {
        var outcome = answer[0];
        var stored = Arrays.copyOfRange(answer, 1 + Stamps.BYTES, answer.length);
        var family = codec.read(value.family(), value.session(), stored);
        if (outcome == 'X') {
            family.ifPresent(this::forgetSession);
            return new Rotation.Replayed(value.family());
        }
        // Older than the cut-off is what was opened before it: the session, or the family of a session that lives on.
        var opened = value.session().isPresent() ? Stamps.millis(answer, 1) : FamilyCodec.openedMillis(stored);
        if (family.isEmpty() || engine.cutOffs().isCut(FamilyCodec.organizationTag(stored), opened)) {
            return new Rotation.Unknown();
        }
        var next = values.text(value.successor());
        return switch (outcome) {
            case 'N' -> new Rotation.Rotated(family.get(), next);
            case 'R' -> new Rotation.Retried(family.get(), next);
            default -> throw new IllegalStateException("rotate_refresh.lua answered " + outcome);
        };
    }

    /** The script ended the session; the user's index, which it could not name, is tidied behind it. */
    private void forgetSession(RefreshFamily family) {
        var who = family.authentication();
        family.session().ifPresent(session -> {
            var index = engine.keyspace().index(who.issuer(), who.user());
            engine.redis().quietly(() -> engine.redis().on(index.shard()).zrem(index.key(), UserSessions.raw(session)));
        });
    }

    @Override
    public Optional<RefreshFamily> find(String tokenValue, Deadline deadline) {
        return values.parse(tokenValue).flatMap(value -> {
            var keyspace = engine.keyspace();
            var family = keyspace.family(value.family());
            var keys = value.session()
                    .map(session -> new byte[][] {family, keyspace.session(session)})
                    .orElseGet(() -> new byte[][] {family});
            var found = engine.redis()
                    .await(() -> engine.redis().on(value.family().shard()).mget(keys), deadline)
                    .orElseThrow();
            if (found.stream().anyMatch(entry -> !entry.hasValue())) {
                return Optional.empty();
            }
            var stored = found.getFirst().getValue();
            var opened = value.session().isPresent()
                    ? SessionCodec.openedMillis(found.getLast().getValue())
                    : FamilyCodec.openedMillis(stored);
            if (!FamilyCodec.isCurrent(value, stored)
                    || engine.cutOffs().isCut(FamilyCodec.organizationTag(stored), opened)) {
                return Optional.empty();
            }
            return codec.read(value.family(), value.session(), stored);
        });
    }

    @Override
    public void revoke(FamilyId family, Duration accessTokenLifetime, Deadline deadline) {
        byte[][] keys = {engine.keyspace().family(family), engine.keyspace().deadFamily(family)};
        var mark = accessTokenLifetime.compareTo(SHORTEST_MARK) > 0 ? accessTokenLifetime : SHORTEST_MARK;
        var millis = Script.number(Math.min(mark.toMillis(), longestMillis));
        engine.redis().run(Script.REVOKE_FAMILY, family.shard(), keys, deadline, millis);
    }
}
