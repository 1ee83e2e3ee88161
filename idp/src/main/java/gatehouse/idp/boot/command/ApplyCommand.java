package gatehouse.idp.boot.command;

import gatehouse.idp.apply.ApplyTarget;
import gatehouse.idp.apply.ConfigApply;
import gatehouse.idp.apply.ConfigFile;
import gatehouse.idp.apply.InvalidFile;
import gatehouse.idp.apply.RemoteTarget;
import gatehouse.idp.boot.Server;
import gatehouse.idp.boot.logging.Logs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code apply}: brings a running server to what a file declares. */
@Command(
        name = "apply",
        description = "Bring a running server to what a file declares, and print what that changes.",
        mixinStandardHelpOptions = true)
public final class ApplyCommand implements Callable<Integer> {

    private static final String DEMO_URL = "http://localhost:8080";

    @Option(names = {"-f", "--file"}, paramLabel = "FILE", required = true, description = "Declarations, as in demo.yaml.")
    private Path file;

    @Option(names = "--dry-run", description = "Only print what would change.")
    private boolean dryRun;

    @Option(names = "--config", paramLabel = "FILE", description = "Apply to the database of this configuration, without a "
            + "running server: for the first issuer, clients and administrators of a new deployment.")
    private Path config;

    @Option(names = "--url", paramLabel = "URL", defaultValue = DEMO_URL,
            description = "Public URL of the running server (default: ${DEFAULT-VALUE}).")
    private String url;

    @Option(names = "--client-id", paramLabel = "ID", defaultValue = "demo-admin",
            description = "Client with the scope gatehouse:admin (default: the demo's, ${DEFAULT-VALUE}).")
    private String clientId;

    @Option(names = "--client-secret-file", paramLabel = "FILE",
            description = "File with its secret. Without it: the environment variable CLIENT_SECRET, or, for a server on "
                    + "this machine, the demo's.")
    private Path clientSecretFile;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Logs.setUp("text", "warn");
        var out = spec.commandLine().getOut();
        if (!Files.isReadable(file)) {
            spec.commandLine().getErr().println("cannot read " + file);
            return 2;
        }
        var yaml = Files.readString(file);
        try {
            out.println(config == null ? remotely(yaml) : Server.apply(
                    gatehouse.idp.boot.config.ConfigFile.read(config, System.getenv()), file.toString(), yaml, dryRun));
            out.flush();
            return 0;
        } catch (InvalidFile | ApplyTarget.TargetRefused refused) {
            spec.commandLine().getErr().println(refused.getMessage());
            return 2;
        }
    }

    private String remotely(String yaml) throws IOException {
        var declared = ConfigFile.read(file.toString(), yaml, Map.of("public-url", url));
        try (var target = RemoteTarget.connect(url, clientId, secret(), dryRun)) {
            return ConfigApply.applyRemotely(declared, target).text();
        }
    }

    private String secret() throws IOException {
        if (clientSecretFile != null) {
            return Files.readString(clientSecretFile).strip();
        }
        var secret = Optional.ofNullable(System.getenv("CLIENT_SECRET")).or(() -> demoSecret(clientId, url));
        return secret.orElseThrow(() -> new ParameterException(spec.commandLine(),
                "no secret for client " + clientId + ": give --client-secret-file FILE, "
                        + "or CLIENT_SECRET in the environment"));
    }

    /** The secret that everybody knows, for the client and the machine that it is meant for, and no other. */
    static Optional<String> demoSecret(String clientId, String url) {
        var host = URI.create(url).getHost();
        return clientId.equals("demo-admin") && List.of("localhost", "127.0.0.1", "[::1]").contains(host)
                ? Optional.of("demo-admin-secret") : Optional.empty();
    }
}
