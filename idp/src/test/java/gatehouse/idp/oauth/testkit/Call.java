package gatehouse.idp.oauth.testkit;

import gatehouse.idp.http.Headers;
import gatehouse.idp.http.Request;
import gatehouse.spi.Issuer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request in the making, as a client or browser would send it. */
public final class Call {

    private final String method;
    private final String path;
    private final List<String> parameters = new ArrayList<>();
    private final Map<String, String> headers = new HashMap<>();
    private Issuer issuer = OAuthHarness.MAIN;
    private Map<String, String> pathParameters = Map.of();

    private Call(String method, String path) {
        this.method = method;
        this.path = path;
    }

    public static Call get(String path) {
        return new Call("GET", path);
    }

    public static Call post(String path) {
        return new Call("POST", path).header("content-type", "application/x-www-form-urlencoded");
    }

    /** One more parameter: of the body by POST, of the query by GET. Twice the same name sends it twice. */
    public Call with(String name, String value) {
        parameters.add(encode(name) + '=' + encode(value));
        return this;
    }

    /** Without any parameter {@code name}. */
    public Call without(String name) {
        parameters.removeIf(parameter -> parameter.startsWith(encode(name) + '='));
        return this;
    }

    public Call header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public Call cookie(String name, String value) {
        return header("cookie", name + '=' + value);
    }

    /** HTTP Basic, encoded as RFC 6749 §2.3.1 wants it. */
    public Call basic(String id, String secret) {
        return rawBasic(encode(id) + ':' + encode(secret));
    }

    public Call rawBasic(String pair) {
        return header("authorization", "Basic " + Base64.getEncoder()
                .encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    public Call bearer(String token) {
        return header("authorization", "Bearer " + token);
    }

    public Call at(Issuer value) {
        issuer = value;
        return this;
    }

    public Call pathParameter(String name, String value) {
        pathParameters = Map.of(name, value);
        return this;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    Request request() {
        var text = String.join("&", parameters);
        boolean posted = method.equals("POST");
        return new Request(new Request.Parts(method, issuer, path, pathParameters, posted ? "" : text,
                new Fields(headers),
                posted ? text.getBytes(StandardCharsets.UTF_8) : new byte[0], "192.0.2.1", OAuthHarness.TRACE));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private record Fields(Map<String, String> values) implements Headers {

        @Override
        public Optional<String> first(String name) {
            return Optional.ofNullable(values.get(name.toLowerCase(java.util.Locale.ROOT)));
        }

        @Override
        public List<String> all(String name) {
            return first(name).stream().toList();
        }
    }
}
