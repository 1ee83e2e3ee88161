package gatehouse.idp.boot.command;

import gatehouse.idp.apply.ConfigApply;
import gatehouse.idp.apply.ConfigFile;
import gatehouse.idp.apply.InvalidFile;
import gatehouse.idp.apply.RemoteTarget;
import gatehouse.idp.boot.logging.Logs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code apply}: brings a running server to what a file declares. */
@Command(
        name = "apply",
        description = "Bring a running server to what a file declares, and print what that changes.",
        mixinStandardHelpOptions = true)
public final class ApplyCommand implements Callable<Integer> {

    @Option(names = {"-f", "--file"}, paramLabel = "FILE", required = true, description = "Declarations, as in demo.yaml.")
    private Path file;

    @Option(names = "--dry-run", description = "Only print what would change.")
    private boolean dryRun;

    @Option(names = "--url", paramLabel = "URL", defaultValue = "http://localhost:8080",
            description = "Public URL of the server (default: ${DEFAULT-VALUE}).")
    private String url;

    @Option(names = "--client-id", paramLabel = "ID", defaultValue = "demo-admin",
            description = "Client with the scope gatehouse:admin (default: the demo's, ${DEFAULT-VALUE}).")
    private String clientId;

    @Option(names = "--client-secret", paramLabel = "SECRET",
            description = "Its secret; better in the environment variable GATEHOUSE_CLIENT_SECRET (default: the demo's).")
    private String clientSecret;

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
        try {
            var declared = ConfigFile.read(file.toString(), Files.readString(file), Map.of("public-url", url));
            try (var target = RemoteTarget.connect(url, clientId, secret(), dryRun)) {
                out.println(ConfigApply.applyRemotely(declared, target).text());
                out.flush();
                return 0;
            }
        } catch (InvalidFile invalid) {
            spec.commandLine().getErr().println(invalid.getMessage());
            return 2;
        }
    }

    private String secret() {
        if (clientSecret != null) {
            return clientSecret;
        }
        return System.getenv().getOrDefault("GATEHOUSE_CLIENT_SECRET", "demo-admin-secret");
    }
}
