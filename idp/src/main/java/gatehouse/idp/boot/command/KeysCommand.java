package gatehouse.idp.boot.command;

import gatehouse.idp.boot.Server;
import gatehouse.idp.boot.Server.KeyTurn;
import gatehouse.idp.boot.config.ConfigFile;
import gatehouse.idp.boot.logging.Logs;
import gatehouse.idp.keys.KeyRotator.KeyView;
import gatehouse.idp.keys.RotationRefused;
import gatehouse.spi.Issuer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys}: looks at the keys of an issuer and turns them, on the database itself. */
@Command(
        name = "keys",
        description = {
            "Look at the keys of an issuer, or turn them. Works on the database of the configuration; running servers"
                    + " follow within a minute.",
            "list: print them. rotate: let the published next token keys sign now.",
            "prepare --saml: publish the next SAML certificates now. rotate --saml: let them sign."
        },
        mixinStandardHelpOptions = true)
public final class KeysCommand implements Callable<Integer> {

    /** What to do. */
    private enum Action {
        list,
        prepare,
        rotate
    }

    @Parameters(paramLabel = "ACTION", description = "${COMPLETION-CANDIDATES}")
    private Action action;

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The server's configuration.")
    private Path config;

    @Option(names = "--issuer", paramLabel = "NAME", defaultValue = Issuer.ROOT,
            description = "Whose keys (default: ${DEFAULT-VALUE}).")
    private String issuer;

    @Option(names = "--saml", description = "The SAML keys instead of those that sign tokens.")
    private boolean saml;

    @Option(names = "--unprepared", description = "With rotate --saml: even if partners had less than the usual time to"
            + " take the next certificates in.")
    private boolean unprepared;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Logs.setUp("text", "warn");
        if (action == Action.prepare && !saml || unprepared && !(saml && action == Action.rotate)) {
            spec.commandLine().getErr().println("prepare is for --saml, and --unprepared for rotate --saml");
            return 2;
        }
        try {
            var keys = Server.keys(ConfigFile.read(config, System.getenv()), issuer, turn());
            var out = spec.commandLine().getOut();
            keys.forEach(key -> out.println(line(key)));
            out.flush();
            return 0;
        } catch (RotationRefused refused) {
            spec.commandLine().getErr().println(refused.getMessage());
            return 1;
        }
    }

    private Optional<KeyTurn> turn() {
        return switch (action) {
            case list -> Optional.empty();
            case prepare -> Optional.of(KeyTurn.SAML_PREPARED);
            case rotate -> Optional.of(!saml ? KeyTurn.TOKENS_ROTATED
                    : unprepared ? KeyTurn.SAML_ROTATED_UNPREPARED : KeyTurn.SAML_ROTATED);
        };
    }

    private static String line(KeyView key) {
        return String.join("  ", key.use(), key.algorithm(), key.state(), key.kid(), "from " + key.signsFrom(),
                key.certificate().map(one -> "certificate until " + one.getNotAfter().toInstant()).orElse("")).strip();
    }
}
