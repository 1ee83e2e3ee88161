package gatehouse.spi.hosting.doctor;

import gatehouse.spi.host.SupportedSpi;
import gatehouse.spi.hosting.doctor.JarDiagnosis.Service;
import gatehouse.spi.hosting.doctor.JarDiagnosis.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks provider jars against the jars they would run with. A verdict is a forecast: what a jar does when it runs, it
 * alone knows; what it cannot link, no run will find.
 */
public final class ProviderDoctor {

    private static final String OWN_SPI = "org.keycloak.provider.Spi";
    private static final int NAMED_MAX = 8;

    /** What providers may use and this server does not have, by where its classes live. */
    private static final Map<String, String> NOT_HOSTED = new TreeMap<>(Map.of(
            "jakarta/persistence/", "JPA: of all queries only the one for realm attributes is answered here",
            "jakarta/enterprise/", "CDI: nothing is injected here",
            "jakarta/inject/", "CDI: nothing is injected here",
            "io/quarkus/", "Quarkus: this server does not run on it",
            "org/infinispan/", "Infinispan: this server has no such caches",
            "org/keycloak/services/resources/admin/", "Keycloak's admin REST classes: they need Keycloak's own store"));

    private final List<Path> realmJars;

    /** {@code realmJars} are the Keycloak jars that providers run with. */
    public ProviderDoctor(List<Path> realmJars) {
        this.realmJars = List.copyOf(realmJars);
    }

    /** Checks {@code jar}, as it would stand beside {@code others}. */
    public JarDiagnosis check(Path jar, List<Path> others) {
        var path = Stream.of(realmJars, List.of(jar), others).flatMap(List::stream).distinct().toList();
        try (var index = new ClassIndex(path); var realm = new ClassIndex(realmJars)) {
            return judge(jar, JarContents.read(jar), index, realm);
        } catch (NotAProviderJar refused) {
            return new JarDiagnosis(jar, Verdict.REFUSED, List.of(), List.of(refused.getMessage()));
        }
    }

    private JarDiagnosis judge(Path jar, JarContents contents, ClassIndex index, ClassIndex realm) {
        var services = services(contents, index);
        var findings = new ArrayList<String>();
        if (services.isEmpty()) {
            findings.add("offers no provider: a library for the other jars");
            return new JarDiagnosis(jar, Verdict.LOADED, services, notes(contents, realm, findings));
        }
        var hosted = services.stream().filter(Service::hosted).toList();
        var roots = (hosted.isEmpty() ? services : hosted).stream()
                .map(service -> service.className().replace('.', '/')).toList();
        var links = new LinkCheck(contents.classes(), index, roots);
        var unloadable = hosted.stream().filter(service -> links.cannotLoad(service.className())).toList();
        var refused = refusals(services, hosted, unloadable, links);
        findings.addAll(refused);
        findings.addAll(degradations(services, unloadable, links));
        var verdict = !refused.isEmpty() ? Verdict.REFUSED : findings.isEmpty() ? Verdict.LOADED : Verdict.DEGRADED;
        return new JarDiagnosis(jar, verdict, services, notes(contents, realm, findings));
    }

    private static List<Service> services(JarContents contents, ClassIndex index) {
        var own = contents.services().getOrDefault(OWN_SPI, List.of());
        var services = new ArrayList<Service>();
        contents.services().forEach((spi, classes) -> {
            if (!spi.equals(OWN_SPI) && isProviderKind(spi, own, contents)) {
                classes.forEach(name -> services.add(new Service(spi, name,
                        SupportedSpi.of(spi).isPresent() || isOwnKind(spi, own, contents))));
            }
        });
        return services;
    }

    private static boolean isProviderKind(String spi, List<String> own, JarContents contents) {
        return spi.startsWith("org.keycloak.") || isOwnKind(spi, own, contents);
    }

    /** A kind that the jar declares itself, for its own use: its Spi class names the factory interface. */
    private static boolean isOwnKind(String spi, List<String> own, JarContents contents) {
        var factory = spi.replace('.', '/');
        return own.stream().map(name -> contents.classes().get(name.replace('.', '/')))
                .anyMatch(links -> links != null && links.classes().contains(factory));
    }

    private static List<String> refusals(List<Service> services, List<Service> hosted, List<Service> unloadable,
            LinkCheck links) {
        if (links.isBefore22()) {
            return List.of("built for Keycloak before 22: it uses " + links.missingClasses().stream()
                    .filter(name -> name.startsWith("javax.")).findFirst().orElseThrow()
                    + ", which is called jakarta.* since; a newer release of it is needed");
        }
        var supported = hosted.stream().filter(service -> SupportedSpi.of(service.spi()).isPresent()).toList();
        if (supported.isEmpty()) {
            return List.of("none of its providers is of a kind that is hosted; hosted are "
                    + Arrays.stream(SupportedSpi.values()).map(SupportedSpi::spiName)
                            .collect(Collectors.joining(", ")));
        }
        if (unloadable.containsAll(supported)) {
            return List.of("cannot be linked: " + some(links.missingClasses()) + " missing");
        }
        return List.of();
    }

    private static List<String> degradations(List<Service> services, List<Service> unloadable, LinkCheck links) {
        var findings = new ArrayList<String>();
        services.stream().filter(service -> !service.hosted()).forEach(service -> findings.add(
                service.className() + " is not used: providers of kind " + simpleName(service.spi())
                        + " are not hosted"));
        unloadable.forEach(service -> findings.add(service.className() + " cannot be linked"));
        if (!links.missingClasses().isEmpty()) {
            findings.add("needs classes that are not here: " + some(links.missingClasses()));
        }
        if (!links.missingMembers().isEmpty()) {
            findings.add("uses what Keycloak " + SupportedSpi.LEVEL + " does not have: "
                    + some(links.missingMembers()));
        }
        NOT_HOSTED.forEach((prefix, words) -> {
            if (links.uses(prefix)) {
                findings.add("uses " + words);
            }
        });
        return findings;
    }

    private static List<String> notes(JarContents contents, ClassIndex realm, List<String> findings) {
        var notes = new ArrayList<>(findings);
        var shadowed = contents.classes().keySet().stream()
                .filter(name -> name.startsWith("org/keycloak/") && realm.find(name).isPresent())
                .map(name -> name.replace('/', '.')).sorted().toList();
        if (!shadowed.isEmpty()) {
            notes.add("note: its own copies of Keycloak's classes are not used: " + some(shadowed));
        }
        if (contents.hasTheme()) {
            notes.add("note: its themes are not read from here");
        }
        return notes;
    }

    private static String some(List<String> names) {
        var named = String.join(", ", names.subList(0, Math.min(NAMED_MAX, names.size())));
        return names.size() <= NAMED_MAX ? named : named + " and " + (names.size() - NAMED_MAX) + " more";
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
