package gatehouse.loadtests.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * One HTTP request, ready to be sent any number of times.
 *
 * @param uri     absolute, without fragment
 * @param headers sent as they are; {@code Content-Length} and {@code Host} are added
 * @param body    empty for GET
 */
public record Call(HttpMethod method, URI uri, Map<String, String> headers, Buffer body) {

    private static final Buffer NOTHING = Buffer.buffer();

    public static Call get(URI uri, Map<String, String> headers) {
        return new Call(HttpMethod.GET, uri, headers, NOTHING);
    }

    /** A POST of a body already in {@code application/x-www-form-urlencoded}. */
    public static Call form(URI uri, Map<String, String> headers, String body) {
        var all = new HashMap<>(headers);
        all.put("Content-Type", "application/x-www-form-urlencoded");
        return new Call(HttpMethod.POST, uri, Map.copyOf(all), Buffer.buffer(body));
    }
}
