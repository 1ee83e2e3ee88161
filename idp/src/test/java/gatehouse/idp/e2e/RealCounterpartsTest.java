package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.boot.config.ServerConfig;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
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
    private static int dnsPort;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        requireTool("node", "apt-get install nodejs npm");
        requireTool("chromium", "apt-get install chromium");
        requireFile("/usr/lib/apache2/modules/mod_auth_mellon.so",
                "apt-get install apache2-bin libapache2-mod-auth-mellon");
        requireTool("php", "apt-get install php-cli php-xml php-mbstring simplesamlphp");
        Files.createDirectories(WORK);
        try (var files = Files.list(SOURCES)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, WORK.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        assertThat(run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"), Map.of(), 300)).isZero();
        assertThat(Path.of("/usr/sbin/nsd")).as("install it with: apt-get install nsd, or run .ci/run").isExecutable();
        dnsPort = freeDatagramPort();
        server = RunningServer.start(RealCounterpartsTest::askingOwnNameServer);
    }

    private static ServerConfig askingOwnNameServer(ServerConfig config) {
        var usual = config.outbound();
        return new ServerConfig(config.publicUrl(), config.masterKey(), config.listen(), config.database(), config.redis(),
                config.keys(), new ServerConfig.Outbound(usual.allowPrivateAddresses(), usual.allowHttp(), usual.caFile(),
                        List.of("127.0.0.1:" + dnsPort), dnsPort),
                config.providers(), config.budgets(), config.attempts(), config.logging());
    }

    private static int freeDatagramPort() throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void requireTool(String name, String install) {
        var found = List.of(System.getenv("PATH").split(":")).stream().anyMatch(at -> Files.isExecutable(Path.of(at, name)));
        assertThat(found).as("%s is needed on the PATH; install it with: %s, or run .ci/run", name, install).isTrue();
    }

    private static void requireFile(String file, String install) {
        assertThat(Path.of(file)).as("%s is needed; install it with: %s, or run .ci/run", file, install).exists();
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
    @ValueSource(strings = {"browser", "clients", "upstream-oidc", "upstream-oidc-logout", "upstream-saml",
            "downstream-saml", "downstream-mellon", "portal"})
    void suitePasses(String suite) throws IOException, InterruptedException {
        var exit = run(List.of("node", "--test", "--test-reporter=spec", suite + ".test.mjs"),
                Map.of("GATEHOUSE_URL", server.url(), "DNS_PORT", Integer.toString(dnsPort)), 300);

        assertThat(exit).as("the suite %s; its output is above", suite).isZero();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }
}
