package gatehouse.idp.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A browser of few talents, and the client programs behind it: keeps cookies, follows redirects up to the application's
 * callback, fills in plain forms. Remembers everything that no one else may learn.
 */
public final class Browser {

    public static final String PASSWORD = "demo-password";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Longer than any answer may take; a server that hangs shows here. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int STEPS_MAX = 25;
    private static final List<String> SECRET_PARAMETERS = List.of(
            "code", "state", "nonce", "code_challenge", "SAMLRequest", "SAMLResponse", "RelayState", "id_token_hint");
    private static final List<String> SECRET_FIELDS =
            List.of("access_token", "refresh_token", "id_token", "client_secret");

    private final String base;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final TreeSet<String> secrets = new TreeSet<>();

    Browser(String base) {
        this.base = base;
        secrets.add(PASSWORD);
    }

    /** Names and values of the cookies it holds; may be changed. */
    Map<String, String> cookies() {
        return cookies;
    }

    /** Every token, code, cookie, assertion, password and the like that went either way. */
    TreeSet<String> secrets() {
        return secrets;
    }

    /** An authorization request under way. */
    record Asked(String url, String redirectUri, String verifier) {}

    /** A request of {@code client} at {@code issuer}, PKCE and all; {@code more} adds and replaces parameters. */
    Asked ask(String issuer, String client, String redirectUri, Map<String, String> more) {
        var verifier = random();
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("client_id", client);
        parameters.put("response_type", "code");
        parameters.put("redirect_uri", redirectUri);
        parameters.put("scope", "openid profile email api:read");
        parameters.put("state", random());
        parameters.put("nonce", random());
        parameters.put("code_challenge", challenge(verifier));
        parameters.put("code_challenge_method", "S256");
        parameters.putAll(more);
        List.of("state", "nonce").forEach(name -> secrets.add(parameters.get(name)));
        secrets.add(verifier);
        return new Asked(issuer + "/authorize?" + encode(parameters), redirectUri, verifier);
    }

    /** What the demo app asks. */
    Asked askDemoApp() {
        return ask(base, "demo-app", base + "/demo/callback", Map.of());
    }

    private static String random() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String challenge(String verifier) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Signs in, from the request to the redirect to the application's callback; or to a page that has no way on. */
    Answer signIn(Asked asked, String email, String password) {
        secrets.add(password);
        var page = open(asked.url(), asked.redirectUri());
        for (int step = 0; step < STEPS_MAX; step++) {
            if (arrived(page, asked.redirectUri())) {
                return page;
            }
            var form = page.form().orElse(null);
            if (form == null) {
                return page;
            }
            var fields = form.fields();
            if (fields.containsKey("password")) {
                if (page.body().contains("id=\"problem\"")) {
                    return page;
                }
                fields.put("password", password);
            } else if (fields.containsKey("identifier")) {
                fields.put("identifier", email);
            }
            page = follow(post(form.action().toString(), fields), asked.redirectUri());
        }
        throw new AssertionError("no end of pages: " + page);
    }

    /** Whether {@code email} and the usual password open the demo app at {@code base}. */
    public static boolean isLetInByPassword(String base, String email) {
        var browser = new Browser(base);
        var back = browser.signIn(browser.askDemoApp(), email, PASSWORD);
        return back.location().map(Answer::parameters).filter(to -> to.containsKey("code")).isPresent();
    }

    /** Signs in at the demo app and answers its tokens. */
    Answer tokensOf(String email) {
        var asked = askDemoApp();
        var back = signIn(asked, email, PASSWORD);
        return redeem(base, "demo-app", asked, code(back));
    }

    static String code(Answer back) {
        var code = back.redirectParameters().get("code");
        if (code == null) {
            throw new AssertionError("no code: " + back);
        }
        return code;
    }

    Answer redeem(String issuer, String client, Asked asked, String code) {
        return post(issuer + "/token", Map.of("grant_type", "authorization_code", "client_id", client, "code", code,
                "redirect_uri", asked.redirectUri(), "code_verifier", asked.verifier()));
    }

