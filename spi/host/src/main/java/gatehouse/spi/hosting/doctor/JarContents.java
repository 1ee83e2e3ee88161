package gatehouse.spi.hosting.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * What a jar holds, read without running it.
 *
 * @param services interfaces to the classes that implement them, from {@code META-INF/services}
 * @param classes  its classes by internal name
 * @param hasTheme whether it brings themes or theme resources
 */
record JarContents(Map<String, List<String>> services, Map<String, ClassLinks> classes, boolean hasTheme) {

    private static final String SERVICES = "META-INF/services/";
    private static final int ENTRIES_MAX = 60_000;
    private static final int ENTRY_BYTES_MAX = 16 << 20;

    /** Newest class file version that this Java runs. */
    private static final int VERSION_MAX = ClassFile.latestMajorVersion();
    private static final int VERSION_OF_JAVA_0 = 44;

    /**
     * Reads {@code jar}.
     *
     * @throws NotAProviderJar if it is not a readable jar of classes for this Java
     */
    static JarContents read(Path jar) {
        var services = new TreeMap<String, List<String>>();
        var classes = new HashMap<String, ClassLinks>();
        var theme = false;
        try (var file = new JarFile(jar.toFile())) {
            if (file.size() > ENTRIES_MAX) {
                throw new NotAProviderJar("it has more than " + ENTRIES_MAX + " entries");
            }
            for (var entries = file.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                var name = entry.getName();
                theme |= name.equals("META-INF/keycloak-themes.json") || name.startsWith("theme-resources/");
                if (name.startsWith(SERVICES) && name.length() > SERVICES.length()) {
                    services.put(name.substring(SERVICES.length()), lines(bytes(file, entry)));
                } else if (name.endsWith(".class") && !name.startsWith("META-INF/")
                        && !name.endsWith("module-info.class")) {
                    var links = classLinks(name, bytes(file, entry));
                    classes.put(links.name(), links);
                }
            }
        } catch (IOException | SecurityException unreadable) {
            throw new NotAProviderJar("it cannot be read as a jar: " + unreadable.getMessage());
        }
        return new JarContents(services, classes, theme);
    }

    private static ClassLinks classLinks(String name, byte[] bytes) {
        var major = bytes.length < 8 ? 0 : (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
        if (major > VERSION_MAX) {
            throw new NotAProviderJar("its class " + name + " needs Java " + (major - VERSION_OF_JAVA_0)
                    + ", this is Java " + (VERSION_MAX - VERSION_OF_JAVA_0));
        }
        try {
            return ClassLinks.of(ClassFile.of().parse(bytes));
        } catch (IllegalArgumentException damaged) {
            throw new NotAProviderJar("its class " + name + " is damaged");
        }
    }

    private static byte[] bytes(JarFile file, JarEntry entry) throws IOException {
        try (InputStream in = file.getInputStream(entry)) {
            var bytes = in.readNBytes(ENTRY_BYTES_MAX + 1);
            if (bytes.length > ENTRY_BYTES_MAX) {
                throw new NotAProviderJar("its entry " + entry.getName() + " is larger than 16 MiB");
            }
            return bytes;
        }
    }

    private static List<String> lines(byte[] bytes) {
        var names = new ArrayList<String>();
        new String(bytes, StandardCharsets.UTF_8).lines().map(line -> line.split("#", 2)[0].strip())
                .filter(line -> !line.isEmpty()).forEach(names::add);
        return names;
    }
}
