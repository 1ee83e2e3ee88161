package gatehouse.idp.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A theme of one type and its parents, child first: {@code theme/<name>/<type>/} on the class path, in the folder
 * format of Keycloak ({@code theme.properties} with {@code parent=}, templates, {@code messages/}, {@code resources/}).
 * A file is taken from the first theme that has it.
 */
public final class Theme {

    private static final int PARENTS_MAX = 8;

    private final ClassLoader loader;
    private final String type;
    private final List<String> chain;
    private final Properties properties;

    private Theme(ClassLoader loader, String type, List<String> chain, Properties properties) {
        this.loader = loader;
        this.type = type;
        this.chain = chain;
        this.properties = properties;
    }

    /** Reads the login theme {@code name}, as {@link #load(ClassLoader, String, String)}. */
    public static Theme load(ClassLoader loader, String name) {
        return load(loader, name, "login");
    }

    /**
     * Reads the theme {@code name} and its parents.
     *
     * @param type what it dresses: {@code login} or {@code portal}
     * @throws IllegalArgumentException if there is no such theme, or its parents go in a circle
     */
    public static Theme load(ClassLoader loader, String name, String type) {
        var chain = new ArrayList<String>();
        var layers = new ArrayList<Properties>();
        var next = Optional.of(name);
        while (next.isPresent()) {
            var current = next.get();
            if (!current.matches("[A-Za-z0-9._-]+") || chain.contains(current) || chain.size() == PARENTS_MAX) {
                throw new IllegalArgumentException("theme " + name + ": its parent cannot be " + current);
            }
            chain.add(current);
            var layer = properties(read(loader, path(current, type, "theme.properties"))
                    .orElseThrow(() -> new IllegalArgumentException("there is no theme " + current)));
            layers.addFirst(layer);
            next = Optional.ofNullable(layer.getProperty("parent"));
        }
        var merged = new Properties();
        layers.forEach(merged::putAll);
        return new Theme(loader, type, List.copyOf(chain), merged);
    }

    /** Its own name. */
    String name() {
        return chain.getFirst();
    }

    /** What it dresses. */
    String type() {
        return type;
    }

    /** A property, of the theme itself or the nearest parent that has it. */
    String property(String key) {
        return properties.getProperty(key, "");
    }

    /** A property that is a list: separated by spaces or commas. */
    List<String> listed(String key) {
        return List.of(property(key).strip().split("[\\s,]+")).stream().filter(item -> !item.isEmpty()).toList();
    }

    /** A file of the nearest theme that has it. @param path within its folder; a name that climbs is not found */
    Optional<byte[]> file(String path) {
        if (path.contains("..") || path.startsWith("/") || path.indexOf('\\') >= 0) {
            return Optional.empty();
        }
        return chain.stream().flatMap(theme -> read(loader, path(theme, type, path)).stream()).findFirst();
    }

    /** The messages of one language, a child's over its parents'. */
    Properties messages(String tag) {
        var merged = new Properties();
        for (var theme : chain.reversed()) {
            read(loader, path(theme, type, "messages/messages_" + tag.replace('-', '_') + ".properties"))
                    .ifPresent(file -> merged.putAll(properties(file)));
        }
        return merged;
    }

    private static String path(String theme, String type, String path) {
        return "theme/" + theme + "/" + type + "/" + path;
    }

    private static Optional<byte[]> read(ClassLoader loader, String path) {
        try (InputStream file = loader.getResourceAsStream(path)) {
            return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("theme file " + path, unreadable);
        }
    }

    private static Properties properties(byte[] utf8) {
        var read = new Properties();
        try {
            read.load(new StringReader(new String(utf8, StandardCharsets.UTF_8)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return read;
    }
}
