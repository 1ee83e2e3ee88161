package gatehouse.idp.boot.command;

import gatehouse.idp.boot.Declaration;
import gatehouse.idp.boot.Server;
import gatehouse.idp.boot.config.ConfigFile;
import gatehouse.idp.boot.config.Overrides;
import gatehouse.idp.boot.config.ServerConfig;
import gatehouse.idp.boot.embedded.EmbeddedStores;
import gatehouse.idp.boot.logging.Logs;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: a server on PostgreSQL and Redis of your own. */
@Command(
        name = "serve",
        description = "Run the server with a configuration file.",
        mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file; GATEHOUSE_… variables win over it.")
    private Path file;

    @Option(names = "--dev", description = "Use embedded PostgreSQL and Redis, data in .gatehouse.")
    private boolean dev;

    @Option(names = "--data", paramLabel = "FOLDER", description = "With --dev: where data is kept.")
    private Path data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var config = file == null ? ConfigFile.read(System.getenv()) : ConfigFile.read(file, System.getenv());
        Logs.setUp(config.logging().format(), config.logging().level());
        if (dev) {
            var stores = EmbeddedStores.start(data == null ? DataFolder.path() : data);
            try {
                serve(Overrides.embedded(config, stores), stores::close);
            } catch (RuntimeException failed) {
                stores.close();
                throw failed;
            }
        } else {
            serve(config, () -> {});
        }
        new CountDownLatch(1).await();
        return 0;
    }

    private void serve(ServerConfig config, Runnable after) {
        var server = Server.start(config, Declaration.none());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            after.run();
        }));
        Announcement.ready(spec.commandLine().getOut(), config.publicUrl().toString());
    }
}
