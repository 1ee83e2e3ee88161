package gatehouse.sessions.memory;

import gatehouse.sessions.AccessTokenStore;
import gatehouse.sessions.FamilyId;
import gatehouse.sessions.SessionId;
import gatehouse.sessions.memory.Memory.Expiring;
import gatehouse.spi.Deadline;
import java.time.Instant;
import java.util.Optional;

/** Which access tokens are dead before their time, in memory. */
final class MemoryAccessTokenStore implements AccessTokenStore {

    private final Memory memory;
    private final MemorySessionStore sessions;

    MemoryAccessTokenStore(Memory memory, MemorySessionStore sessions) {
        this.memory = memory;
        this.sessions = sessions;
    }

    @Override
    public boolean stands(String jti, Optional<SessionId> session, Optional<FamilyId> family, Deadline deadline) {
        return memory.atomically(deadline, () -> {
            var dead = memory.live(memory.dead, token(jti)).isPresent()
                    || family.flatMap(id -> memory.live(memory.dead, id.value())).isPresent();
            if (dead || session.isPresent()) {
                return !dead && sessions.live(session.get()).isPresent();
            }
            return family.flatMap(id -> memory.live(memory.families, id))
                    .map(kept -> !sessions.isCut(kept.family().authentication(), kept.opened()))
                    .orElse(true);
        });
    }

    @Override
    public void revoke(String jti, Optional<SessionId> session, Instant expiresAt, Deadline deadline) {
        memory.atomically(deadline, () -> memory.dead.put(token(jti), new Expiring<>(true, expiresAt)));
    }

    /** The mark of a token; a family's id has no slash. */
    private static String token(String jti) {
        return "jti/" + jti;
    }
}
