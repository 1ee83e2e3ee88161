package gatehouse.spi.hosting;

import gatehouse.spi.credential.PasswordHasher;
import gatehouse.spi.event.EventListener;
import gatehouse.spi.host.BoundedCalls;
import gatehouse.spi.host.Directory;
import gatehouse.spi.host.ProviderFailure;
import gatehouse.spi.host.ProviderRealm;
import gatehouse.spi.host.ProviderReport;
import gatehouse.spi.host.RealmSetting;
import gatehouse.spi.host.SupportedSpi;
import gatehouse.spi.hosting.doctor.JarDiagnosis;
import gatehouse.spi.hosting.guard.GuardedEventListener;
import gatehouse.spi.hosting.guard.GuardedPasswordHasher;
import gatehouse.spi.hosting.guard.ProviderExecutor;
import gatehouse.spi.hosting.guard.ProviderExecutor.Identity;
import gatehouse.spi.hosting.guard.ProviderLimits;
import gatehouse.spi.hosting.guard.ProviderMetrics;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The providers of one run of the server: every extension that came out of the providers folder, guarded. A jar that
 * does not load and a provider that does not start are reported and left out; the server starts without them.
 */
public final class HostedProviders implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostedProviders.class);

    private final List<JarDiagnosis> jars;
    private final ProviderHostConfig config;
    private final LongSupplier nanoClock;
    private List<GuardedEventListener> listeners = List.of();
    private List<GuardedPasswordHasher> hashers = List.of();
    private List<ProviderReport> report = List.of();
    private Optional<Generation> generation = Optional.empty();

    private HostedProviders(ProviderHostConfig config, List<JarDiagnosis> jars, LongSupplier nanoClock) {
        this.config = config;
        this.jars = jars;
        this.nanoClock = nanoClock;
    }

    private record Generation(RealmLoader loader, ProviderRealm realm) {
    }

    /** Loads and starts what is in the providers folder. Costs nothing when there is nothing in it. */
    public static HostedProviders open(ProviderHostConfig config, Directory directory, InstantSource clock,
            LongSupplier nanoClock) {
        var jars = ProviderInspection.of(config).all();
        var hosted = new HostedProviders(config, jars, nanoClock);
        var loadable = jars.stream().filter(jar -> jar.verdict() != JarDiagnosis.Verdict.REFUSED)
                .map(JarDiagnosis::jar).toList();
        for (var jar : jars) {
            var level = jar.verdict() == JarDiagnosis.Verdict.LOADED ? Level.INFO : Level.WARN;
            jar.findings().forEach(finding -> LOG.atLevel(level).log("{}: {}", jar.jar().getFileName(), finding));
        }
        if (!loadable.isEmpty()) {
            hosted.start(loadable, directory, clock);
        }
        return hosted;
    }

    private void start(List<Path> loadable, Directory directory, InstantSource clock) {
        var loader = RealmLoader.open(RealmLoader.jarsOf(config.keycloakLib()), loadable);
        var calls = startCalls(loader.classes());
        var setting = new RealmSetting(loadable, config.configuration(), config.publicUrl(), directory, calls, clock);
        try {
            var realm = openOnItsOwnThread(loader, setting);
            generation = Optional.of(new Generation(loader, realm));
            report = realm.report();
            listeners = realm.eventListeners().stream().map(hosted -> guarded(hosted, loader)).toList();
            hashers = realm.passwordHashers().stream().map(hosted -> guarded(hosted, loader)).toList();
        } catch (RuntimeException failed) {
            loader.close();
            throw failed;
        }
        var names = loadable.stream().map(jar -> jar.getFileName().toString()).toList();
        report.stream().filter(line -> names.contains(line.jar())).forEach(line -> LOG.info(
                "provider {} {} of {}: {} {}", line.spi(), line.id(), line.jar(), line.status(), line.reason()));
    }

    /**
     * Libraries leave thread locals behind, and one on a thread of the server would hold the loader for ever. Every
     * provider's part in this is bounded, so the wait is.
     */
    private static ProviderRealm openOnItsOwnThread(RealmLoader loader, RealmSetting setting) {
        var opened = new CompletableFuture<ProviderRealm>();
        var thread = Thread.ofPlatform().daemon().name("provider-start").unstarted(() -> {
            try {
                opened.complete(loader.entry().open(setting));
            } catch (RuntimeException | LinkageError failed) {
                opened.completeExceptionally(failed);
            }
        });
        thread.setContextClassLoader(loader.classes());
        thread.start();
        return opened.join();
    }

    /** Each step on a pool of its own: one provider that hangs or throws says nothing about the next. */
    private BoundedCalls startCalls(ClassLoader loader) {
        var limits = ProviderLimits.ofStart(config.limits().startBudget());
        return new BoundedCalls() {

            @Override
            public <T> T call(String provider, Callable<T> work) {
                try (var executor = new ProviderExecutor(new Identity("start", provider), limits, loader, nanoClock)) {
                    return executor.call(work);
                }
            }
        };
    }

    private GuardedEventListener guarded(EventListener hosted, RealmLoader loader) {
        var executor = new ProviderExecutor(new Identity(SupportedSpi.EVENT_LISTENER.spiName(), hosted.name()),
                ProviderLimits.ofEventListener(config.limits().eventBudget()), loader.classes(), nanoClock);
        return new GuardedEventListener(hosted, executor, config.limits().eventQueueMax(),
                config.limits().closeBudget());
    }

    private GuardedPasswordHasher guarded(PasswordHasher hosted, RealmLoader loader) {
        var executor = new ProviderExecutor(new Identity(SupportedSpi.PASSWORD_HASH.spiName(), hosted.algorithm()),
                ProviderLimits.ofPasswordHasher(config.limits().hashBudget(), config.limits().cores()),
                loader.classes(), nanoClock);
        return new GuardedPasswordHasher(hosted, executor);
    }

    /** Listeners to tell events to; telling them never blocks and never throws. */
    public List<EventListener> eventListeners() {
        return List.copyOf(listeners);
    }

    /** Hashers by {@link PasswordHasher#algorithm()}; what goes wrong in one is {@code Unavailable}. */
    public List<PasswordHasher> passwordHashers() {
        return List.copyOf(hashers);
    }

    /** What was found in the providers folder, jar by jar. */
    public List<JarDiagnosis> jars() {
        return jars;
    }

    /** What became of each provider of the jars that were loaded. */
    public List<ProviderReport> report() {
        return report;
    }

    /** The counters of every provider now. */
    public List<ProviderMetrics> metrics() {
        return Stream.concat(listeners.stream().map(GuardedEventListener::metrics),
                hashers.stream().map(GuardedPasswordHasher::metrics)).toList();
    }

    /** Events that no provider was told about, because Keycloak has no type for them. */
    public long untranslatableEvents() {
        return generation.map(current -> current.realm().droppedEvents()).orElse(0L);
    }

    /** Ends all providers and their threads, and lets go of their classes. */
    @Override
    public void close() {
        listeners.forEach(GuardedEventListener::close);
        hashers.forEach(GuardedPasswordHasher::close);
        generation.ifPresent(this::end);
        generation = Optional.empty();
        listeners = List.of();
        hashers = List.of();
    }

    private void end(Generation ending) {
        var limits = ProviderLimits.ofStart(config.limits().closeBudget());
        var identity = new Identity("close", "close");
        var server = HostedProviders.class.getClassLoader();
        try (var executor = new ProviderExecutor(identity, limits, server, nanoClock)) {
            executor.call(() -> {
                Thread.currentThread().setContextClassLoader(ending.loader().classes());
                ending.realm().close();
                Thread.currentThread().setContextClassLoader(server);
                return true;
            });
        } catch (ProviderFailure failure) {
            LOG.warn("not all providers were closed: {}", failure.getMessage());
        }
        var left = ending.loader().interruptThreads();
        if (!left.isEmpty()) {
            LOG.warn("threads that providers left behind are interrupted: {}", left);
        }
        ending.loader().close();
    }
}
