package gatehouse.idp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the rooms of the server. An arrow that is not in {@link #ARROWS} is a build failure. */
class ArchitectureTest {

    /** Each room, and the rooms it may use. */
    private static final Map<String, List<String>> ARROWS = new LinkedHashMap<>();

    static {
        ARROWS.put("http", List.of());
        ARROWS.put("slo", List.of("http"));
        ARROWS.put("edge", List.of("http", "slo"));
        ARROWS.put("schema", List.of());
        ARROWS.put("audit", List.of());
        ARROWS.put("keys", List.of("audit"));
        ARROWS.put("tenancy", List.of("schema", "audit"));
        ARROWS.put("directory", List.of("schema", "audit"));
        ARROWS.put("client", List.of("schema", "audit", "keys"));
        ARROWS.put("page", List.of("http"));
        ARROWS.put("samlwire", List.of("http"));
        // Settings of a connection describe themselves to the admin API.
        ARROWS.put("upstream", List.of("http", "schema", "tenancy", "keys", "samlwire", "audit"));
        ARROWS.put("credential", List.of("directory", "audit"));
        ARROWS.put("login", List.of("http", "upstream", "credential", "tenancy", "directory", "client", "page", "audit"));
        ARROWS.put("logout", List.of("http", "upstream", "tenancy", "directory", "page", "audit"));
        ARROWS.put("oauth", List.of(
                "http", "login", "logout", "client", "keys", "page", "audit", "tenancy", "directory"));
        ARROWS.put("samlidp", List.of("http", "login", "logout", "upstream", "client", "keys", "page", "audit",
                "samlwire", "tenancy", "directory"));
        // A change and its audit record are one SQL transaction: an interface in between would have one implementation.
        ARROWS.put("admin", List.of("http", "schema", "tenancy", "directory", "client", "upstream", "keys", "slo",
                "audit", "events", "sql", "samlwire", "watch"));
        // A refresh and its audit record are one SQL transaction, as in admin.
        ARROWS.put("watch", List.of("http", "schema", "tenancy", "upstream", "keys", "samlwire", "audit", "sql"));
        // A customer's administrator changes what the admin API changes, by the same editor and with the same record.
        // "credential": a recovery code is typed back, and guessing it is limited as at the sign-in.
        ARROWS.put("portal", List.of("credential",
                "http", "schema", "tenancy", "upstream", "watch", "login", "page", "audit", "sql", "admin"));
        ARROWS.put("apply", List.of("schema", "admin", "sql"));
        // "upstream" and "http": attempts, whose checks carry what they compared.
        ARROWS.put("sql", List.of(
                "http", "schema", "tenancy", "directory", "client", "keys", "credential", "audit", "events",
                "upstream"));
        ARROWS.put("events", List.of("http", "schema", "audit"));
        ARROWS.put("demo", List.of("http", "keys"));
    }

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("gatehouse.idp");
    }

    static List<String> rooms() {
        return List.copyOf(ARROWS.keySet());
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void roomUsesOnlyTheRoomsItMay(String room) {
        var forbidden = new TreeSet<>(ARROWS.keySet());
        forbidden.add("boot");
        forbidden.remove(room);
        forbidden.removeAll(ARROWS.get(room));
        var packages = forbidden.stream().map(name -> "gatehouse.idp." + name + "..").toArray(String[]::new);
        check(noClasses().that().resideInAPackage("gatehouse.idp." + room + "..")
                .should().dependOnClassesThat().resideInAnyPackage(packages));
    }

    @Test
    void everyRoomIsOnTheMap() {
        var onDisk = new TreeSet<String>();
        classes.forEach(type -> onDisk.add(type.getPackageName().split("\\.")[2]));
        var onMap = new TreeSet<>(ARROWS.keySet());
        onMap.add("boot");
        org.assertj.core.api.Assertions.assertThat(onMap).isEqualTo(onDisk);
    }

    @Test
    void roomsHaveNoCycles() {
        check(slices().matching("gatehouse.idp.(*)..").should().beFreeOfCycles());
    }

    @Test
    void onlyTheEdgeKnowsVertx() {
        check(noClasses().that().resideOutsideOfPackages("gatehouse.idp.edge..", "gatehouse.idp.boot..")
                .should().dependOnClassesThat().resideInAPackage("io.vertx.."));
    }

    @Test
    void openSamlStaysInTheSamlRooms() {
        check(noClasses().that().resideOutsideOfPackages(
                        "gatehouse.idp.samlwire..", "gatehouse.idp.upstream.saml..", "gatehouse.idp.samlidp..")
                .should().dependOnClassesThat().resideInAPackage("org.opensaml.."));
    }

    @Test
    void nobodyKnowsKeycloak() {
        check(noClasses().should().dependOnClassesThat().resideInAPackage("org.keycloak.."));
    }

    @Test
    void roomsAskTheClockTheyAreGiven() {
        check(noClasses().that().resideOutsideOfPackages("gatehouse.idp.boot..", "gatehouse.idp.edge..")
                .should().callMethod(java.time.Instant.class, "now")
                .orShould().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethod(System.class, "nanoTime"));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(classes);
    }

    /** Suffixes that hide the noun that is missing. */
    private static final List<String> SUFFIXES =
            List.of("Manager", "Helper", "Util", "Utils", "Impl", "Processor", "Common", "Info", "Data");

    @Test
    void namesSayWhatAThingIs() {
        var offenders = classes.stream()
                .filter(type -> Arrays.stream(SUFFIXES.toArray(String[]::new)).anyMatch(type.getSimpleName()::endsWith))
                .map(type -> type.getName())
                .toList();
        org.assertj.core.api.Assertions.assertThat(offenders).isEmpty();
    }
}
