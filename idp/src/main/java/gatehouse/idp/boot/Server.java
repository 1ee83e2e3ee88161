package gatehouse.idp.boot;

import gatehouse.idp.boot.config.ServerConfig;
import gatehouse.idp.edge.HttpFront;
import gatehouse.spi.Unavailable;

/** A running server: start order, readiness, drain, stop. */
public final class Server implements AutoCloseable {

    private final Foundation base;
    private final Wiring wiring;
    private final HttpFront front;

    private Server(Foundation base, Wiring wiring, HttpFront front) {
        this.base = base;
        this.wiring = wiring;
        this.front = front;
    }

    /**
     * Starts a server, and returns once it answers: stores reached, tables up to date, {@code declared} applied, the
     * issuers' keys in memory.
     *
     * @throws StartRefused if it cannot start, saying why and what to do
     */
    public static Server start(ServerConfig config, Declaration declared) {
        var base = open(config);
        Wiring wiring = null;
        try {
            wiring = new Wiring(base, declared);
            if (declared.yaml().isPresent()) {
                wiring.apply("demo.yaml", declared.yaml().get(), false);
            }
            wiring.meetIssuers();
            base.keys.start();
            wiring.start();
            var front = HttpFront.open(base.vertx, config.listen().edge(), new HttpFront.Served(
                    config.publicUrl(), wiring.routes(), wiring.unmatched(), wiring.issuers(), config.budgets().config(),
                    wiring.meters()));
            return new Server(base, wiring, front);
        } catch (RuntimeException failed) {
            if (wiring != null) {
                wiring.close();
            }
            base.close();
            throw failed instanceof IllegalStateException refused && refused.getMessage().startsWith("cannot listen")
                    ? new StartRefused("Gatehouse does not start: " + refused.getMessage(), refused)
                    : failed;
        }
    }

    private static Foundation open(ServerConfig config) {
        try {
            return Foundation.open(config);
        } catch (Unavailable unreachable) {
            throw new StartRefused("Gatehouse does not start: " + unreachable.getMessage(), unreachable);
        } catch (IllegalStateException unfit) {
            throw new StartRefused("Gatehouse does not start: " + unfit.getMessage(), unfit);
        }
    }

    /**
     * Applies a file to the stores of {@code config} without serving: how a new deployment gets its first issuer,
     * clients and administrators.
     *
     * @return what it changed, or would change
     */
    public static String apply(ServerConfig config, String name, String yaml, boolean dryRun) {
        try (var base = open(config); var wiring = new Wiring(base, Declaration.none())) {
            return wiring.apply(name, yaml, dryRun).text();
        }
    }

    /** The port it listens on. */
    public int port() {
        return front.port();
    }

    @Override
    public void close() {
        front.close();
        wiring.close();
        base.close();
    }
}
