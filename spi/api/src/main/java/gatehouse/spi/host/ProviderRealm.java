package gatehouse.spi.host;

import gatehouse.spi.credential.PasswordHasher;
import gatehouse.spi.event.EventListener;
import java.util.List;

/**
 * One generation of hosted providers. Its extensions run foreign code on the calling thread, without any limit: only
 * the server's executor may call them.
 */
public interface ProviderRealm extends AutoCloseable {

    /** Started event listeners, in the order of their names. */
    List<EventListener> eventListeners();

    /** Started password hashers, in the order of their algorithms. */
    List<PasswordHasher> passwordHashers();

    /** What became of each provider that was found, one line each. */
    List<ProviderReport> report();

    /** Events that no listener was told about, because the provider interface has no type for them. */
    long droppedEvents();

    /** Closes every factory; a factory that fails to close stops no other. */
    @Override
    void close();
}
