package gatehouse.idp.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What came back. @param took from sending to the last byte */
record Answer(URI url, int status, TreeMap<String, List<String>> headers, String body, Duration took) {

    private static final Pattern TRACE = Pattern.compile("\\b[0-9a-f]{32}\\b");
    private static final Pattern FORM =
            Pattern.compile("<form method=\"post\" action=\"([^\"]*)\">(.*?)</form>", Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>");

    String header(String name) {
        return headers.getOrDefault(name, List.of("")).getFirst();
    }

    JsonNode json() {
        try {
            return new ObjectMapper().readTree(body);
        } catch (IOException notJson) {
            throw new UncheckedIOException("not JSON: " + this, notJson);
        }
    }

    String text(String field) {
        return json().path(field).asText();
    }

    /** The first trace id in the body. */
    Optional<String> traceId() {
        var found = TRACE.matcher(body);
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }

    /** Where it sends the browser, if it does. */
    Optional<URI> location() {
        var value = header("location");
        return value.isEmpty() ? Optional.empty() : Optional.of(url.resolve(value));
    }

    /** The parameters of where it sends the browser. */
    Map<String, String> redirectParameters() {
        return location().map(Answer::parameters)
                .orElseThrow(() -> new AssertionError("not a redirect: " + this));
    }

    static Map<String, String> parameters(URI uri) {
        var read = new LinkedHashMap<String, String>();
        var query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (var pair : query.split("&")) {
            var parts = pair.split("=", 2);
            if (parts.length == 2) {
                read.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return read;
    }

    /** The page's form: where it goes, and its fields as they would be sent. */
    Optional<FilledForm> form() {
        var found = FORM.matcher(body);
        if (!found.find()) {
            return Optional.empty();
        }
        var fields = new LinkedHashMap<String, String>();
        INPUT.matcher(found.group(2)).results().map(input -> input.group())
                .forEach(input -> attribute(input, "name")
                        .ifPresent(name -> fields.put(name, attribute(input, "value").orElse(""))));
        if (found.group(2).contains("name=\"action\"")) {
            fields.put("action", "continue");
        }
        return Optional.of(new FilledForm(url.resolve(plain(found.group(1))), fields));
    }

    record FilledForm(URI action, Map<String, String> fields) {}

    private static Optional<String> attribute(String tag, String name) {
        var found = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
        return found.find() ? Optional.of(plain(found.group(1))) : Optional.empty();
    }

    private static String plain(String html) {
        return html.replace("&quot;", "\"").replace("&#39;", "'").replace("&#x3D;", "=").replace("&#61;", "=")
                .replace("&#43;", "+").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    @Override
    public String toString() {
        return status + " " + url + " " + headers + "\n" + body;
    }
}
