package gatehouse.idp.boot.command;

import gatehouse.idp.boot.config.ConfigExplanation;
import gatehouse.idp.boot.config.ConfigFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code config}: the reference of all keys, or a check of a file. */
@Command(
        name = "config",
        description = "Explain every configuration key, or check a configuration file.",
        mixinStandardHelpOptions = true)
public final class ConfigCommand implements Callable<Integer> {

    @Option(names = "--explain", description = "Print every key with its type, default and meaning.")
    private boolean explain;

    @Option(names = "--markdown", description = "With --explain: print a Markdown table.")
    private boolean markdown;

    @Option(names = "--check", paramLabel = "FILE", description = "Read FILE as a start would, and say what is wrong.")
    private Path check;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        if (check != null) {
            ConfigFile.read(check, System.getenv()).masterKeyBytes();
            out.println(check + " is a valid configuration.");
        } else if (explain) {
            out.print(markdown ? ConfigExplanation.markdown() : ConfigExplanation.text());
            out.flush();
        } else {
            spec.commandLine().usage(out);
            return 2;
        }
        return 0;
    }
}
