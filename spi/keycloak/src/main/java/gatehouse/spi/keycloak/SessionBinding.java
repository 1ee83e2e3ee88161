package gatehouse.spi.keycloak;

import java.util.function.Function;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Runs one call of a provider: opens a session, binds it and the realm's class loader to the thread, begins and
 * commits the transactions, and leaves the thread as it was found, whatever happens.
 */
public final class SessionBinding {

    private final HostedSessionFactory factory;
    private final ClassLoader loader;

    SessionBinding(HostedSessionFactory factory, ClassLoader loader) {
        this.factory = factory;
        this.loader = loader;
    }

    /**
     * Runs {@code call} with a session of its own.
     *
     * @throws UnsupportedByHost if the call failed after it asked for a provider that is not hosted
     */
    public <R> R call(Function<org.keycloak.models.KeycloakSession, R> call) {
        var thread = Thread.currentThread();
        var loaderBefore = thread.getContextClassLoader();
        var session = factory.open();
        var sessionBefore = KeycloakSessionUtil.setKeycloakSession(session);
        thread.setContextClassLoader(loader);
        try (session) {
            return inTransaction(session, call);
        } catch (NullPointerException failed) {
            if (session.missing().isEmpty()) {
                throw failed;
            }
            throw new UnsupportedByHost("the provider kind " + String.join(", ", session.missing()), failed);
        } finally {
            thread.setContextClassLoader(loaderBefore);
            KeycloakSessionUtil.setKeycloakSession(sessionBefore);
        }
    }

    private static <R> R inTransaction(HostedSession session, Function<org.keycloak.models.KeycloakSession, R> call) {
        var transactions = session.getTransactionManager();
        transactions.begin();
        R result;
        try {
            result = call.apply(session);
        } catch (RuntimeException | Error failed) {
            try {
                transactions.rollback();
            } catch (RuntimeException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw failed;
        }
        transactions.commit();
        return result;
    }
}
