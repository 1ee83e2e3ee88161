package gatehouse.idp.boot.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.idp.apply.ApplyTarget;
import gatehouse.idp.apply.RemoteTarget;
import gatehouse.idp.boot.logging.Logs;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.spi.Issuer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code setup-link}: invites a customer's administrator to set up their own single sign-on. */
@Command(
        name = "setup-link",
        description = "Make single-use links by which a customer's administrator sets up their own single sign-on.",
        mixinStandardHelpOptions = true)
public final class SetupLinkCommand implements Callable<Integer> {

    private static final String DEMO_URL = "http://localhost:8080";

    @Option(names = "--organization", paramLabel = "ID", required = true, description = "Whose setup it is.")
    private String organization;

    @Option(names = "--intent", paramLabel = "INTENT", defaultValue = "sso",
            description = "sso, domain or certificate-renewal (default: ${DEFAULT-VALUE}).")
    private String intent;

    @Option(names = "--contact", paramLabel = "WHO", defaultValue = "your administrator",
            description = "Who gets a link; repeat it for several, each gets their own.")
    private List<String> contacts;

    @Option(names = "--inviter", paramLabel = "WHO", description = "Who invites, as the contact reads it.")
    private String inviter;

    @Option(names = "--connection", paramLabel = "ID", description = "The one connection it is about.")
    private String connection;

    @Option(names = "--expires-in", paramLabel = "DURATION",
            description = "How long it can be used, such as P7D or PT2H.")
    private Duration expiresIn;

    @Option(names = "--issuer", paramLabel = "NAME", defaultValue = Issuer.ROOT,
            description = "Issuer of the organization (default: ${DEFAULT-VALUE}).")
    private String issuer;

    @Option(names = "--url", paramLabel = "URL", defaultValue = DEMO_URL,
            description = "Public URL of the running server (default: ${DEFAULT-VALUE}).")
    private String url;

    @Option(names = "--client-id", paramLabel = "ID", defaultValue = "demo-admin",
            description = "Client with the scope gatehouse:admin (default: the demo's, ${DEFAULT-VALUE}).")
    private String clientId;

    @Option(names = "--client-secret-file", paramLabel = "FILE",
            description = "File with its secret. Without it: the environment variable CLIENT_SECRET, or the demo's.")
    private Path clientSecretFile;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Logs.setUp("text", "warn");
        var body = JsonNodeFactory.instance.objectNode().put("intent", intent);
        contacts.forEach(body.putArray("contacts")::add);
        if (inviter != null) {
            body.put("inviter", inviter);
        }
        if (connection != null) {
            body.put("connection", connection);
        }
        if (expiresIn != null) {
            body.put("expires_in_seconds", expiresIn.toSeconds());
        }
        var path = "/organizations/" + URLEncoder.encode(organization, StandardCharsets.UTF_8) + "/setup-links";
        try (var target = RemoteTarget.connect(url, clientId, secret(), false)) {
            var out = spec.commandLine().getOut();
            target.post(path, issuer, body).path("items").forEach(link -> out.println(contacts.size() == 1
                    ? link.path("url").asText()
                    : link.path("contact").asText() + "\t" + link.path("url").asText()));
            out.flush();
            return 0;
        } catch (InvalidDocument invalid) {
            invalid.problems().forEach(problem ->
                    spec.commandLine().getErr().println(problem.field() + " " + problem.problem()));
            return 2;
        } catch (ApplyTarget.TargetRefused refused) {
            spec.commandLine().getErr().println(refused.getMessage());
            return 2;
        }
    }

    private String secret() throws IOException {
        if (clientSecretFile != null) {
            return Files.readString(clientSecretFile).strip();
        }
        return System.getenv().getOrDefault("CLIENT_SECRET", "demo-admin-secret");
    }
}
