package gatehouse.loadtests;

import gatehouse.loadtests.target.TargetFileError;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the load tests. */
@Command(name = "loadtest", mixinStandardHelpOptions = true,
    description = "Drives any OpenID Provider and says what each journey costs.",
    subcommands = {RunCommand.class, CompareCommand.class, CeilingCommand.class})
public final class Main {

    private Main() {
    }

    /** Exits with 0; 1 if a row is invalid; 2 if the arguments or a file are wrong. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((failure, commandLine, _) -> {
            if (failure instanceof TargetFileError) {
                commandLine.getErr().println(failure.getMessage());
                return CommandLine.ExitCode.USAGE;
            }
            failure.printStackTrace(commandLine.getErr());
            return CommandLine.ExitCode.SOFTWARE;
        });
    }
}
