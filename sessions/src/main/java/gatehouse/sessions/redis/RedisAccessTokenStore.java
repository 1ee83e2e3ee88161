package gatehouse.sessions.redis;

import gatehouse.sessions.AccessTokenStore;
import gatehouse.sessions.FamilyId;
import gatehouse.sessions.SessionId;
import gatehouse.sessions.SessionsConfig;
import gatehouse.spi.Deadline;
import io.lettuce.core.SetArgs;
import java.time.Instant;
import java.util.Optional;

/** Which access tokens are dead before their time: one MGET of marks, and of the session or family they hang on. */
final class RedisAccessTokenStore implements AccessTokenStore {

    private static final byte[] MARK = new byte[0];

    private final Engine engine;
    private final long longestMillis;

    RedisAccessTokenStore(Engine engine, SessionsConfig config) {
        this.engine = engine;
        this.longestMillis = config.longestLife().toMillis();
    }

    @Override
    public boolean stands(String jti, Optional<SessionId> session, Optional<FamilyId> family, Deadline deadline) {
        var keyspace = engine.keyspace();
        // The last key is what the token hangs on: its session, or, without one, its family.
        var keys = new byte[1 + (family.isPresent() ? 1 : 0) + (session.isPresent() || family.isPresent() ? 1 : 0)][];
        keys[0] = keyspace.deadToken(jti, session);
        if (family.isPresent()) {
            keys[1] = keyspace.deadFamily(family.get());
            keys[2] = keyspace.family(family.get());
        }
        if (session.isPresent()) {
            keys[keys.length - 1] = keyspace.session(session.get());
        }
        var shard = session.map(SessionId::shard).or(() -> family.map(FamilyId::shard)).orElse(0);
        var found = engine.redis().await(() -> engine.redis().on(shard).mget(keys), deadline).orElseThrow();
        if (found.getFirst().hasValue() || family.isPresent() && found.get(1).hasValue()) {
            return false;
        }
        var support = found.getLast().getValueOrElse(MARK);
        return session.isPresent() ? sessionStands(support) : familyStands(support);
    }

    private boolean sessionStands(byte[] stored) {
        return SessionCodec.isReadable(stored)
                && !engine.cutOffs().isCut(SessionCodec.organizationTag(stored), SessionCodec.openedMillis(stored));
    }

    /** A family that has expired takes no token with it; one that was cut off with its organization does. */
    private boolean familyStands(byte[] stored) {
        return stored.length < FamilyCodec.HEADER_BYTES
                || !engine.cutOffs().isCut(FamilyCodec.organizationTag(stored), FamilyCodec.openedMillis(stored));
    }

    @Override
    public void revoke(String jti, Optional<SessionId> session, Instant expiresAt, Deadline deadline) {
        var key = engine.keyspace().deadToken(jti, session);
        var lives = new SetArgs().px(engine.clock().millisUntil(expiresAt, longestMillis));
        var shard = session.map(SessionId::shard).orElse(0);
        engine.redis().await(() -> engine.redis().on(shard).set(key, MARK, lives), deadline);
    }
}
