package gatehouse.idp.oauth.testkit;

import gatehouse.sessions.Stores;
import gatehouse.spi.DeadlineExceeded;
import gatehouse.spi.Unavailable;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Stores of which one call, counted from when the test says so, fails: before the work is done, or after. */
public final class FailingStores {

    /** How a call fails. */
    public enum Failure {
        /** The store cannot be reached; nothing happened. */
        UNREACHABLE,
        /** The work was done, and the answer came too late. */
        LATE
    }

    private int callsUntilFailure = -1;
    private Failure failure = Failure.UNREACHABLE;
    private boolean failed;

    /** From now on, call number {@code index} (from 0) fails. */
    public void failAt(int index, Failure how) {
        callsUntilFailure = index;
        failure = how;
        failed = false;
    }

    /** From now on all calls work. */
    public void heal() {
        callsUntilFailure = -1;
    }

    /** Whether a call has failed since {@link #failAt}. */
    public boolean hasFailed() {
        return failed;
    }

    /** {@code stores}, failing as they are told. */
    public Stores around(Stores stores) {
        return new Stores(
                wrap(gatehouse.sessions.SessionStore.class, stores.sessions()),
                wrap(gatehouse.sessions.AuthorizationCodeStore.class, stores.codes()),
                wrap(gatehouse.sessions.RefreshFamilyStore.class, stores.families()),
                wrap(gatehouse.sessions.AccessTokenStore.class, stores.accessTokens()),
                stores.flows(),
                wrap(gatehouse.sessions.ReplayCache.class, stores.replays()),
                stores.attempts(),
                stores.check(),
                stores.closer());
    }

    private <T> T wrap(Class<T> contract, T target) {
        return contract.cast(Proxy.newProxyInstance(contract.getClassLoader(), new Class<?>[] {contract},
                (_, method, arguments) -> {
                    boolean fails = !method.getName().equals("newFamily") && callsUntilFailure-- == 0;
                    failed |= fails;
                    if (fails && failure == Failure.UNREACHABLE) {
                        throw new Unavailable("the store is down", new IOException("as the test wants"));
                    }
                    try {
                        var answer = method.invoke(target, arguments);
                        if (fails) {
                            throw new DeadlineExceeded("the answer came too late");
                        }
                        return answer;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }
}
