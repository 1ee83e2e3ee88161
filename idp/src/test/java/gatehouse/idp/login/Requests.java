package gatehouse.idp.login;

import gatehouse.idp.http.Headers;
import gatehouse.idp.http.Request;
import gatehouse.spi.Issuer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes requests as the edge would. */
public final class Requests {

    public static final Issuer MAIN = Issuer.of(Issuer.ROOT, "https://id.example");

    private Requests() {}

    public static Request get(String path, String query, Map<String, String> pathParameters, Map<String,
            String> headers) {
        return request("GET", path, query, pathParameters, headers, "");
    }

    public static Request get(String path, Map<String, String> headers) {
        return get(path, "", Map.of(), headers);
    }

    public static Request post(String path, Map<String, String> pathParameters, Map<String, String> headers,
            Map<String, String> form) {
        var body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return request("POST", path, "", pathParameters, headers, body);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Request request(String method, String path, String query, Map<String, String> pathParameters,
            Map<String, String> headers, String body) {
        return new Request(new Request.Parts(method, MAIN, path, pathParameters, query,
                new Fields(headers, !body.isEmpty()),
                body.getBytes(StandardCharsets.UTF_8), "192.0.2.1", "trace-0123456789abcdef"));
    }

    private record Fields(Map<String, String> values, boolean form) implements Headers {
        @Override
        public Optional<String> first(String name) {
            return name.equals("content-type") && form
                    ? Optional.of("application/x-www-form-urlencoded")
                    : Optional.ofNullable(values.get(name));
        }

        @Override
        public List<String> all(String name) {
            return first(name).stream().toList();
        }
    }
}
