package gatehouse.spi.hosting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder that people drop provider jars into. Takes its regular {@code *.jar} files, in the order of their names;
 * a link that leads out of it is not followed. Absent is the same as empty.
 *
 * @param jars     the files that may be loaded
 * @param rejected the files that may not, and why
 */
public record ProviderFolder(List<Path> jars, List<Rejected> rejected) {

    private static final int JARS_MAX = 200;

    /**
     * A file that is not taken.
     *
     * @param file its path
     * @param why  in plain words
     */
    public record Rejected(Path file, String why) {
    }

    public ProviderFolder {
        jars = List.copyOf(jars);
        rejected = List.copyOf(rejected);
    }

    /** Reads {@code folder} now. */
    public static ProviderFolder read(Path folder) {
        var jars = new ArrayList<Path>();
        var rejected = new ArrayList<Rejected>();
        if (Files.isDirectory(folder)) {
            for (var file : list(folder)) {
                var why = objection(folder, file, jars.size());
                if (why.isEmpty()) {
                    jars.add(file);
                } else {
                    rejected.add(new Rejected(file, why));
                }
            }
        }
        return new ProviderFolder(jars, rejected);
    }

    private static List<Path> list(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith(".")).map(Path::toAbsolutePath)
                    .map(Path::normalize).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the providers folder cannot be read", unreadable);
        }
    }

    private static String objection(Path folder, Path file, int taken) {
        var name = file.getFileName().toString();
        if (!name.endsWith(".jar")) {
            return "not a .jar file";
        }
        if (!Files.isRegularFile(file)) {
            return "not a file";
        }
        try {
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                return "a link that leads out of the providers folder";
            }
        } catch (IOException unreadable) {
            return "cannot be read";
        }
        if (!Files.isReadable(file)) {
            return "cannot be read";
        }
        return taken < JARS_MAX ? "" : "more than " + JARS_MAX + " jars";
    }
}
