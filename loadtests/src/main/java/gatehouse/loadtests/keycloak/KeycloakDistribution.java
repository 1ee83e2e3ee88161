package gatehouse.loadtests.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Keycloak as it is published on Maven Central, unpacked once.
 *
 * <p>Fetched through the project's own Maven wrapper, so that mirrors and proxies of its user apply.
 */
public final class KeycloakDistribution {

    public static final String VERSION = "26.7.3";

    private static final String ARTIFACT = "org.keycloak:keycloak-quarkus-dist:" + VERSION + ":tar.gz";
    private static final Duration LONGEST_DOWNLOAD = Duration.ofMinutes(15);

    private final Path folder;

    /** @param folder where it is kept between runs */
    public KeycloakDistribution(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** The home folder of an unpacked, untouched Keycloak. */
    Path home() {
        var home = folder.resolve("keycloak-" + VERSION);
        if (!Files.isDirectory(home)) {
            unpack(archive());
        }
        return home;
    }

    Path logs() {
        return folder.resolve("logs");
    }

    private Path archive() {
        var archive = folder.resolve("keycloak-quarkus-dist-" + VERSION + ".tar.gz");
        if (!Files.exists(archive)) {
            Commands.run(List.of(wrapper().toString(), "-q", "-N", "dependency:copy", "-Dartifact=" + ARTIFACT,
                "-DoutputDirectory=" + folder), Map.of(), logs().resolve("download.log"), LONGEST_DOWNLOAD);
        }
        return archive;
    }

    /** Unpacked beside its place and then moved there, so that half a Keycloak is never taken for one. */
    private void unpack(Path archive) {
        var beside = folder.resolve("unpacking");
        try {
            Files.createDirectories(beside);
            Commands.run(List.of("tar", "-xzf", archive.toString(), "-C", beside.toString()), Map.of(),
                logs().resolve("unpack.log"), Duration.ofMinutes(5));
            Files.move(beside.resolve("keycloak-" + VERSION), folder.resolve("keycloak-" + VERSION));
            Files.delete(beside);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path wrapper() {
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isExecutable(at.resolve("mvnw"))) {
                return at.resolve("mvnw");
            }
        }
        throw new IllegalStateException("no mvnw here or above: run this inside the project");
    }
}
