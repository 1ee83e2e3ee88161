package gatehouse.sessions.redis;

import static java.util.Comparator.comparing;

import gatehouse.sessions.Authentication;
import gatehouse.sessions.OpenedSession;
import gatehouse.sessions.Participant;
import gatehouse.sessions.Session;
import gatehouse.sessions.SessionId;
import gatehouse.sessions.SessionLimits;
import gatehouse.sessions.SessionStore;
import gatehouse.sessions.SessionsConfig;
import gatehouse.sessions.UpstreamReference;
import gatehouse.sessions.secret.CookieValue;
import gatehouse.sessions.secret.Randomness;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sessions in Redis. Opening, finding, renewing and joining take one round trip; ending takes two, because the user's
 * index is named by the session's sealed part; so do the lists of a user, and opening above the limit.
 */
final class RedisSessionStore implements SessionStore {

    private static final byte[] NOBODY = {};
    private static final int SECONDS_BETWEEN_TOUCHES = 60;

    private final Redis redis;
    private final Keyspace keyspace;
    private final SessionCodec codec;
    private final CutOffs cutOffs;
    private final RedisClock clock;
    private final Randomness random;
    private final Duration longestLife;
    private final UserSessions users;
    private final UpstreamIndex upstream;

    RedisSessionStore(Engine engine, SessionCodec codec, SessionsConfig config) {
        this.redis = engine.redis();
        this.keyspace = engine.keyspace();
        this.codec = codec;
        this.cutOffs = engine.cutOffs();
        this.clock = engine.clock();
        this.random = engine.random();
        this.longestLife = config.longestLife();
        this.users = new UserSessions(engine, codec, config);
        this.upstream = new UpstreamIndex(engine, longestLife);
    }

    @Override
    public OpenedSession open(
            Authentication authentication, SessionLimits limits, Optional<Participant> first, Deadline deadline) {
        var bounded = limits.endingWithin(longestLife);
        var index = keyspace.index(authentication.issuer(), authentication.user());
        var id = new SessionId(random.shardedId(index.shard()));
        var cookie = CookieValue.fresh(id, random);
        byte[][] keys = {keyspace.session(id), index.key()};
        deadline.requireTime();
        var pointers = upstream.point(authentication);
        var answer = redis.run(Script.OPEN_SESSION, index.shard(), keys, deadline,
                        UserSessions.raw(id),
                        Script.number(bounded.idle().toSeconds()),
                        Script.number(bounded.absolute().toSeconds()),
                        Script.number(bounded.maxPerUser()),
                        codec.seal(id, authentication, cookie.hash()),
                        first.map(participant -> codec.seal(id, participant)).orElse(NOBODY))
                .orElseThrow(() -> new IllegalStateException("a new session id was taken"));
        pointers.forEach(pointer -> redis.await(() -> pointer, deadline));
        if (answer.length > Stamps.BYTES) {
            var all = UserSessions.ids(index.shard(), Arrays.copyOfRange(answer, Stamps.BYTES, answer.length));
            users.makeRoom(index, all, bounded.maxPerUser(), deadline);
        }
        var opened = Instant.ofEpochMilli(Stamps.millis(answer, 0));
        var seen = Instant.ofEpochSecond(opened.getEpochSecond());
        var ends = seen.plusSeconds(bounded.absolute().toSeconds());
        var session = new Session(id, authentication, first.stream().toList(), opened, seen, ends, 0);
        return new OpenedSession(session, cookie.text());
    }

    @Override
    public Optional<Session> find(String cookieValue, Deadline deadline) {
        var cookie = CookieValue.parse(cookieValue);
        if (cookie.isEmpty()) {
            return Optional.empty();
        }
        var id = cookie.get().session();
        var key = keyspace.session(id);
        var stored = redis.await(() -> redis.on(id.shard()).get(key), deadline);
        if (stored.isEmpty()
                || !SessionCodec.isOpenedBy(stored.get(), cookie.get().hash())
                || isCut(stored.get())) {
            return Optional.empty();
        }
        touchIfStale(id, key, stored.get());
        return codec.read(id, stored.get());
    }

