package gatehouse.spi.keycloak;

import gatehouse.spi.keycloak.model.HostedDirectory;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.InvalidationHandler;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Keycloak's session factory: the started factories by provider type and id. Safe for all threads. */
final class HostedSessionFactory implements KeycloakSessionFactory {

    private final URI publicUrl;
    private final HostedDirectory directory;
    private final ProviderConfiguration configuration;
    private final long startedEpochMillis;
    private final Map<Class<? extends Provider>, Spi> spis = new ConcurrentHashMap<>();
    private final Map<Class<? extends Provider>, Map<String, ProviderFactory<?>>> factories = new ConcurrentHashMap<>();
    private final List<ProviderEventListener> eventListeners = new CopyOnWriteArrayList<>();

    HostedSessionFactory(URI publicUrl, HostedDirectory directory, ProviderConfiguration configuration,
            long startedEpochMillis) {
        this.publicUrl = publicUrl;
        this.directory = directory;
        this.configuration = configuration;
        this.startedEpochMillis = startedEpochMillis;
    }

    HostedDirectory directory() {
        return directory;
    }

    /** Makes {@code spi} known. */
    void add(Spi spi) {
        spis.put(spi.getProviderClass(), spi);
    }

    /** Offers {@code factory} to providers; of two with the same id the first stays. */
    void add(Class<? extends Provider> type, ProviderFactory<?> factory) {
        change(type, ofType -> ofType.putIfAbsent(factory.getId(), factory));
    }

    /** Takes back the offer of {@code id}. */
    void remove(Class<? extends Provider> type, String id) {
        change(type, ofType -> ofType.remove(id));
    }

    private void change(Class<? extends Provider> type, Consumer<Map<String, ProviderFactory<?>>> change) {
        factories.compute(type, (unused, before) -> {
            var after = before == null
                    ? new LinkedHashMap<String, ProviderFactory<?>>() : new LinkedHashMap<>(before);
            change.accept(after);
            return Collections.unmodifiableMap(after);
        });
    }

    /** The factories of {@code type} by id. */
    Map<String, ProviderFactory<?>> factoriesOf(Class<? extends Provider> type) {
        return factories.getOrDefault(type, Map.of());
    }

    /** A session for one call. */
    HostedSession open() {
        return new HostedSession(this, new CurrentCall(publicUrl));
    }

    @Override
    public KeycloakSession create() {
        return open();
    }

    @Override
    public Set<Spi> getSpis() {
        return Set.copyOf(spis.values());
    }

    @Override
    public Spi getSpi(Class<? extends Provider> type) {
        return spis.get(type);
    }

    @Override
    public <T extends Provider> ProviderFactory<T> getProviderFactory(Class<T> type) {
        var ofType = factoriesOf(type);
        var spi = spis.get(type);
        var configured = spi == null ? null : configuration.getProvider(spi.getName());
        var chosen = configured == null
                ? ofType.values().stream().max((a, b) -> Integer.compare(a.order(), b.order())).orElse(null)
                : ofType.get(configured);
        return ofType(chosen);
    }

    @Override
    public <T extends Provider> ProviderFactory<T> getProviderFactory(Class<T> type, String id) {
        return ofType(factoriesOf(type).get(id));
    }

    @SuppressWarnings("unchecked") // add(type, factory) is given the type that the factory's own Spi declares
    private static <T extends Provider> ProviderFactory<T> ofType(ProviderFactory<?> factory) {
        return (ProviderFactory<T>) factory;
    }

    @Override
    public <T extends Provider> ProviderFactory<T> getProviderFactory(Class<T> type, String realmId,
            String componentId, Function<KeycloakSessionFactory, ComponentModel> modelGetter) {
        throw new UnsupportedByHost("KeycloakSessionFactory.getProviderFactory(ComponentModel)");
    }

    @Override
    @SuppressWarnings("rawtypes") // Keycloak's signature
    public Stream<ProviderFactory> getProviderFactoriesStream(Class<? extends Provider> type) {
        return factoriesOf(type).values().stream().map(ProviderFactory.class::cast);
    }

    @Override
    public long getServerStartupTimestamp() {
        return startedEpochMillis;
    }

    @Override
    public void register(ProviderEventListener listener) {
        eventListeners.add(listener);
    }

    @Override
    public void unregister(ProviderEventListener listener) {
        eventListeners.remove(listener);
    }

    @Override
    public void publish(ProviderEvent event) {
        eventListeners.forEach(listener -> listener.onEvent(event));
    }

    @Override
    public void invalidate(KeycloakSession session, InvalidationHandler.InvalidableObjectType type,
            Object... identifiers) {
        factories.values().stream().flatMap(ofType -> ofType.values().stream())
                .filter(InvalidationHandler.class::isInstance).map(InvalidationHandler.class::cast)
                .forEach(handler -> handler.invalidate(session, type, identifiers));
    }

    @Override
    public void close() {
        factories.clear();
        spis.clear();
        eventListeners.clear();
    }
}
