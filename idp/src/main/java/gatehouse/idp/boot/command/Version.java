package gatehouse.idp.boot.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code version}: which Gatehouse this is. */
@Command(name = "version", description = "Print the version.")
public final class Version implements IVersionProvider, Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public String[] getVersion() {
        return new String[] {"Gatehouse " + number() + ", Java " + Runtime.version()};
    }

    @Override
    public void run() {
        spec.commandLine().getOut().println(getVersion()[0]);
    }

    /** The version this was built as. */
    public static String number() {
        var properties = new Properties();
        try (var stream = Version.class.getResourceAsStream("/gatehouse.properties")) {
            properties.load(stream);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.getProperty("version");
    }
}
