package gatehouse.spi.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.spi.host.Directory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderFolderTest {

    @TempDir
    Path folder;
    @TempDir
    Path elsewhere;

    @Test
    void jarsAreTakenInTheOrderOfTheirNamesAndNothingElseIs() throws IOException {
        Files.writeString(folder.resolve("b.jar"), "");
        Files.writeString(folder.resolve("a.jar"), "");
        Files.writeString(folder.resolve("notes.txt"), "");
        Files.writeString(folder.resolve(".hidden.jar"), "");
        Files.createDirectory(folder.resolve("c.jar"));

        var read = ProviderFolder.read(folder);

        assertThat(read.jars()).extracting(jar -> jar.getFileName().toString()).containsExactly("a.jar", "b.jar");
        assertThat(read.rejected()).extracting(file -> file.file().getFileName() + ": " + file.why())
                .containsExactly("c.jar: not a file", "notes.txt: not a .jar file");
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsNotFollowed() throws IOException {
        var outside = Files.writeString(elsewhere.resolve("evil.jar"), "");
        var inside = Files.writeString(folder.resolve("a-1.0.jar"), "");
        Files.createSymbolicLink(folder.resolve("evil.jar"), outside);
        Files.createSymbolicLink(folder.resolve("a.jar"), inside);
        Files.createSymbolicLink(folder.resolve("dangling.jar"), folder.resolve("gone.jar"));

        var read = ProviderFolder.read(folder);

        assertThat(read.jars()).extracting(jar -> jar.getFileName().toString()).containsExactly("a-1.0.jar", "a.jar");
        assertThat(read.rejected()).extracting(ProviderFolder.Rejected::why)
                .containsExactly("not a file", "a link that leads out of the providers folder");
    }

    @Test
    void twoHundredJarsAreTakenAndTheNextIsNot() throws IOException {
        for (var i = 0; i < 201; i++) {
            Files.writeString(folder.resolve("p" + (1000 + i) + ".jar"), "");
        }
        assertThat(ProviderFolder.read(folder).jars()).hasSize(200);
        assertThat(ProviderFolder.read(folder).rejected()).singleElement()
                .satisfies(file -> assertThat(file.why()).isEqualTo("more than 200 jars"));
    }

    @Test
    void anAbsentFolderIsEmpty() {
        assertThat(ProviderFolder.read(folder.resolve("absent")).jars()).isEmpty();
    }

    @Test
    void theListNamesTheHostedKindsAndEveryFile() throws IOException {
        new ProviderKit(folder).drop(ProviderKit.fixture("file-listener.jar"));
        Files.writeString(folder.resolve("notes.txt"), "");
        assertThat(ProviderReports.list(ProviderInspection.of(new ProviderKit(folder).config()).all())).isEqualTo("""
                Hosted kinds of Keycloak providers (SPI level 26.7):
                  eventsListener    org.keycloak.events.EventListenerProviderFactory
                  password-hashing  org.keycloak.credential.hash.PasswordHashProviderFactory

                file-listener.jar: loaded
                  hosted  EventListenerProviderFactory  gatehouse.fixtures.listener.FileListenerFactory

                notes.txt: refused
                  - not a .jar file
                """);
        assertThat(ProviderReports.list(ProviderInspection.of(new ProviderKit(elsewhere).config()).all()))
                .endsWith("\nNo provider jar is installed.\n");
    }

    @Test
    void withoutTheKeycloakJarsEveryJarIsRefusedAndTheServerStarts() {
        new ProviderKit(folder).drop(ProviderKit.fixture("file-listener.jar"));
        var config = new ProviderHostConfig(elsewhere, folder, URI.create("https://sso.example"), Map.of(),
                ProviderHostConfig.Limits.usual());
        try (var hosted = HostedProviders.open(config, Directory.EMPTY,
                InstantSource.system(), System::nanoTime)) {
            assertThat(hosted.eventListeners()).isEmpty();
            assertThat(hosted.jars()).singleElement().satisfies(jar -> assertThat(jar.findings())
                    .containsExactly("the Keycloak jars that providers run with are not installed"));
        }
    }
}