    Answer refresh(String refreshToken) {
        return post(base + "/token",
                Map.of("grant_type", "refresh_token", "client_id", "demo-app", "refresh_token", refreshToken));
    }

    Answer introspect(String token) {
        return post(base + "/introspect", Map.of("token", token), basic("demo-service", "demo-service-secret"));
    }

    Answer userInfo(String token) {
        return get(base + "/userinfo", "Authorization", "Bearer " + token);
    }

    /** An access token for the admin API. */
    String adminToken() {
        return clientToken("demo-admin", "demo-admin-secret");
    }

    String clientToken(String client, String secret) {
        var answer = clientTokenAnswer(client, secret);
        if (answer.status() != 200) {
            throw new AssertionError(answer);
        }
        return answer.text("access_token");
    }

    Answer clientTokenAnswer(String client, String secret) {
        return post(base + "/token", Map.of("grant_type", "client_credentials"), basic(client, secret));
    }

    String[] basic(String id, String secret) {
        secrets.add(secret);
        var credentials = Base64.getEncoder().encodeToString((id + ':' + secret).getBytes(StandardCharsets.UTF_8));
        secrets.add(credentials);
        return new String[] {"Authorization", "Basic " + credentials};
    }

    /** Opens {@code url} and follows redirects, though not to {@code callback}. */
    Answer open(String url, String callback) {
        return follow(get(url), callback);
    }

    private Answer follow(Answer answer, String callback) {
        var now = answer;
        for (int hop = 0; hop < STEPS_MAX; hop++) {
            if (now.location().isEmpty() || arrived(now, callback)) {
                return now;
            }
            now = get(now.location().get().toString());
        }
        throw new AssertionError("no end of redirects: " + now);
    }

    private static boolean arrived(Answer answer, String callback) {
        return answer.location().map(to -> to.toString().startsWith(callback)).orElse(false);
    }

    Answer get(String url, String... headers) {
        Answer.parameters(URI.create(url)).forEach(this::remember);
        return send(HttpRequest.newBuilder(URI.create(url)).GET(), headers);
    }

    Answer post(String url, Map<String, String> form, String... headers) {
        form.forEach(this::remember);
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encode(form))), headers);
    }

    /** Any method with a JSON body. */
    Answer json(String method, String url, String body, String... headers) {
        return send(HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)), headers);
    }

    private Answer send(HttpRequest.Builder request, String... headers) {
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies.entrySet().stream()
                    .map(cookie -> cookie.getKey() + '=' + cookie.getValue()).collect(Collectors.joining("; ")));
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        var built = request.header("Accept", "text/html, application/json;q=0.9, */*;q=0.8").timeout(PATIENCE).build();
        var before = System.nanoTime();
        try {
            var response = HTTP.send(built, BodyHandlers.ofString());
            var read = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
            read.putAll(response.headers().map());
            var answer = new Answer(built.uri(), response.statusCode(), read, response.body(),
                    Duration.ofNanos(System.nanoTime() - before));
            learn(answer);
            return answer;
        } catch (IOException failed) {
            throw new AssertionError(built.method() + " " + built.uri() + " was not answered", failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private void learn(Answer answer) {
        for (var cookie : answer.headers().getOrDefault("set-cookie", List.of())) {
            var pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
            if (cookie.contains("Max-Age=0") || pair[1].isEmpty()) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
                secrets.add(pair[1]);
            }
        }
        answer.location().map(Answer::parameters).ifPresent(parameters -> parameters.forEach(this::remember));
        answer.form().ifPresent(form -> form.fields().forEach(this::remember));
        if (answer.header("content-type").startsWith("application/json") && answer.status() == 200) {
            SECRET_FIELDS.stream().map(answer::text).filter(value -> !value.isEmpty()).forEach(secrets::add);
        }
    }

    private void remember(String name, String value) {
        if (SECRET_PARAMETERS.contains(name) && value.length() >= 16) {
            secrets.add(value);
        }
    }

    private static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> URLEncoder.encode(entry.getKey(), StandardCharsets.UTF_8) + '='
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
