package gatehouse.idp.login;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Route;
import gatehouse.sessions.Session;
import gatehouse.spi.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser: keeps cookies, knows the page it is on, submits its form. */
final class TestBrowser {

    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

    final Map<String, String> cookies = new HashMap<>();
    private final TestIdp idp;
    private String page = "";
    private String at = "";
    private Reply last = Reply.empty(200);

    TestBrowser(TestIdp idp) {
        this.idp = idp;
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(10));
    }

    /** Headers of a request from a page of our own, or a navigation to us. */
    Map<String, String> headers() {
        return cookies.isEmpty()
                ? Map.of()
                : Map.of("cookie", cookies.entrySet().stream().map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; ")));
    }

    /** Asks to sign in; follows redirects within the login. */
    LoginAnswer ask(LoginRequest asked) {
        var request = Requests.get("/authorize", headers());
        var answer = idp.login.begin(asked, request, soon());
        if (answer instanceof LoginAnswer.Interact(var reply)) {
            take(reply);
        }
        return answer;
    }

    /** Goes to {@code url}. */
    TestBrowser go(String url) {
        return go(url, headers());
    }

    private TestBrowser go(String url, Map<String, String> headers) {
        at = url;
        int question = url.indexOf('?');
        var path = question < 0 ? url : url.substring(0, question);
        var route = route("GET", path);
        var query = question < 0 ? "" : url.substring(question + 1);
        return take(answer(route, Requests.get(path, query, parameters(route, path), headers)));
    }

    /** Loads the page it is on anew. */
    TestBrowser reload() {
        return go(at);
    }

    /** Submits the form of the page with {@code fields} filled in. */
    TestBrowser submit(String... fields) {
        var form = new LinkedHashMap<String, String>();
        HIDDEN.matcher(page).results().forEach(field -> form.put(field.group(1), field.group(2)));
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return post(at.replaceFirst("\\?.*", ""), headers(), form);
    }

    /** Posts from another site: no {@code SameSite} cookie comes along. */
    TestBrowser postFromElsewhere(String path, Map<String, String> form) {
        return post(path, Map.of(), form);
    }

    TestBrowser post(String path, Map<String, String> headers, Map<String, String> form) {
        var route = route("POST", path);
        at = path;
        return take(answer(route, Requests.post(path, parameters(route, path), headers, form)));
    }

    private Reply answer(Route route, Request request) {
        try {
            return route.endpoint().handle(request, soon());
        } catch (Refusal refusal) {
            return route.voice().refuse(refusal, request);
        }
    }

    private TestBrowser take(Reply reply) {
        last = reply;
        page = new String(reply.body(), StandardCharsets.UTF_8);
        for (var header : reply.headers()) {
            if (header.name().equals("Set-Cookie")) {
                var pair = header.value().split(";")[0].split("=", 2);
                cookies.put(pair[0], pair[1]);
            }
        }
        if (reply.status() == 303 && location().startsWith("/login/")) {
            return go(location());
        }
        return this;
    }

    String location() {
        return last.headers().stream().filter(header -> header.name().equals("Location")).findFirst()
                .map(Reply.Header::value).orElse("");
    }

    int status() {
        return last.status();
    }

    String page() {
        return page;
    }

    String at() {
        return at;
    }

    /** The id of the flow it is in, or was sent back to the front door with. */
    String flow() {
        var resumed = location().indexOf("flow=");
        return resumed >= 0 ? location().substring(resumed + 5) : at.replaceFirst("\\?.*", "")
                .substring("/login/".length());
    }

    /** A second browser window of the same profile. */
    TestBrowser tab() {
        var tab = new TestBrowser(idp);
        tab.cookies.putAll(cookies);
        tab.at = at;
        tab.page = page;
        tab.last = last;
        return tab;
    }

    LoginOutcome resume() {
        return idp.login.resume(flow(), Requests.get("/resume", headers()), soon());
    }

    /** The session that the login ended with. */
    Session session() {
        var outcome = resume();
        assertThat(outcome).isInstanceOf(LoginOutcome.Finished.class);
        return ((LoginOutcome.Finished) outcome).result().session();
    }

    /** Signs in through acme's identity provider. */
    Session signInAda() {
        ask(TestIdp.asking().request());
        submit("identifier", "ada@acme-ads.example");
        go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        return session();
    }

    /** Signs in by a local password. */
    Session signInRoot() {
        ask(TestIdp.asking().request());
        submit("identifier", "root@gatehouse.example").submit("password", "demo-password");
        return session();
    }

    private Route route(String method, String path) {
        return idp.routes.stream()
                .filter(route -> route.method().equals(method)
                        && path.matches(route.path().replaceAll("\\{\\w+}", "[^/]*")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no route for " + path));
    }

    private static Map<String, String> parameters(Route route, String path) {
        var pattern = route.path().split("/");
        var segments = path.split("/", -1);
        var parameters = new HashMap<String, String>();
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i].startsWith("{")) {
                parameters.put(pattern[i].substring(1, pattern[i].length() - 1), segments[i]);
            }
        }
        return parameters;
    }
}
