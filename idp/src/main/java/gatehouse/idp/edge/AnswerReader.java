package gatehouse.idp.edge;

import gatehouse.idp.http.HttpCaller.Answer;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.http.OutboundRefused.Reason;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Sends one request and collects its answer, no more of it than is allowed. Its handlers run on one event loop. */
final class AnswerReader {

    private final HttpClientRequest request;
    private final int bytesMax;

    AnswerReader(HttpClientRequest request, int bytesMax) {
        this.request = request;
        this.bytesMax = bytesMax;
    }

    /** The whole answer; fails with {@link OutboundRefused} as soon as it is too large. */
    CompletionStage<Answer> read(byte[] body) {
        // Who waits hears of failures through the future; without a handler Vert.x logs what any peer can cause.
        request.exceptionHandler(_ -> {});
        // Listened for before anything is sent: this is not the event loop, and the answer may be quicker than it.
        var answer = request.response().compose(this::collect);
        if (body.length == 0) {
            request.send();
        } else {
            request.send(Buffer.buffer(body));
        }
        return answer.toCompletionStage();
    }

    private Future<Answer> collect(HttpClientResponse response) {
        var done = Promise.<Answer>promise();
        var collected = Buffer.buffer();
        response.exceptionHandler(done::tryFail);
        response.handler(chunk -> {
            if (collected.length() + chunk.length() > bytesMax) {
                done.tryFail(new OutboundRefused(Reason.TOO_LARGE, "the address answered with more than is allowed"));
                response.handler(_ -> {});
                request.reset();
            } else {
                collected.appendBuffer(chunk);
            }
        });
        response.endHandler(_ -> done.tryComplete(
                new Answer(response.statusCode(), firstValues(response.headers()), collected.getBytes())));
        return done.future();
    }

    private static Map<String, String> firstValues(MultiMap headers) {
        var values = new HashMap<String, String>();
        headers.forEach((name, value) -> values.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        return Map.copyOf(values);
    }
}
