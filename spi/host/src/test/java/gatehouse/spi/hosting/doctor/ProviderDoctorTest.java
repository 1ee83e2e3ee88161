package gatehouse.spi.hosting.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.spi.hosting.ProviderReports;
import gatehouse.spi.hosting.doctor.JarDiagnosis.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderDoctorTest {

    private static final Path PROVIDERS = Path.of(System.getProperty("fixtures"), "providers");
    private static final Path THIRD_PARTY = Path.of(System.getProperty("fixtures"), "third-party");

    @TempDir
    Path folder;

    private final ProviderDoctor doctor = new ProviderDoctor(jars(Path.of(System.getProperty("keycloak.lib"))));

    @Test
    void aListenerAndAHasherAreLoadedWithoutAWord() {
        for (var name : List.of("file-listener.jar", "legacy-hasher.jar", "rogue-listener.jar")) {
            var diagnosis = doctor.check(PROVIDERS.resolve(name), List.of());
            assertThat(diagnosis.findings()).as(name).isEmpty();
            assertThat(diagnosis.verdict()).isEqualTo(Verdict.LOADED);
            assertThat(diagnosis.services()).singleElement().satisfies(one -> assertThat(one.hosted()).isTrue());
        }
    }

    @Test
    void aJarOfAnUnsupportedKindIsRefusedByName() {
        var diagnosis = doctor.check(PROVIDERS.resolve("hello-resource.jar"), List.of());
        assertThat(ProviderReports.check(diagnosis)).isEqualTo("""
                hello-resource.jar: refused
                  not hosted  RealmResourceProviderFactory  gatehouse.fixtures.unsupported.HelloResourceFactory
                  - none of its providers is of a kind that is hosted; hosted are eventsListener, password-hashing
                  - gatehouse.fixtures.unsupported.HelloResourceFactory is not used: \
                providers of kind RealmResourceProviderFactory are not hosted
                """);
    }

    @Test
    void aJarFromBeforeKeycloak22IsRefusedAndSaysWhy() {
        var diagnosis = doctor.check(PROVIDERS.resolve("old-listener.jar"), List.of());
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(diagnosis.findings().getFirst()).startsWith("built for Keycloak before 22: it uses javax.ws.rs.");
    }

    @Test
    void aJarThatLacksAClassIsDegradedAndNamesIt() {
        var diagnosis = doctor.check(PROVIDERS.resolve("missing-class.jar"), List.of());
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.DEGRADED);
        assertThat(diagnosis.findings())
                .containsExactly("needs classes that are not here: gatehouse.fixtures.missing.Vanished");
    }

    @Test
    void aClassThatAnotherJarBringsIsNotMissing() {
        var listener = PROVIDERS.resolve("missing-class.jar");
        var other = jar("helper.jar", "gatehouse/fixtures/missing/Vanished.class", classBytes());
        assertThat(doctor.check(listener, List.of(other)).verdict()).isEqualTo(Verdict.DEGRADED);
        assertThat(doctor.check(listener, List.of(other)).findings())
                .containsExactly("uses what Keycloak 26.7 does not have: gatehouse.fixtures.missing.Vanished.use()");
    }

    @Test
    void aFileThatIsNoJarIsRefused() throws IOException {
        var text = Files.writeString(folder.resolve("notes.jar"), "not a zip");
        assertThat(doctor.check(text, List.of())).satisfies(diagnosis -> {
            assertThat(diagnosis.verdict()).isEqualTo(Verdict.REFUSED);
            assertThat(diagnosis.findings().getFirst()).startsWith("it cannot be read as a jar");
        });
    }

    @Test
    void aDamagedClassAndANewerClassAreRefused() {
        var damaged = jar("damaged.jar", "a/B.class", new byte[] {1, 2, 3, 4, 5});
        assertThat(doctor.check(damaged, List.of()).findings()).containsExactly("its class a/B.class is damaged");
        var bytes = classBytes();
        bytes[7] = (byte) 99;
        var newer = jar("newer.jar", "a/B.class", bytes);
        assertThat(doctor.check(newer, List.of()).findings().getFirst())
                .startsWith("its class a/B.class needs Java 55");
    }

    @Test
    void aLibraryIsLoadedAsOne() {
        var library = jar("library.jar", "gatehouse/fixtures/Some.class", classBytes());
        assertThat(doctor.check(library, List.of())).satisfies(diagnosis -> {
            assertThat(diagnosis.verdict()).isEqualTo(Verdict.LOADED);
            assertThat(diagnosis.findings()).containsExactly("offers no provider: a library for the other jars");
        });
    }

    @Test
    void aThirdPartyJarOfManyKindsIsLoadedInPartAndSaysWhichPart() {
        var diagnosis = doctor.check(THIRD_PARTY.resolve("keycloak-events-0.50.jar"), List.of());
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.DEGRADED);
        assertThat(diagnosis.services()).filteredOn(JarDiagnosis.Service::hosted)
                .extracting(JarDiagnosis.Service::className)
                .contains("io.phasetwo.keycloak.events.HttpSenderEventListenerProviderFactory",
                        "io.phasetwo.keycloak.model.jpa.JpaWebhookProviderFactory")
                .doesNotContain("io.phasetwo.keycloak.resources.WebhooksResourceProviderFactory");
        assertThat(diagnosis.findings()).anyMatch(finding -> finding.contains("EventsResourceProviderFactory"));
    }

    private static byte[] classBytes() {
        try (var in = ProviderDoctorTest.class.getResourceAsStream("NotAProviderJar.class")) {
            return in.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path jar(String name, String entry, byte[] bytes) {
        var path = folder.resolve(name);
        try (var jar = new JarOutputStream(Files.newOutputStream(path))) {
            jar.putNextEntry(new ZipEntry(entry));
            jar.write(bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return path;
    }

    private static List<Path> jars(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
