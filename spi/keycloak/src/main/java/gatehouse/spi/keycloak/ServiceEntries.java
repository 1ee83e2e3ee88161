package gatehouse.spi.keycloak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;

/** What the jars on a loader's path say in {@code META-INF/services}, with the jar that says it. */
final class ServiceEntries {

    private static final String FOLDER = "META-INF/services/";

    private final ClassLoader loader;

    ServiceEntries(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * One implementation that a jar offers.
     *
     * @param service   the interface
     * @param className the class that implements it
     * @param jar       the jar that says so
     */
    record Entry(String service, String className, Path jar) {
    }

    /** The implementations of {@code service}, in the order of the path. */
    List<Entry> of(String service) {
        try {
            var entries = new ArrayList<Entry>();
            for (var address : (Iterable<java.net.URL>) () -> urls(service)) {
                var connection = (JarURLConnection) address.openConnection();
                connection.setUseCaches(false); // a cached JarFile would outlive the loader
                try (var lines = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                    var jar = Path.of(connection.getJarFileURL().toURI());
                    lines.lines().map(line -> line.split("#", 2)[0].strip()).filter(line -> !line.isEmpty())
                            .forEach(name -> entries.add(new Entry(service, name, jar)));
                }
            }
            return entries;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (URISyntaxException notAFile) {
            throw new IllegalStateException(notAFile);
        }
    }

    private java.util.Iterator<java.net.URL> urls(String service) {
        try {
            return loader.getResources(FOLDER + service).asIterator();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The Keycloak services that {@code jars} implement. */
    static Set<String> servicesOf(Collection<Path> jars) {
        var services = new TreeSet<String>();
        for (var path : jars) {
            try (var jar = new JarFile(path.toFile())) {
                jar.stream().map(entry -> entry.getName())
                        .filter(name -> name.startsWith(FOLDER) && name.length() > FOLDER.length())
                        .map(name -> name.substring(FOLDER.length()))
                        .forEach(services::add);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return services;
    }
}
