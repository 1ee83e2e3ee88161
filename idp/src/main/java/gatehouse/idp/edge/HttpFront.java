package gatehouse.idp.edge;

import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.idp.slo.BudgetsConfig;
import gatehouse.idp.slo.Meters;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The listening server: one acceptor per event loop, one route table, one count of requests in work. */
public final class HttpFront implements AutoCloseable {

    /** What the front serves. @param unmatched words 404, 405 and requests that are malformed as HTTP */
    public record Served(
            String publicUrl, List<Route> routes, Voice unmatched, Issuers issuers, BudgetsConfig budgets, Meters meters) {}

    private static final int REQUEST_LINE_BYTES_MAX = 16 * 1024;
    private static final int HEADER_BYTES_MAX = 32 * 1024;
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final String deployment;
    private final int port;
    private final AtomicInteger inWork;

    private HttpFront(Vertx vertx, String deployment, int port, AtomicInteger inWork) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.port = port;
        this.inWork = inWork;
    }

    /**
     * Listens and answers.
     *
     * @throws IllegalStateException if the port is taken
     */
    public static HttpFront open(Vertx vertx, EdgeConfig config, Served served) {
        var inWork = new AtomicInteger();
        var port = new AtomicInteger(config.port());
        // The work is done on virtual threads: few loops that are awake serve better than many that must be woken.
        var loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        var options = new HttpServerOptions()
                .setHost(config.host())
                .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setIdleTimeout(75)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setTcpNoDelay(true)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(false);
        try {
            if (config.port() == 0) {
                // Acceptors share one port, so a free one is found by the first of them.
                port.set(freePort(config.host()));
            }
            options.setPort(port.get());
            var runner = new RequestRunner(config, served, inWork);
            var id = vertx.deployVerticle(
                            () -> new Acceptor(options, runner), new DeploymentOptions().setInstances(loops))
                    .await(20, TimeUnit.SECONDS);
            return new HttpFront(vertx, id, port.get(), inWork);
        } catch (java.util.concurrent.TimeoutException late) {
            throw new IllegalStateException("could not listen on " + config.host() + ':' + port.get() + " in time", late);
        } catch (RuntimeException failed) {
            throw new IllegalStateException(
                    "cannot listen on " + config.host() + ':' + port.get() + ": " + failed.getMessage(), failed);
        }
    }

    private static int freePort(String host) {
        try (var socket = new java.net.ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new java.net.InetSocketAddress(host, 0));
            return socket.getLocalPort();
        } catch (java.io.IOException failed) {
            throw new IllegalStateException("no free port on " + host, failed);
        }
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Stops accepting, lets requests in work finish for a few seconds, then stops. */
    @Override
    public void close() {
        var until = System.nanoTime() + DRAIN.toNanos();
        while (inWork.get() > 0 && System.nanoTime() - until < 0) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        vertx.undeploy(deployment).await();
    }
}
