package gatehouse.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver against somebody else's provider: fetched, started and set up as the compare command does it. */
@Tag("keycloak")
class KeycloakTest {

    @Test
    void everyJourneyRunsAgainstAnUnmodifiedKeycloak(@TempDir Path folder) throws IOException {
        var out = new StringWriter();
        var exit = Main.commandLine().setOut(new PrintWriter(out, true)).execute("compare", "--algorithm", "ES256",
            "--seconds", "2", "--warmup", "2", "--work", "target/keycloak", "--out",
            folder.resolve("report.md").toString(), "--keycloak-port", freePort(), "--upstream-port", freePort());

        var journeys = new ArrayList<String>();
        var report = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        report.at("/targets/0/journeys").forEach(journey -> journeys.add(journey.get("journey").asText()));
        assertThat(journeys).containsExactly("client-credentials", "refresh", "silent-sign-in", "introspection",
            "saml-login", "oidc-login", "password-login");
        assertThat(exit).as(out.toString()).isZero();
    }

    private static String freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return String.valueOf(socket.getLocalPort());
        }
    }
}
