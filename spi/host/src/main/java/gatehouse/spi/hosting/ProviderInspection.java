package gatehouse.spi.hosting;

import gatehouse.spi.hosting.doctor.JarDiagnosis;
import gatehouse.spi.hosting.doctor.ProviderDoctor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Judges provider jars without loading them: what {@code provider list} and {@code provider check} print. */
public final class ProviderInspection {

    private final List<Path> keycloakJars;
    private final ProviderFolder folder;
    private final ProviderDoctor doctor;

    private ProviderInspection(List<Path> keycloakJars, ProviderFolder folder) {
        this.keycloakJars = keycloakJars;
        this.folder = folder;
        this.doctor = new ProviderDoctor(keycloakJars);
    }

    /** Reads both folders of {@code config} now. */
    public static ProviderInspection of(ProviderHostConfig config) {
        var folder = ProviderFolder.read(config.providersFolder());
        return new ProviderInspection(
                folder.jars().isEmpty() ? List.of() : RealmLoader.jarsOf(config.keycloakLib()), folder);
    }

    /** Judges {@code jar} as if it lay in the providers folder of {@code config}. */
    public static JarDiagnosis check(ProviderHostConfig config, Path jar) {
        var others = ProviderFolder.read(config.providersFolder()).jars();
        return new ProviderDoctor(RealmLoader.jarsOf(config.keycloakLib())).check(jar.toAbsolutePath(), others);
    }

    /** A verdict on every file of the providers folder. */
    public List<JarDiagnosis> all() {
        var all = new ArrayList<JarDiagnosis>();
        for (var jar : folder.jars()) {
            all.add(keycloakJars.isEmpty()
                    ? refused(jar, "the Keycloak jars that providers run with are not installed")
                    : doctor.check(jar, folder.jars()));
        }
        folder.rejected().forEach(file -> all.add(refused(file.file(), file.why())));
        return all;
    }

    private static JarDiagnosis refused(Path file, String why) {
        return new JarDiagnosis(file, JarDiagnosis.Verdict.REFUSED, List.of(), List.of(why));
    }
}
