package gatehouse.idp.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.admin.resource.Schemas;
import gatehouse.idp.schema.FieldProblem;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.schema.RecordJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A running server, by its admin API, with a token that a client got for itself (RFC 6749 §4.4). Used by the command
 * line, which trusts the URL its user gave it.
 */
public final class RemoteTarget implements ApplyTarget, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SCOPE = "gatehouse:admin";

    private final String publicUrl;
    private final HttpClient http;
    private final String bearer;
    private final boolean dryRun;

    private RemoteTarget(String publicUrl, HttpClient http, String bearer, boolean dryRun) {
        this.publicUrl = publicUrl;
        this.http = http;
        this.bearer = bearer;
        this.dryRun = dryRun;
    }

    /**
     * Signs in to the server at {@code publicUrl}.
     *
     * @param dryRun only ask what would change
     * @throws TargetRefused if it cannot be reached, or gives no token
     */
    public static RemoteTarget connect(String publicUrl, String clientId, String clientSecret, boolean dryRun) {
        var url = publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
        var http = HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NEVER).build();
        var metadata = json(send(http, request(url + "/.well-known/openid-configuration").GET().build()));
        var endpoint = metadata.path("token_endpoint").asText();
        if (endpoint.isEmpty()) {
            throw new TargetRefused(url + " is not an OpenID provider: its metadata names no token_endpoint");
        }
        // RFC 6749 §2.3.1: both parts are form-encoded before they are joined.
        var credentials = encoded(clientId) + ":" + encoded(clientSecret);
        var answer = send(http, request(endpoint)
                .header("Authorization", "Basic "
                        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&scope=" + encoded(SCOPE)))
                .build());
        if (answer.statusCode() != 200) {
            throw new TargetRefused("no token for client " + clientId + ": " + json(answer).path("error").asText()
                    + " " + json(answer).path("error_description").asText());
        }
        return new RemoteTarget(url, http, json(answer).path("access_token").asText(), dryRun);
    }

    @Override
    public Optional<Known> find(String path, String issuer, ObjectNode declared) {
        var named = Schemas.of(path);
        var key = declared.path(named.idField()).asText();
        var parameters = new ArrayList<>(List.of("issuer=" + encoded(issuer)));
        if (path.equals("domains")) {
            parameters.add("organization=" + encoded(declared.path("organization").asText()));
        }
        if (path.equals("users") || path.equals("service-providers")) {
            parameters.add(named.idField() + "=" + encoded(key));
            parameters.add("limit=2");
            var items = accepted(call("GET", "/" + path, parameters, Map.of(), Optional.empty())).path("items");
            if (items.size() > 1) {
                throw new TargetRefused("several have this " + named.idField());
            }
            return items.isEmpty() ? Optional.empty()
                    : Optional.of(new Known(items.get(0).path("id").asText(), (ObjectNode) items.get(0)));
        }
        var answer = call("GET", "/" + path + "/" + encoded(key), parameters, Map.of(), Optional.empty());
        return answer.statusCode() == 404 ? Optional.empty() : Optional.of(new Known(key, accepted(answer)));
    }

    @Override
    public void create(String path, String issuer, ObjectNode declared) {
        if (!dryRun) {
            accepted(call("POST", "/" + path, List.of("issuer=" + encoded(issuer)), Map.of(), Optional.of(declared)));
        }
    }

    @Override
    public Patched patch(String path, String issuer, Known known, ObjectNode declared) {
        var parameters = new ArrayList<>(List.of("issuer=" + encoded(issuer), "dry_run=" + dryRun));
        if (path.equals("domains")) {
            parameters.add("organization=" + encoded(declared.path("organization").asText()));
        }
        var condition = Map.of("If-Match", "\"" + known.document().path("version").asText() + "\"");
        var answer = call("PATCH", "/" + path + "/" + encoded(known.id()), parameters, condition,
                Optional.of(declared));
        var document = accepted(answer);
        var fields = answer.headers().firstValue("Gatehouse-Changed").orElse("");
        return new Patched(document, fields.isEmpty() ? List.of() : List.of(fields.split(" ")));
    }

    /**
     * Posts {@code body} to {@code path}, and answers what comes back.
     *
     * @throws InvalidDocument naming the fields that are wrong
     * @throws TargetRefused   if it is refused for another reason
     */
    public ObjectNode post(String path, String issuer, ObjectNode body) {
        return accepted(call("POST", path, List.of("issuer=" + encoded(issuer)), Map.of(), Optional.of(body)));
    }

    private HttpResponse<String> call(
            String method, String path, List<String> parameters, Map<String, String> headers,
                    Optional<ObjectNode> body) {
        var request = request(publicUrl + "/admin/v1" + path + "?" + String.join("&", parameters))
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
                .method(method, body.map(json -> HttpRequest.BodyPublishers.ofString(json.toString()))
                        .orElse(HttpRequest.BodyPublishers.noBody()));
        headers.forEach(request::header);
        return send(http, request.build());
    }

    private static ObjectNode accepted(HttpResponse<String> answer) {
        var json = json(answer);
        if (answer.statusCode() / 100 == 2 && json instanceof ObjectNode object) {
            return object;
        }
        var problems = new ArrayList<FieldProblem>();
        json.path("errors").forEach(error ->
                problems.add(new FieldProblem(error.path("field").asText(), error.path("problem").asText())));
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems);
        }
        throw new TargetRefused(answer.statusCode() + " " + json.path("detail").asText("without an explanation"));
    }

    private static HttpRequest.Builder request(String url) {
        try {
            return HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).header("Accept", "application/json");
        } catch (IllegalArgumentException malformed) {
            throw new TargetRefused(url + " is not a URL");
        }
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new TargetRefused(request.uri() + " cannot be reached: " + unreachable.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TargetRefused("interrupted");
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return RecordJson.MAPPER.readTree(answer.body());
        } catch (JsonProcessingException other) {
            throw new TargetRefused(answer.uri() + " answered " + answer.statusCode() + " without JSON");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.close();
    }
}
