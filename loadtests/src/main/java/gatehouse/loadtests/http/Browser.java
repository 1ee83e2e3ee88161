package gatehouse.loadtests.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One visitor's browser without JavaScript: redirects, cookies, and forms filled in by field name.
 *
 * <p>Scripts that only send a form are understood from the form. Blocking; used by one thread at a time.
 */
public final class Browser {

    private static final int MOST_STEPS = 30;

    private final HttpDriver http;
    private final FormReader forms;
    private final Cookies cookies = new Cookies();

    /** Empty field names mean: find the fields by their type and by the names in use. */
    public Browser(HttpDriver http, Optional<String> usernameField, Optional<String> passwordField) {
        this.http = http;
        this.forms = new FormReader(usernameField, passwordField);
    }

    /**
     * Goes from {@code start} to the first address that begins with {@code destination}, and does not enter it.
     *
     * @return that address, with the query, or with the fields that a page would have posted to it as query
     * @throws UnexpectedAnswer on an error page, a refused password, or a journey without end
     */
    public URI travel(URI start, URI destination, Visitor visitor) {
        var journey = new Journey(visitor);
        var next = Call.get(start, Map.of());
        for (var step = 0; step < MOST_STEPS; step++) {
            var answer = open(next);
            if (answer.isRedirect()) {
                next = Call.get(next.uri().resolve(answer.headers().get("Location")), Map.of());
            } else {
                next = fill(forms.read(text(answer), next.uri()), journey);
            }
            if (isAt(next.uri(), destination)) {
                return next.body().length() == 0 ? next.uri()
                    : URI.create(destination + "?" + next.body().toString(StandardCharsets.UTF_8));
            }
        }
        throw new UnexpectedAnswer("no end after " + MOST_STEPS + " steps");
    }

    /** The {@code Cookie} header this browser would send to an address; empty if none. */
    public String cookieHeader(URI to) {
        return cookies.header(to);
    }

    /** Keeps the cookies of an answer that another client received on this browser's behalf. */
    public void keepCookies(URI from, Answer answer) {
        cookies.take(from, answer.headers().getAll("Set-Cookie"));
    }

    private Answer open(Call call) {
        var headers = new HashMap<>(call.headers());
        headers.put("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
        headers.put("User-Agent", "Mozilla/5.0 (gatehouse-loadtests)");
        var cookieHeader = cookies.header(call.uri());
        if (!cookieHeader.isEmpty()) {
            headers.put("Cookie", cookieHeader);
        }
        var answer = http.await(new Call(call.method(), call.uri(), headers, call.body()));
        keepCookies(call.uri(), answer);
        return answer;
    }

    private static String text(Answer answer) {
        return answer.require(200).body().toString(StandardCharsets.UTF_8);
    }

    private static Call fill(Page page, Journey journey) {
        var fields = new HashMap<>(page.fields());
        page.usernameField().ifPresent(name -> fields.put(name, journey.name(page)));
        page.passwordField().ifPresent(name -> fields.put(name, journey.password(page)));
        var form = encode(fields);
        if (page.posts()) {
            return Call.form(page.action(), Map.of(), form);
        }
        var target = page.action().toString();
        return Call.get(URI.create(target + (target.contains("?") ? "&" : "?") + form), Map.of());
    }

    private static boolean isAt(URI uri, URI destination) {
        return destination.getScheme().equals(uri.getScheme()) && destination.getAuthority().equals(uri.getAuthority())
            && destination.getRawPath().equals(uri.getRawPath());
    }

    private static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
            .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    }

    /** What one visitor has already been asked; a page that asks again has refused the answer. */
    private static final class Journey {

        private static final int MOST_QUESTIONS = 3;

        private final Visitor visitor;
        private int namesGiven;
        private int passwordsGiven;

        Journey(Visitor visitor) {
            this.visitor = visitor;
        }

        String name(Page page) {
            if (++namesGiven > MOST_QUESTIONS) {
                throw new UnexpectedAnswer("asked for the name again: " + page.title());
            }
            return visitor.name();
        }

        String password(Page page) {
            if (++passwordsGiven > 1) {
                throw new UnexpectedAnswer("password refused: " + page.title());
            }
            return visitor.password();
        }
    }
}
