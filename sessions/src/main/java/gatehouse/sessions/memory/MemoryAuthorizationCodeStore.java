package gatehouse.sessions.memory;

import gatehouse.sessions.AuthorizationCode;
import gatehouse.sessions.AuthorizationCodeStore;
import gatehouse.sessions.FamilyId;
import gatehouse.sessions.Redemption;
import gatehouse.sessions.SessionId;
import gatehouse.sessions.memory.Memory.Expiring;
import gatehouse.sessions.memory.Memory.KeptCode;
import gatehouse.sessions.secret.CodeValue;
import gatehouse.sessions.secret.Text;
import gatehouse.spi.Deadline;
import java.time.Duration;

/** Authorization codes in memory. */
final class MemoryAuthorizationCodeStore implements AuthorizationCodeStore {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Memory memory;
    private final MemorySessionStore sessions;

    MemoryAuthorizationCodeStore(Memory memory, MemorySessionStore sessions) {
        this.memory = memory;
        this.sessions = sessions;
    }

    @Override
    public FamilyId newFamily(SessionId session) {
        return new FamilyId(memory.random().shardedId(session.shard()));
    }

    @Override
    public String issue(AuthorizationCode code, Deadline deadline) {
        if (code.family().shard() != code.session().shard()) {
            throw new IllegalArgumentException("a code's family lives on the shard of its session");
        }
        var value = CodeValue.fresh(code.session().shard(), memory.random());
        return memory.atomically(deadline, () -> {
            var now = memory.now();
            var latest = now.plus(LONGEST);
            var ends = code.expiresAt().isBefore(latest) ? code.expiresAt() : latest;
            memory.codes.put(key(value), new Expiring<>(new KeptCode(code, now, false), ends));
            return value.text();
        });
    }

    @Override
    public Redemption redeem(String codeValue, Deadline deadline) {
        var value = CodeValue.parse(codeValue);
        if (value.isEmpty()) {
            return new Redemption.Unknown();
        }
        var key = key(value.get());
        return memory.atomically(deadline, () -> memory.live(memory.codes, key)
                .map(kept -> redeem(key, kept))
                .orElseGet(Redemption.Unknown::new));
    }

    private Redemption redeem(String key, KeptCode kept) {
        if (kept.spent()) {
            return new Redemption.Replayed(kept.code().family());
        }
        var spent = new KeptCode(kept.code(), kept.issued(), true);
        memory.codes.put(key, new Expiring<>(spent, memory.now().plus(LONGEST)));
        return sessions.isCut(kept.code().authentication(), kept.issued())
                ? new Redemption.Unknown()
                : new Redemption.Redeemed(kept.code());
    }

    private static String key(CodeValue value) {
        return Text.base64Url(value.hash());
    }
}
