package gatehouse.idp.boot.command;

import gatehouse.idp.boot.Declaration;
import gatehouse.idp.boot.Server;
import gatehouse.idp.boot.StartRefused;
import gatehouse.idp.boot.config.ConfigFile;
import gatehouse.idp.boot.config.Overrides;
import gatehouse.idp.boot.embedded.EmbeddedStores;
import gatehouse.idp.boot.logging.Logs;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: a whole server with embedded stores, two organizations and an identity provider to sign in with. */
@Command(
        name = "demo",
        description = "Run a complete demo on this machine: embedded PostgreSQL and Redis, two organizations, an app.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

    @Option(names = "--port", paramLabel = "N", defaultValue = "8080", description = "Port (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--fresh", description = "Begin anew: wipe what earlier runs have kept.")
    private boolean fresh;

    @Option(names = "--data", paramLabel = "FOLDER", description = "Where data is kept (default: .gatehouse).")
    private Path data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logs.setUp("text", "warn");
        var out = spec.commandLine().getOut();
        var folder = data == null ? DataFolder.path() : data;
        if (fresh) {
            out.println("Wiping " + folder + " …");
            EmbeddedStores.wipe(folder);
        }
        out.println("Starting PostgreSQL and Redis, data in " + folder + " …");
        out.flush();
        var stores = start(folder);
        try {
            var config = Overrides.embedded(Overrides.development(ConfigFile.read(System.getenv()), port), stores);
            var server = Server.start(config, Declaration.demo());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                stores.close();
            }));
            Announcement.ready(out, config.publicUrl().toString());
            out.println(next(config.publicUrl()));
            out.flush();
        } catch (RuntimeException failed) {
            stores.close();
            throw failed;
        }
        new CountDownLatch(1).await();
        return 0;
    }

    private static EmbeddedStores start(Path folder) {
        try {
            return EmbeddedStores.start(folder);
        } catch (EmbeddedStores.FolderInUse inUse) {
            throw new StartRefused(inUse.getMessage(), inUse);
        }
    }

    private static String next(String url) {
        return """

                Try next (every demo password is: demo-password):
                  Sign in with a browser     %1$s/demo
                    ada@acme-ads.example       over OpenID Connect to her company's identity provider
                    grace@globex-media.example over SAML 2.0
                    root@gatehouse.example     with a local password
                  A service's token          curl -s -u demo-service:demo-service-secret -d grant_type=client_credentials %1$s/token
                  A customer's setup portal  ./gatehouse setup-link --organization acme-ads --intent sso --url %1$s
                  The admin API              %1$s/admin/v1/openapi.json
                  Discovery                  %1$s/.well-known/openid-configuration
                Stop with Ctrl-C. What you did is kept; --fresh begins anew.""".formatted(url);
    }
}
