package gatehouse.spi.hosting.doctor;

import java.nio.file.Path;
import java.util.List;

/**
 * What the doctor says about one jar.
 *
 * @param jar      the file
 * @param verdict  whether it is loaded
 * @param services the provider kinds it implements
 * @param findings what is wrong or worth knowing, in plain words
 */
public record JarDiagnosis(Path jar, Verdict verdict, List<Service> services, List<String> findings) {

    /** Whether a jar is loaded. */
    public enum Verdict {
        /** Everything it offers is hosted and links. */
        LOADED,
        /** Something of it is hosted and loaded; the findings say what is not. */
        DEGRADED,
        /** Not loaded; the findings say why. */
        REFUSED
    }

    /**
     * One provider that the jar offers.
     *
     * @param spi       the factory interface
     * @param className the class that implements it
     * @param hosted    whether this kind is hosted
     */
    public record Service(String spi, String className, boolean hosted) {
    }

    public JarDiagnosis {
        services = List.copyOf(services);
        findings = List.copyOf(findings);
    }
}
