package gatehouse.idp.boot;

import gatehouse.idp.boot.command.ApplyCommand;
import gatehouse.idp.boot.command.ConfigCommand;
import gatehouse.idp.boot.command.DemoCommand;
import gatehouse.idp.boot.command.KeysCommand;
import gatehouse.idp.boot.command.ProviderCommand;
import gatehouse.idp.boot.command.ServeCommand;
import gatehouse.idp.boot.command.SetupLinkCommand;
import gatehouse.idp.boot.command.Version;
import gatehouse.idp.boot.command.WarmUpCommand;
import gatehouse.idp.boot.config.InvalidConfig;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "gatehouse",
        description = "Enterprise SSO and session identity server.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            ApplyCommand.class,
            DemoCommand.class,
            SetupLinkCommand.class,
            ServeCommand.class,
            ConfigCommand.class,
            KeysCommand.class,
            ProviderCommand.class,
            Version.class,
            WarmUpCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Of the launcher itself:",
            "  test                     run all tests",
            "  loadtest                 drive an OpenID Provider with load, and compare",
        })
public final class Main {



    public static void main(String[] arguments) {
        var commands = new CommandLine(Main.class).setExecutionExceptionHandler((failure, command, _) -> {
            if (failure instanceof InvalidConfig || failure instanceof StartRefused) {
                command.getErr().println(failure.getMessage());
                return 2;
            }
            failure.printStackTrace(command.getErr());
            return 1;
        });
        // The default factory makes Main by reflection; it has nothing to make.
        System.exit(commands.execute(arguments.length == 0 ? new String[] {"help"} : arguments));
    }
}
