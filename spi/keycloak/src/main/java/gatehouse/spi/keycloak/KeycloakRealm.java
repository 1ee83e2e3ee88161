package gatehouse.spi.keycloak;

import gatehouse.spi.credential.PasswordHasher;
import gatehouse.spi.event.EventListener;
import gatehouse.spi.host.ProviderRealm;
import gatehouse.spi.host.ProviderReport;
import gatehouse.spi.keycloak.bridge.EventListenerBridge;
import gatehouse.spi.keycloak.bridge.PasswordHashBridge;
import gatehouse.spi.keycloak.model.HostedDirectory;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.provider.ProviderFactory;

/** The started providers of one loader, as contracts of ours. */
final class KeycloakRealm implements ProviderRealm {

    private static final Logger LOG = Logger.getLogger(KeycloakRealm.class);

    private final List<EventListener> eventListeners;
    private final List<PasswordHasher> passwordHashers;
    private final List<ProviderReport> report;
    private final List<ProviderFactory<?>> closing;
    private final HostedSessionFactory sessions;
    private final HostedExecutors executors;
    private final ClassLoader loader;
    private final LongAdder droppedEvents = new LongAdder();

    KeycloakRealm(ProviderStart start, HostedSessionFactory sessions, HostedDirectory directory,
            HostedExecutors executors, ProviderFactory<?> http, ClassLoader loader) {
        var binding = new SessionBinding(sessions, loader);
        this.sessions = sessions;
        this.executors = executors;
        this.loader = loader;
        this.eventListeners = start.started().stream()
                .filter(provider -> provider.spi().getProviderClass() == EventListenerProvider.class)
                .<EventListener>map(provider ->
                        new EventListenerBridge(provider.id(), binding, directory, droppedEvents))
                .sorted(Comparator.comparing(EventListener::name)).toList();
        this.passwordHashers = start.started().stream()
                .filter(provider -> provider.spi().getProviderClass() == PasswordHashProvider.class)
                .<PasswordHasher>map(provider -> new PasswordHashBridge(provider.id(), binding))
                .sorted(Comparator.comparing(PasswordHasher::algorithm)).toList();
        this.report = Stream.concat(start.started().stream().map(ProviderStart.Started::report),
                start.refused().stream()).toList();
        this.closing = Stream.<ProviderFactory<?>>concat(
                start.started().stream().map(ProviderStart.Started::factory), Stream.of(http)).toList();
    }

    @Override
    public List<EventListener> eventListeners() {
        return eventListeners;
    }

    @Override
    public List<PasswordHasher> passwordHashers() {
        return passwordHashers;
    }

    @Override
    public List<ProviderReport> report() {
        return report;
    }

    @Override
    public long droppedEvents() {
        return droppedEvents.sum();
    }

    @Override
    public void close() {
        for (var factory : closing) {
            try {
                factory.close();
            } catch (RuntimeException | LinkageError failed) {
                LOG.warnf(failed, "provider %s did not close", factory.getId());
            }
        }
        executors.shutdown();
        IsolatedCrypto.removeInserted(loader);
        sessions.close();
    }
}
