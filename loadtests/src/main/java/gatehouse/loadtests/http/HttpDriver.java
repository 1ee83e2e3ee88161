package gatehouse.loadtests.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP client of the driver: HTTP/1.1 over a bounded pool of kept-alive connections per server.
 *
 * <p>Follows no redirect and keeps no cookie. A response over {@link #LARGEST_BODY} bytes, or one that makes no
 * progress for the whole time-out, fails its request.
 */
public final class HttpDriver {

    /** Largest response body accepted, in bytes. */
    public static final int LARGEST_BODY = 1 << 20;

    private final HttpClient client;
    private final Duration timeout;

    /** @param connections largest number of connections to one server; further requests wait their turn */
    public HttpDriver(Vertx vertx, int connections, Duration timeout) {
        this.timeout = timeout;
        var options = new HttpClientOptions()
            .setKeepAlive(true).setTcpNoDelay(true).setConnectTimeout(5_000)
            .setKeepAliveTimeout(30).setMaxChunkSize(16_384).setDecompressionSupported(false);
        this.client = vertx.createHttpClient(options,
            new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(-1));
    }

    /** Sends one request; the future fails on a transport error or a limit, whatever the status. */
    public Future<Answer> send(Call call) {
        var uri = call.uri();
        var options = new RequestOptions()
            .setMethod(call.method()).setSsl(isHttps(uri)).setHost(uri.getHost()).setPort(port(uri))
            .setURI(pathAndQuery(uri)).setIdleTimeout(timeout.toMillis());
        return client.request(options).compose(request -> {
            call.headers().forEach(request::putHeader);
            return request.send(call.body()).compose(HttpDriver::read);
        });
    }

    /** As {@link #send}, for journeys on virtual threads: parks until the answer is there. */
    public Answer await(Call call) {
        try {
            return send(call).toCompletionStage().toCompletableFuture().orTimeout(timeout.toMillis(),
                TimeUnit.MILLISECONDS).join();
        } catch (CompletionException failure) {
            throw new UnexpectedAnswer(reason(failure.getCause()));
        }
    }

    /** A short name for a failure, equal for equal failures. */
    public static String reason(Throwable failure) {
        if (failure instanceof UnexpectedAnswer) {
            return failure.getMessage();
        }
        // Ports and ids would make a reason of each failure.
        var message = String.valueOf(failure.getMessage()).replaceAll("\\d{3,}", "#");
        return failure.getClass().getSimpleName() + ": " + message;
    }

    private static Future<Answer> read(HttpClientResponse response) {
        var whole = Promise.<Answer>promise();
        var body = Buffer.buffer();
        response.handler(chunk -> {
            if (body.length() + chunk.length() > LARGEST_BODY) {
                whole.tryFail(new UnexpectedAnswer("body over " + LARGEST_BODY + " bytes"));
                response.request().reset();
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.exceptionHandler(whole::tryFail);
        response.endHandler(_ -> whole.tryComplete(new Answer(response.statusCode(), response.headers(), body)));
        return whole.future();
    }

    private static boolean isHttps(URI uri) {
        return "https".equals(uri.getScheme());
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : isHttps(uri) ? 443 : 80;
    }

    private static String pathAndQuery(URI uri) {
        var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
