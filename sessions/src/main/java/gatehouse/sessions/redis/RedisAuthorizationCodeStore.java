package gatehouse.sessions.redis;

import gatehouse.sessions.AuthorizationCode;
import gatehouse.sessions.AuthorizationCodeStore;
import gatehouse.sessions.FamilyId;
import gatehouse.sessions.Redemption;
import gatehouse.sessions.SessionId;
import gatehouse.sessions.secret.CodeValue;
import gatehouse.spi.Deadline;
import io.lettuce.core.SetArgs;
import java.time.Duration;

/** Authorization codes in Redis, each on the shard of its session's user. */
final class RedisAuthorizationCodeStore implements AuthorizationCodeStore {

    private static final long LONGEST_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final byte[] SPENT_MILLIS = Script.number(Duration.ofMinutes(10).toMillis());

    private final Engine engine;
    private final CodeCodec codec;

    RedisAuthorizationCodeStore(Engine engine, CodeCodec codec) {
        this.engine = engine;
        this.codec = codec;
    }

    @Override
    public FamilyId newFamily(SessionId session) {
        return new FamilyId(engine.random().shardedId(session.shard()));
    }

    @Override
    public String issue(AuthorizationCode code, Deadline deadline) {
        var shard = code.session().shard();
        if (code.family().shard() != shard) {
            throw new IllegalArgumentException("a code's family lives on the shard of its session");
        }
        var value = CodeValue.fresh(shard, engine.random());
        var hash = value.hash();
        var key = engine.keyspace().code(shard, hash);
        var sealed = codec.seal(code, hash, engine.clock().millis());
        var lives = new SetArgs().nx().px(engine.clock().millisUntil(code.expiresAt(), LONGEST_MILLIS));
        var kept = engine.redis().await(() -> engine.redis().on(shard).set(key, sealed, lives), deadline);
        if (kept.isEmpty()) {
            throw new IllegalStateException("a new code was taken");
        }
        return value.text();
    }

    @Override
    public Redemption redeem(String codeValue, Deadline deadline) {
        var value = CodeValue.parse(codeValue);
        if (value.isEmpty()) {
            return new Redemption.Unknown();
        }
        var shard = value.get().shard();
        var hash = value.get().hash();
        byte[][] keys = {engine.keyspace().code(shard, hash)};
        var found = engine.redis().run(Script.REDEEM_CODE, shard, keys, deadline, SPENT_MILLIS);
        if (found.isEmpty() || !CodeCodec.isReadable(found.get())) {
            return new Redemption.Unknown();
        }
        var stored = found.get();
        if (CodeCodec.isSpent(stored)) {
            return new Redemption.Replayed(CodeCodec.family(shard, stored));
        }
        if (engine.cutOffs().isCut(CodeCodec.organizationTag(stored), CodeCodec.issuedMillis(stored))) {
            return new Redemption.Unknown();
        }
        return codec.read(shard, hash, stored)
                .<Redemption>map(Redemption.Redeemed::new)
                .orElseGet(Redemption.Unknown::new);
    }
}
