package gatehouse.idp.boot;

import gatehouse.idp.slo.Stage;
import gatehouse.idp.slo.Stages;
import gatehouse.sessions.AccessTokenStore;
import gatehouse.sessions.AttemptCounter;
import gatehouse.sessions.AuthorizationCodeStore;
import gatehouse.sessions.FlowStore;
import gatehouse.sessions.RefreshFamilyStore;
import gatehouse.sessions.ReplayCache;
import gatehouse.sessions.SessionStore;
import gatehouse.sessions.Stores;

/** The session stores with each call charged to the stage {@code redis}. */
final class Timed {

    private Timed() {}

    static Stores stores(Stores stores, Stages stages) {
        return new Stores(
                stages.timed(Stage.REDIS, SessionStore.class, stores.sessions()),
                stages.timed(Stage.REDIS, AuthorizationCodeStore.class, stores.codes()),
                stages.timed(Stage.REDIS, RefreshFamilyStore.class, stores.families()),
                stages.timed(Stage.REDIS, AccessTokenStore.class, stores.accessTokens()),
                stages.timed(Stage.REDIS, FlowStore.class, stores.flows()),
                stages.timed(Stage.REDIS, ReplayCache.class, stores.replays()),
                stages.timed(Stage.REDIS, AttemptCounter.class, stores.attempts()),
                stores.check(),
                stores.closer());
    }
}
