package gatehouse.sessions.redis;

import static java.util.Comparator.comparing;

import gatehouse.sessions.Session;
import gatehouse.sessions.SessionId;
import gatehouse.sessions.SessionsConfig;
import gatehouse.sessions.redis.Keyspace.UserIndex;
import gatehouse.sessions.secret.Text;
import gatehouse.spi.Deadline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The sessions of one user, by the user's index: a sorted set of raw session ids by absolute end. It may name sessions
 * that have expired since; it never misses a live one.
 */
final class UserSessions {

    private static final int RAW_BYTES = 16;
    private static final int ROUNDS_MAX = 4; // of ending all, against logins that go on meanwhile
    private static final int REASON_LENGTH_MAX = 64;

    private final Redis redis;
    private final Keyspace keyspace;
    private final SessionCodec codec;
    private final CutOffs cutOffs;
    private final byte[] outboxLength;

    UserSessions(Engine engine, SessionCodec codec, SessionsConfig config) {
        this.redis = engine.redis();
        this.keyspace = engine.keyspace();
        this.codec = codec;
        this.cutOffs = engine.cutOffs();
        this.outboxLength = Script.number(config.outboxLength());
    }

    static byte[] raw(SessionId id) {
        return Text.fromBase64Url(id.value().substring(2));
    }

    /** The ids whose raw bytes follow each other in {@code raw}. */
    static List<SessionId> ids(int shard, byte[] raw) {
        var ids = new ArrayList<SessionId>(raw.length / RAW_BYTES);
        for (var at = 0; at + RAW_BYTES <= raw.length; at += RAW_BYTES) {
            ids.add(id(shard, Arrays.copyOfRange(raw, at, at + RAW_BYTES)));
        }
        return ids;
    }

    private static SessionId id(int shard, byte[] raw) {
        return new SessionId(Text.hex(shard) + Text.base64Url(raw));
    }

    /** The ids in the index. */
    List<SessionId> listed(UserIndex index, Deadline deadline) {
        return redis.await(() -> redis.on(index.shard()).zrange(index.key(), 0, -1), deadline).orElseThrow().stream()
                .map(raw -> id(index.shard(), raw))
                .toList();
    }

    /** Those of {@code ids} that live. */
    List<Session> live(UserIndex index, List<SessionId> ids, Deadline deadline) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var keys = ids.stream().map(keyspace::session).toArray(byte[][]::new);
        var found = redis.await(() -> redis.on(index.shard()).mget(keys), deadline).orElseThrow();
        var live = new ArrayList<Session>();
        for (var i = 0; i < keys.length; i++) {
            var stored = found.get(i).getValueOrElse(new byte[0]);
            if (SessionCodec.isReadable(stored) && !isCut(stored)) {
                codec.read(ids.get(i), stored).ifPresent(live::add);
            }
        }
        return live;
    }

    /** Ends the oldest of {@code ids} until {@code most} live, and takes the dead out of the index. */
    void makeRoom(UserIndex index, List<SessionId> ids, int most, Deadline deadline) {
        var live = live(index, ids, deadline).stream()
                .sorted(comparing(Session::createdAt).thenComparing(session -> session.id().value()))
                .map(Session::id)
                .toList();
        var dead = ids.stream().filter(id -> !live.contains(id)).map(UserSessions::raw).toArray(byte[][]::new);
        if (dead.length > 0) {
            redis.await(() -> redis.on(index.shard()).zrem(index.key(), dead), deadline);
        }
        end(index, live.subList(0, Math.max(0, live.size() - most)), "too many sessions", deadline);
    }

    /** Ends {@code ids} in one round trip; answers those it ended. */
    List<Session> end(UserIndex index, List<SessionId> ids, String reason, Deadline deadline) {
        deadline.requireTime();
        var ending = new ArrayList<CompletionStage<byte[]>>(ids.size());
        for (var id : ids) {
            byte[][] keys = {keyspace.session(id), index.key(), keyspace.outbox(index.shard())};
            ending.add(redis.send(Script.END_SESSION, index.shard(), keys,
                    raw(id), Text.ascii(id.value()), Text.utf8(shortened(reason)), outboxLength, Engine.OUTBOX_MILLIS));
        }
        var ended = new ArrayList<Session>(ids.size());
        for (var i = 0; i < ids.size(); i++) {
            var id = ids.get(i);
            var answer = ending.get(i);
            redis.await(() -> answer, deadline)
                    .filter(stored -> SessionCodec.isReadable(stored) && !isCut(stored))
                    .flatMap(stored -> codec.read(id, stored))
                    .ifPresent(ended::add);
        }
        return ended;
    }

    /** Ends every session of the user; answers those it ended. */
    List<Session> endAll(UserIndex index, String reason, Deadline deadline) {
        var ended = new ArrayList<Session>();
        for (var round = 0; round < ROUNDS_MAX; round++) {
            var ids = listed(index, deadline);
            if (ids.isEmpty()) {
                break;
            }
            ended.addAll(end(index, ids, reason, deadline));
        }
        return ended;
    }

    private boolean isCut(byte[] stored) {
        return cutOffs.isCut(SessionCodec.organizationTag(stored), SessionCodec.openedMillis(stored));
    }

    private static String shortened(String reason) {
        return reason.length() <= REASON_LENGTH_MAX ? reason : reason.substring(0, REASON_LENGTH_MAX);
    }
}
