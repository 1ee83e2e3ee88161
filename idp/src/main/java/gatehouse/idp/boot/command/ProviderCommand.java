package gatehouse.idp.boot.command;

import gatehouse.idp.boot.ProviderHosting;
import gatehouse.idp.boot.config.ConfigFile;
import gatehouse.idp.boot.config.ServerConfig;
import gatehouse.idp.boot.logging.Logs;
import gatehouse.spi.hosting.ProviderInspection;
import gatehouse.spi.hosting.ProviderReports;
import gatehouse.spi.hosting.doctor.JarDiagnosis;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code provider}: what Keycloak providers are hosted, and what stands against a jar. */
@Command(
        name = "provider",
        description = "List hosted Keycloak providers, or check a provider jar before it is installed.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class ProviderCommand implements Runnable {

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file that names the providers folder.")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "list", description = "The kinds of providers that are hosted, and every jar of the providers folder.")
    int list() {
        Logs.setUp("text", "warn");
        spec.commandLine().getOut().print(ProviderReports.list(ProviderInspection.of(ProviderHosting.config(config())).all()));
        spec.commandLine().getOut().flush();
        return 0;
    }

    @Command(name = "check", description = "Judge a provider jar without loading it; exit code 1 if it would be refused.")
    int check(@Parameters(paramLabel = "JAR") Path jar) {
        Logs.setUp("text", "warn");
        var diagnosis = ProviderInspection.check(ProviderHosting.config(config()), jar);
        spec.commandLine().getOut().print(ProviderReports.check(diagnosis));
        spec.commandLine().getOut().flush();
        return diagnosis.verdict() == JarDiagnosis.Verdict.REFUSED ? 1 : 0;
    }

    private ServerConfig config() {
        return file == null ? ConfigFile.read(System.getenv()) : ConfigFile.read(file, System.getenv());
    }
}