    /** Nobody waits for the touch: that the session lives has been answered, and the script looks again. */
    private void touchIfStale(SessionId id, byte[] key, byte[] stored) {
        var step = Math.clamp(SessionCodec.idleSeconds(stored) / 4, 1, SECONDS_BETWEEN_TOUCHES);
        if (clock.millis() / 1000 - SessionCodec.lastSeenSeconds(stored) >= step) {
            redis.quietly(() -> redis.send(Script.TOUCH_SESSION, id.shard(), new byte[][] {key}));
        }
    }

    @Override
    public Optional<Session> findById(SessionId id, Deadline deadline) {
        return redis.await(() -> redis.on(id.shard()).get(keyspace.session(id)), deadline)
                .filter(stored -> SessionCodec.isReadable(stored) && !isCut(stored))
                .flatMap(stored -> codec.read(id, stored));
    }

    @Override
    public Optional<OpenedSession> renew(SessionId id, Authentication authentication, Deadline deadline) {
        var index = keyspace.index(authentication.issuer(), authentication.user());
        if (index.shard() != id.shard()) {
            return Optional.empty(); // another user's
        }
        var cookie = CookieValue.fresh(id, random);
        byte[][] keys = {keyspace.session(id), index.key()};
        var sealed = codec.seal(id, authentication, cookie.hash());
        deadline.requireTime();
        var pointers = upstream.point(authentication);
        var answer = redis.run(Script.RENEW_SESSION, id.shard(), keys, deadline, UserSessions.raw(id), sealed);
        pointers.forEach(pointer -> redis.await(() -> pointer, deadline));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        var stored = Arrays.copyOfRange(answer.get(), Long.BYTES, answer.get().length);
        var organizationBefore = ByteBuffer.wrap(answer.get()).getLong();
        if (cutOffs.isCut(organizationBefore, SessionCodec.openedMillis(stored))) {
            users.end(index, List.of(id), "organization", deadline);
            return Optional.empty();
        }
        return codec.read(id, stored).map(session -> new OpenedSession(session, cookie.text()));
    }

    @Override
    public boolean join(SessionId id, Participant participant, Deadline deadline) {
        byte[][] keys = {keyspace.session(id)};
        var most = Script.number(Session.PARTICIPANTS_MAX);
        return redis.run(Script.JOIN_SESSION, id.shard(), keys, deadline, codec.seal(id, participant), most)
                .filter(head -> !cutOffs.isCut(ByteBuffer.wrap(head).getLong(Stamps.BYTES), Stamps.millis(head, 0)))
                .isPresent();
    }

    @Override
    public Optional<Session> end(SessionId id, String reason, Deadline deadline) {
        var stored = redis.await(() -> redis.on(id.shard()).get(keyspace.session(id)), deadline)
                .filter(SessionCodec::isReadable);
        return stored.flatMap(bytes -> codec.read(id, bytes))
                .map(Session::authentication)
                .map(who -> keyspace.index(who.issuer(), who.user()))
                .flatMap(index -> users.end(index, List.of(id), reason, deadline).stream().findFirst());
    }

    @Override
    public List<Session> ofUser(String issuer, UserId user, Deadline deadline) {
        var index = keyspace.index(issuer, user);
        return users.live(index, users.listed(index, deadline), deadline).stream()
                .sorted(comparing(Session::createdAt).reversed())
                .toList();
    }

    @Override
    public List<Session> ofUpstream(UpstreamReference reference, Optional<UserId> linked, Deadline deadline) {
        return upstream.users(reference, linked, deadline).stream()
                .flatMap(index -> users.live(index, users.listed(index, deadline), deadline).stream())
                .filter(session -> reference.means(session.authentication()))
                .sorted(comparing(Session::createdAt).reversed())
                .toList();
    }

    @Override
    public List<Session> endAllOfUser(String issuer, UserId user, String reason, Deadline deadline) {
        return users.endAll(keyspace.index(issuer, user), reason, deadline);
    }

    @Override
    public void endAllOfOrganization(OrganizationId organization, Deadline deadline) {
        cutOffs.cut(keyspace.organizationTag(Optional.of(organization)), deadline);
    }

    private boolean isCut(byte[] stored) {
        return cutOffs.isCut(SessionCodec.organizationTag(stored), SessionCodec.openedMillis(stored));
    }
}
