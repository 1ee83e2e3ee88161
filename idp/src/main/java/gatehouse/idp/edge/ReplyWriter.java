package gatehouse.idp.edge;

import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Route;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes a reply with the headers that every reply has. */
final class ReplyWriter {

    private static final CharSequence NOSNIFF_NAME = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence HSTS_NAME = HttpHeaders.createOptimized("Strict-Transport-Security");
    private static final CharSequence HSTS = HttpHeaders.createOptimized("max-age=31536000; includeSubDomains");
    private static final CharSequence ANY = HttpHeaders.createOptimized("*");
    private static final CharSequence EXPOSED = HttpHeaders.createOptimized("WWW-Authenticate");
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", java.util.Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private final boolean secure;
    private volatile Date date = new Date(0, "");

    private record Date(long second, CharSequence text) {}

    ReplyWriter(boolean secure) {
        this.secure = secure;
    }

    void write(HttpServerRequest wire, Reply reply, Route.Cors cors) {
        var response = wire.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(reply.status());
        var headers = response.headers();
        headers.add(HttpHeaderNames.DATE, now());
        headers.add(NOSNIFF_NAME, NOSNIFF);
        if (secure) {
            headers.add(HSTS_NAME, HSTS);
        }
        if (cors == Route.Cors.ANY_ORIGIN) {
            headers.add(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
            headers.add(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
        for (var header : reply.headers()) {
            headers.add(header.name(), header.value());
        }
        if (wire.method() == HttpMethod.HEAD) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(reply.body().length));
            response.end();
        } else if (reply.status() == 204 || reply.status() == 304) {
            response.end();
        } else {
            response.end(Buffer.buffer(reply.body()));
        }
    }

    private CharSequence now() {
        var second = System.currentTimeMillis() / 1000;
        var last = date;
        if (last.second != second) {
            last = new Date(second, HttpHeaders.createOptimized(HTTP_DATE.format(Instant.ofEpochSecond(second))));
            date = last;
        }
        return last.text;
    }
}
