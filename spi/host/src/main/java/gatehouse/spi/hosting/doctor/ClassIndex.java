package gatehouse.spi.hosting.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The classes that a provider could link against: the JDK's and those of some jars. Reads, never loads. */
final class ClassIndex implements AutoCloseable {

    private final URLClassLoader resources;
    private final Map<String, Optional<ClassLinks>> known = new HashMap<>();

    ClassIndex(List<Path> jars) {
        this.resources = new URLClassLoader("provider-check", jars.stream().map(ClassIndex::url).toArray(URL[]::new),
                ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The class with this internal name, if anything has it. */
    Optional<ClassLinks> find(String name) {
        return known.computeIfAbsent(name, this::read);
    }

    private Optional<ClassLinks> read(String name) {
        try (var in = resources.getResourceAsStream(name + ".class")) {
            return in == null ? Optional.empty() : Optional.of(ClassLinks.of(ClassFile.of().parse(in.readAllBytes())));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Whether {@code member} is there, in its owner or above it. What cannot be followed counts as there. */
    boolean has(ClassLinks.Member member) {
        return has(member.owner(), member.signature());
    }

    private boolean has(String owner, String signature) {
        var links = find(owner);
        return links.isEmpty() || links.get().declared().contains(signature)
                || links.get().parents().stream().anyMatch(parent -> has(parent, signature))
                || find("java/lang/Object").filter(root -> root.declared().contains(signature)).isPresent();
    }

    @Override
    public void close() {
        try {
            resources.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
