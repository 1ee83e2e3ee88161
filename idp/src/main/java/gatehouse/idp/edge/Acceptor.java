package gatehouse.idp.edge;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

/** Accepts connections on one event loop. */
final class Acceptor extends VerticleBase {

    private static final long SWEEP_MILLIS = 20;

    private final HttpServerOptions options;
    private final RequestRunner runner;

    Acceptor(HttpServerOptions options, RequestRunner runner) {
        this.options = options;
        this.runner = runner;
    }

    @Override
    public Future<HttpServer> start() {
        var exchanges = new Exchanges();
        vertx.setPeriodic(SWEEP_MILLIS, _ -> exchanges.answerOverdue());
        return vertx.createHttpServer(options)
                .requestHandler(request -> runner.receive(request, exchanges, context))
                .invalidRequestHandler(runner::refuseMalformed)
                .listen();
    }
}
