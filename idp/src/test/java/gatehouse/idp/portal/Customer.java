package gatehouse.idp.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The browser of a customer's administrator, without scripts; and, to invite them, an operator's client. */
final class Customer {

    private static final HttpClient HTTP = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final String base;
    final Map<String, String> cookies = new LinkedHashMap<>();

    Customer(String base) {
        this.base = base;
    }

    /** What came back. */
    record Answer(int status, String body, String location, String url) {

        /** The form field {@code name} of the page. */
        String field(String name) {
            var found = Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(body);
            assertThat(found.find()).as("a field %s in %s", name, body).isTrue();
            return found.group(1);
        }
    }

    Answer get(String path) {
        return send(request(path).GET(), path);
    }

    /** Gets {@code path} and what it redirects to, within this server. */
    Answer open(String path) {
        var answer = get(path);
        for (int i = 0; i < 8 && answer.status() == 303 && answer.location().startsWith("/"); i++) {
            answer = get(answer.location());
        }
        return answer;
    }

    Answer post(String path, Map<String, String> fields) {
        return send(request(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(fields))), path);
    }

    /** Posts a form with the proof of the session that the last page carried. */
    Answer submit(String path, Map<String, String> fields) {
        var all = new LinkedHashMap<>(fields);
        all.put("csrf", csrf());
        return post(path, all);
    }

    /** The proof of this session. */
    String csrf() {
        return open("/portal").field("csrf");
    }

    Answer upload(String path, Map<String, String> fields, String file, String content) {
        var boundary = "b0undary";
        var body = new StringBuilder();
        fields.forEach((name, value) -> body.append("--").append(boundary)
                .append("\r\nContent-Disposition: form-data; name=\"").append(name).append("\"\r\n\r\n")
                .append(value).append("\r\n"));
        body.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=\"").append(file)
                .append("\"; filename=\"m.xml\"\r\nContent-Type: text/xml\r\n\r\n").append(content)
                .append("\r\n--").append(boundary).append("--\r\n");
        return send(request(path).header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofString(body.toString())), path);
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base + path))
                .timeout(PATIENCE).header("Accept", "text/html");
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies.entrySet().stream().map(cookie -> cookie.getKey() + "="
                    + cookie.getValue()).collect(Collectors.joining("; ")));
        }
        return request;
    }

    private Answer send(HttpRequest.Builder request, String path) {
        var answer = sent(request.build());
        answer.headers().allValues("set-cookie").forEach(cookie -> {
            var pair = cookie.split(";", 2)[0].split("=", 2);
            if (pair[1].isEmpty()) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        });
        return new Answer(answer.statusCode(), answer.body(), answer.headers().firstValue("location").orElse(""),
                path);
    }

    private static HttpResponse<String> sent(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(entry -> URLEncoder.encode(entry.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** What the admin API answers to the demo's operator. */
    Answer admin(String method, String path, String json) {
        var token = sent(HttpRequest.newBuilder(URI.create(base + "/token")).timeout(PATIENCE)
                .header("Authorization", "Basic " + Base64.getEncoder()
                        .encodeToString("demo-admin:demo-admin-secret".getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials")).build()).body();
        var bearer = Pattern.compile("\"access_token\":\"([^\"]+)\"").matcher(token);
        assertThat(bearer.find()).as(token).isTrue();
        var answer = sent(HttpRequest.newBuilder(URI.create(base + "/admin/v1" + path)).timeout(PATIENCE)
                .header("Authorization", "Bearer " + bearer.group(1))
                .header("Content-Type", "application/json").header("If-Match", "*")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json)).build());
        return new Answer(answer.statusCode(), answer.body(), "", path);
    }

    /** What of the admin API's answer stands in {@code field}. */
    static String text(Answer answer, String field) {
        var found = Pattern.compile("\"" + field + "\":\"([^\"]+)\"").matcher(answer.body());
        assertThat(found.find()).as(answer.body()).isTrue();
        return found.group(1);
    }

    /** A new link for {@code organization}. */
    String link(String organization, String more) {
        var answer = admin("POST", "/organizations/" + organization + "/setup-links",
                "{\"contacts\":[\"it@customer.example\"],\"inviter\":\"Nina of Gatehouse\"," + more + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        var url = Pattern.compile("\"url\":\"([^\"]+)\"").matcher(answer.body());
        assertThat(url.find()).isTrue();
        return url.group(1).substring(base.length());
    }

    /** Opens a new link for {@code organization}. */
    Customer enter(String organization, String more) {
        var link = link(organization, more);
        assertThat(get(link).status()).isEqualTo(200);
        var opened = post(link, Map.of());
        assertThat(opened.status()).as(opened.body()).isEqualTo(303);
        return this;
    }
}
