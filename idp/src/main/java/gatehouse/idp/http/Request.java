package gatehouse.idp.http;

import gatehouse.spi.Issuer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One HTTP request, read within limits, its issuer already resolved from the path. Used by one thread at a time. */
public final class Request {

    private final String method;
    private final Issuer issuer;
    private final String path;
    private final Map<String, String> pathParameters;
    private final String rawQuery;
    private final Headers headers;
    private final byte[] body;
    private final String clientAddress;
    private final String traceId;
    private Form query;
    private Form form;
    private Map<String, String> cookies;

    /** What the edge knows of a request; see the accessors. */
    public record Parts(
            String method,
            Issuer issuer,
            String path,
            Map<String, String> pathParameters,
            String rawQuery,
            Headers headers,
            byte[] body,
            String clientAddress,
            String traceId) {}

    public Request(Parts parts) {
        this.method = parts.method();
        this.issuer = parts.issuer();
        this.path = parts.path();
        this.pathParameters = parts.pathParameters();
        this.rawQuery = parts.rawQuery();
        this.headers = parts.headers();
        this.body = parts.body();
        this.clientAddress = parts.clientAddress();
        this.traceId = parts.traceId();
    }

    /** {@code GET}, {@code POST}, … */
    public String method() {
        return method;
    }

    /** The issuer the path belongs to; the root issuer for paths outside any. */
    public Issuer issuer() {
        return issuer;
    }

    /** The path within the issuer, beginning with a slash. */
    public String path() {
        return path;
    }

    /** The part of the path that {@code {name}} of the route's pattern stands for. */
    public String pathParameter(String name) {
        var value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + name + "}");
        }
        return value;
    }

    /** The query as it was sent, without the question mark; empty if there was none. */
    public String rawQuery() {
        return rawQuery;
    }

    public Headers headers() {
        return headers;
    }

    /** The first value of header {@code name}. */
    public Optional<String> header(String name) {
        return headers.first(name);
    }

    /** The body as it was sent. Not to be changed. */
    public byte[] body() {
        return body;
    }

    /** Where the request came from, behind trusted proxies only as far as they can be trusted. */
    public String clientAddress() {
        return clientAddress;
    }

    /** Names this request in logs, error bodies and error pages. */
    public String traceId() {
        return traceId;
    }

    /** The parameters of the query. */
    public Form query() {
        if (query == null) {
            query = Form.parse(rawQuery);
        }
        return query;
    }

    /**
     * The parameters of the body.
     *
     * @throws BadRequest unless the body is {@code application/x-www-form-urlencoded}
     */
    public Form form() {
        if (form == null) {
            if (body.length > 0 && !isForm()) {
                throw new BadRequest(BadRequest.Reason.UNSUPPORTED_MEDIA_TYPE,
                        "the body must be application/x-www-form-urlencoded");
            }
            form = Form.parse(new String(body, StandardCharsets.UTF_8));
        }
        return form;
    }

    private boolean isForm() {
        var type = header("content-type").orElse("");
        var end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().equalsIgnoreCase("application/x-www-form-urlencoded");
    }

    /** The value of cookie {@code name}; the first if it was sent more than once. */
    public Optional<String> cookie(String name) {
        if (cookies == null) {
            cookies = readCookies();
        }
        return Optional.ofNullable(cookies.get(name));
    }

    private Map<String, String> readCookies() {
        var read = new HashMap<String, String>();
        for (var header : headers.all("cookie")) {
            for (var pair : header.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    read.putIfAbsent(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
                }
            }
        }
        return read;
    }
}
