package gatehouse.sessions.redis;

import gatehouse.sessions.AccessTokenStoreContract;
import gatehouse.sessions.AttemptCounterContract;
import gatehouse.sessions.AuthorizationCodeStoreContract;
import gatehouse.sessions.EngineUnderTest;
import gatehouse.sessions.FlowStoreContract;
import gatehouse.sessions.ManySessionsContract;
import gatehouse.sessions.RefreshFamilyStoreContract;
import gatehouse.sessions.ReplayCacheContract;
import gatehouse.sessions.SessionStoreContract;
import gatehouse.sessions.UpstreamSessionsContract;
import org.junit.jupiter.api.Nested;

/** The contracts, kept by the embedded Redis, the oldest version that is supported. */
class EmbeddedRedisStoresTest {

    private static final EngineUnderTest ENGINE = new RedisEngine(RedisServers.embedded());

    @Nested
    class SessionStoreTest extends SessionStoreContract {
        @Override
        protected EngineUnderTest engine() {
            return ENGINE;
        }
    }

    @Nested
    class ManySessionsTest extends ManySessionsContract {
        @Override
        protected EngineUnderTest engine() {
            return ENGINE;
        }
    }

    @Nested
    class UpstreamSessionsTest extends UpstreamSessionsContract {
        @Override
        protected EngineUnderTest engine() {
            return ENGINE;
        }
    }

    @Nested
    class AuthorizationCodeStoreTest extends AuthorizationCodeStoreContract {
        @Override
        protected EngineUnderTest engine() {
            return ENGINE;
        }
    }

    @Nested
    class RefreshFamilyStoreTest extends RefreshFamilyStoreContract {
        @Override
        protected EngineUnderTest engine() {
            return ENGINE;
        }
    }

    @Nested
    class AccessTokenStoreTest extends AccessTokenStoreContract {
        @Override
        protected EngineUnderTest engine() {
            return ENGINE;
        }
    }

    @Nested
    class FlowStoreTest extends FlowStoreContract {
        @Override
        protected EngineUnderTest engine() {
            return ENGINE;
        }
    }

    @Nested
    class ReplayCacheTest extends ReplayCacheContract {
        @Override
        protected EngineUnderTest engine() {
            return ENGINE;
        }
    }

    @Nested
    class AttemptCounterTest extends AttemptCounterContract {
        @Override
        protected EngineUnderTest engine() {
            return ENGINE;
        }
    }
}

