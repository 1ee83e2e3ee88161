package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real browsers, third-party clients and third-party identity providers against the running server: the suites in
 * {@code src/test/e2e}, run by Node.js. What they need is installed by {@code .ci/run}, or said here.
 */
class RealCounterpartsTest {

    private static final Path SOURCES = Path.of("src/test/e2e");
    private static final Path WORK = Path.of("target/e2e");
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        requireTool("node", "apt-get install nodejs npm");
        requireTool("chromium", "apt-get install chromium");
        requireTool("php", "apt-get install php-cli php-xml php-mbstring simplesamlphp");
        Files.createDirectories(WORK);
        try (var files = Files.list(SOURCES)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, WORK.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        assertThat(run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"), Map.of(), 300)).isZero();
        server = RunningServer.start();
    }

    private static void requireTool(String name, String install) {
        var found = List.of(System.getenv("PATH").split(":")).stream().anyMatch(at -> Files.isExecutable(Path.of(at, name)));
        assertThat(found).as("%s is needed on the PATH; install it with: %s, or run .ci/run", name, install).isTrue();
    }

    private static int run(List<String> command, Map<String, String> environment, long seconds)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(WORK.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        var output = Thread.ofVirtual().start(() -> process.inputReader().lines().forEach(System.out::println));
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError(command + " did not end within " + seconds + " seconds");
        }
        output.join(Duration.ofSeconds(5));
        return process.exitValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"browser", "clients", "upstream-oidc", "upstream-oidc-logout", "upstream-saml"})
    void suitePasses(String suite) throws IOException, InterruptedException {
        var exit = run(List.of("node", "--test", "--test-reporter=spec", suite + ".test.mjs"),
                Map.of("GATEHOUSE_URL", server.url()), 300);

        assertThat(exit).as("the suite %s; its output is above", suite).isZero();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }
}
