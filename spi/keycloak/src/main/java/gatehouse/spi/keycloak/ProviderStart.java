package gatehouse.spi.keycloak;

import gatehouse.spi.host.ProviderFailure;
import gatehouse.spi.host.ProviderReport;
import gatehouse.spi.host.ProviderReport.Status;
import gatehouse.spi.host.RealmSetting;
import gatehouse.spi.host.SupportedSpi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.keycloak.credential.hash.PasswordHashSpi;
import org.keycloak.events.EventListenerSpi;
import org.keycloak.provider.EnvironmentDependentProviderFactory;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/**
 * Starts the providers of one realm: construct, init, then, when all are there, post-init, as Keycloak does. Each step
 * of each provider runs within a budget of its own; one that fails is reported and left out, and the rest goes on.
 */
final class ProviderStart {

    private static final String SPI_SERVICE = Spi.class.getName();

    private final RealmSetting setting;
    private final HostedSessionFactory sessions;
    private final ProviderConfiguration configuration;
    private final ClassLoader loader;
    private final ServiceEntries services;
    private final Set<Path> providerJars;
    private final List<Started> started = new ArrayList<>();
    private final List<ProviderReport> refused = new ArrayList<>();

    ProviderStart(RealmSetting setting, HostedSessionFactory sessions, ProviderConfiguration configuration,
            ClassLoader loader) {
        this.setting = setting;
        this.sessions = sessions;
        this.configuration = configuration;
        this.loader = loader;
        this.services = new ServiceEntries(loader);
        this.providerJars = setting.providerJars().stream().map(Path::toAbsolutePath).map(Path::normalize)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * A provider that runs.
     *
     * @param spi     its kind
     * @param id      its id
     * @param factory what makes it
     * @param entry   where it came from
     */
    record Started(Spi spi, String id, ProviderFactory<?> factory, ServiceEntries.Entry entry) {

        ProviderReport report() {
            return new ProviderReport(spi.getName(), id, entry.jar().getFileName().toString(), entry.className(),
                    Status.ACTIVE, "");
        }
    }

    List<Started> started() {
        return started;
    }

    List<ProviderReport> refused() {
        return refused;
    }

    void startAll() {
        var spis = new ArrayList<Spi>(List.of(new EventListenerSpi(), new PasswordHashSpi()));
        spis.addAll(ownSpis());
        var handled = new HashSet<>(Set.of(SPI_SERVICE));
        for (var spi : spis) {
            sessions.add(spi);
            var service = spi.getProviderFactoryClass().getName();
            handled.add(service);
            services.of(service).stream().filter(entry -> isWanted(spi, entry)).forEach(entry -> init(spi, entry));
        }
        reportUnsupported(handled);
        List.copyOf(started).forEach(this::postInit);
    }

    /** Tells provider code that listens to the session factory, such as factories that wait for the end of start. */
    void publish(ProviderEvent event) {
        try {
            bounded("start", () -> {
                sessions.publish(event);
                return true;
            });
        } catch (ProviderFailure failed) {
            refused.add(new ProviderReport("-", event.getClass().getSimpleName(), "-", "-", Status.FAILED,
                    failed.getMessage()));
        }
    }

    /** Keycloak's own hashers serve imported passwords; its own listeners are only for its own server. */
    private boolean isWanted(Spi spi, ServiceEntries.Entry entry) {
        return spi instanceof PasswordHashSpi || isProvided(entry);
    }

    private boolean isProvided(ServiceEntries.Entry entry) {
        return providerJars.contains(entry.jar());
    }

    /** Kinds that provider jars declare themselves: other classes of the same jars look them up. */
    private List<Spi> ownSpis() {
        var own = new ArrayList<Spi>();
        for (var entry : services.of(SPI_SERVICE)) {
            if (isProvided(entry)) {
                try {
                    own.add(bounded(entry.className(), () -> {
                        var spi = (Spi) create(entry.className());
                        spi.getProviderFactoryClass();
                        return spi;
                    }));
                } catch (ProviderFailure failed) {
                    refuse("spi", entry.className(), entry, Status.FAILED, failed.getMessage());
                }
            }
        }
        return own;
    }

    private void init(Spi spi, ServiceEntries.Entry entry) {
        try {
            var factory = bounded(entry.className(), () -> (ProviderFactory<?>) create(entry.className()));
            var id = bounded(entry.className(), factory::getId);
            var scope = configuration.scope(spi.getName(), id);
            if (!configuration.enables(spi.getName(), id)) {
                refuse(spi.getName(), id, entry, Status.DISABLED, "switched off by configuration");
            } else if (started.stream().anyMatch(other -> other.spi() == spi && other.id().equals(id))) {
                refuse(spi.getName(), id, entry, Status.FAILED, "another provider of this kind has the same id");
            } else if (factory instanceof EnvironmentDependentProviderFactory choosy
                    && !bounded(id, () -> choosy.isSupported(scope))) {
                refuse(spi.getName(), id, entry, Status.DISABLED, "says that it does not suit this environment");
            } else {
                bounded(id, () -> {
                    factory.init(scope);
                    return true;
                });
                sessions.add(spi.getProviderClass(), factory);
                started.add(new Started(spi, id, factory, entry));
            }
        } catch (ProviderFailure failed) {
            refuse(spi.getName(), entry.className(), entry, Status.FAILED, failed.getMessage());
        }
    }

    private void postInit(Started provider) {
        try {
            bounded(provider.id(), () -> {
                provider.factory().postInit(sessions);
                return true;
            });
        } catch (ProviderFailure failed) {
            started.remove(provider);
            sessions.remove(provider.spi().getProviderClass(), provider.id());
            refuse(provider.spi().getName(), provider.id(), provider.entry(), Status.FAILED, failed.getMessage());
        }
    }

    private void reportUnsupported(Set<String> handled) {
        for (var service : ServiceEntries.servicesOf(providerJars)) {
            if (!handled.contains(service) && service.startsWith("org.keycloak.")) {
                services.of(service).stream().filter(this::isProvided).forEach(entry -> refuse(
                        service.substring(service.lastIndexOf('.') + 1), entry.className(), entry, Status.UNSUPPORTED,
                        "this kind of provider is not hosted; hosted are " + Arrays.stream(SupportedSpi.values())
                                .map(SupportedSpi::spiName).collect(Collectors.joining(", "))));
            }
        }
    }

    private void refuse(String spi, String id, ServiceEntries.Entry entry, Status status, String reason) {
        refused.add(new ProviderReport(spi, id, entry.jar().getFileName().toString(), entry.className(), status,
                reason));
    }

    private Object create(String className) throws ReflectiveOperationException {
        return Class.forName(className, true, loader).getDeclaredConstructor().newInstance();
    }

    private <T> T bounded(String provider, Callable<T> work) {
        return setting.calls().call(provider, () -> {
            var thread = Thread.currentThread();
            var before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                return work.call();
            } finally {
                thread.setContextClassLoader(before);
            }
        });
    }
}
