package gatehouse.spi.hosting;

import gatehouse.spi.host.ProviderRealmEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * The one class loader of a generation of providers: the Keycloak jars first, then the provider jars, flat, as in
 * Keycloak itself, because real provider jars reach into packages of the others.
 */
final class RealmLoader implements AutoCloseable {

    private static final int THREADS_AWAITED_MAX = 10;

    private final URLClassLoader classes;

    private RealmLoader(URLClassLoader classes) {
        this.classes = classes;
    }

    static RealmLoader open(List<Path> keycloakJars, List<Path> providerJars) {
        var path = Stream.concat(keycloakJars.stream(), providerJars.stream()).map(RealmLoader::url)
                .toArray(URL[]::new);
        return new RealmLoader(new URLClassLoader("keycloak-realm", path,
                new ContractsLoader(RealmLoader.class.getClassLoader())));
    }

    /** The jars of {@code keycloakLib}, in the order of their names. */
    static List<Path> jarsOf(Path keycloakLib) {
        if (!Files.isDirectory(keycloakLib)) {
            return List.of();
        }
        try (var files = Files.list(keycloakLib)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar")).map(Path::toAbsolutePath)
                    .map(Path::normalize).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the Keycloak jars cannot be read", unreadable);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    ClassLoader classes() {
        return classes;
    }

    /** Our way in, which the Keycloak side brings. */
    ProviderRealmEntry entry() {
        return ServiceLoader.load(ProviderRealmEntry.class, classes).findFirst()
                .orElseThrow(() -> new IllegalStateException("the Keycloak jars lack the host of providers"));
    }

    /** Interrupts the threads that providers started and left behind, and gives them a moment. Returns their names. */
    List<String> interruptThreads() {
        var left = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getContextClassLoader() == classes).toList();
        left.forEach(Thread::interrupt);
        try {
            for (var thread : left.subList(0, Math.min(THREADS_AWAITED_MAX, left.size()))) {
                thread.join(Duration.ofMillis(100));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return left.stream().map(Thread::getName).distinct().sorted().toList();
    }

    @Override
    public void close() {
        try {
            classes.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
