package gatehouse.loadtests;

import gatehouse.loadtests.signatures.SignatureCeiling;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how many signatures one core makes and checks: no server that signs can do more. */
@Command(name = "ceiling", mixinStandardHelpOptions = true,
    description = "Measures the signatures that one core of this machine makes and checks.")
final class CeilingCommand implements Callable<Integer> {

    @Option(names = "--seconds", defaultValue = "2", paramLabel = "N",
        description = "CPU seconds per figure, after as many to warm (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var terminal = spec.commandLine().getOut();
        terminal.println("| library | algorithm | sign /core-s | verify /core-s |\n|---|---|---:|---:|");
        for (var figure : new SignatureCeiling(Duration.ofMillis(Math.max(1, Math.round(seconds * 1000)))).measure()) {
            terminal.println(String.format(Locale.ROOT, "| %s | %s | %,.0f | %,.0f |",
                figure.library(), figure.algorithm(), figure.signsPerSecond(), figure.verifiesPerSecond()));
        }
        terminal.flush();
        return 0;
    }
}
