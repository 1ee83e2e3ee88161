package gatehouse.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    private final TinyProvider provider = new TinyProvider();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void everyJourneyRunsAgainstAProviderFoundByDiscovery() throws IOException {
        var exit = run("--out", folder.resolve("report.md").toString());

        var json = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        var journeys = new ArrayList<String>();
        json.at("/targets/0/journeys").forEach(journey -> {
            journeys.add(journey.get("journey").asText());
            assertThat(journey.get("valid").asBoolean()).as(journey.toString()).isTrue();
            assertThat(journey.at("/half/latency_ms/p99").asDouble()).isPositive();
        });
        assertThat(journeys).containsExactly("client-credentials", "refresh", "silent-sign-in", "introspection",
            "password-login");
        assertThat(json.at("/targets/0/idle_resident_kib").asLong()).isPositive();
        assertThat(folder.resolve("report.md")).content().contains("| client-credentials |");
        assertThat(exit).isZero();
    }

    @Test
    void errorsMakeTheRowInvalidAndTheExitCodeOne() {
        provider.refuseEveryRefresh(50);

        assertThat(run("--scenario", "refresh")).isEqualTo(1);
        assertThat(out.toString()).contains("**invalid**").contains("status 400 invalid_grant, expected 200");
    }

    @Test
    void aPasswordThatIsRefusedIsARowThatSaysSo() {
        assertThat(run("--scenario", "password-login", "--set", "password-login.password=wrong")).isEqualTo(1);
        assertThat(out.toString()).contains("cannot be prepared: password refused");
    }

    @Test
    void tokensOfAnotherAlgorithmAreNotCounted() {
        assertThat(run("--scenario", "client-credentials", "--set", "algorithm=RS256")).isEqualTo(1);
        assertThat(out.toString()).contains("access token is signed with ES256, not RS256");
    }

    @Test
    void aWrongFileIsNamedWithoutAStack() {
        assertThat(run("--set", "isuer=x")).isEqualTo(2);
        assertThat(err.toString()).startsWith("unknown key isuer").doesNotContain("\tat ");
    }

    @Test
    void aJourneyThatDoesNotExistIsAUsageError() {
        assertThat(run("--scenario", "nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("no journey nonsense").contains("client-credentials");
    }

    @Test
    void theCeilingNamesEveryAlgorithmOfTheJdk() {
        assertThat(execute("ceiling", "--seconds", "0.1")).isZero();
        assertThat(out.toString()).containsPattern("\\| JDK \\| ES256 \\| [\\d,]{3,} \\| [\\d,]{3,} \\|")
            .contains("| JDK | RS256 |");
    }

    private int run(String... more) {
        var arguments = new ArrayList<>(List.of("run", "--properties", properties().toString(), "--seconds", "1",
            "--warmup", "0"));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
            .execute(arguments);
    }

    private Path properties() {
        var file = folder.resolve("target.properties");
        try {
            Files.writeString(file, """
                issuer = %s
                algorithm = ES256
                server.port = %d
                service.id = service
                service.secret = secret
                app.id = app
                app.redirect-uri = http://localhost/callback
                password-login.user = ada
                password-login.password = right
                driver.sessions = 4
                driver.tokens = 8
                driver.concurrency = 4
                """.formatted(provider.issuer(), provider.port()));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        return file;
    }
}
