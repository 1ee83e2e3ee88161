package gatehouse.loadtests;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;

/** A real HTTP server on a free port of loopback, answering as a test says. */
public final class TinyServer implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    public TinyServer(Handler<HttpServerRequest> answers) {
        server = vertx.createHttpServer().requestHandler(answers).listen(0, "127.0.0.1")
            .toCompletionStage().toCompletableFuture().join();
    }

    public Vertx vertx() {
        return vertx;
    }

    public int port() {
        return server.actualPort();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
