package gatehouse.loadtests;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The wire of an OpenID Provider, as far as the journeys look: codes and refresh tokens are good once, a code needs
 * its PKCE verifier, a session its cookie. Signatures are not real.
 */
final class TinyProvider implements AutoCloseable {

    private static final String BASIC =
        "Basic " + Base64.getEncoder().encodeToString("service:secret".getBytes(StandardCharsets.UTF_8));

    private final TinyServer server = new TinyServer(this::answer);
    private final Map<String, String> challengesByCode = new ConcurrentHashMap<>();
    private final Set<String> refreshTokens = ConcurrentHashMap.newKeySet();
    private final Set<String> accessTokens = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger refreshes = new AtomicInteger();
    private volatile int refuseEveryRefresh = Integer.MAX_VALUE;

    /** From now on every n-th refresh is refused. */
    void refuseEveryRefresh(int n) {
        refuseEveryRefresh = n;
    }

    int port() {
        return server.port();
    }

    String issuer() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        server.close();
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/.well-known/openid-configuration" -> json(request, 200, new JsonObject().put("issuer", issuer())
                .put("authorization_endpoint", issuer() + "/authorize").put("token_endpoint", issuer() + "/token")
                .put("introspection_endpoint", issuer() + "/introspect"));
            case "/authorize" -> authorize(request);
            case "/login" -> request.setExpectMultipart(true).endHandler(_ -> login(request));
            case "/token" -> request.setExpectMultipart(true).endHandler(_ -> token(request));
            case "/introspect" -> request.setExpectMultipart(true).endHandler(_ -> json(request, 200, new JsonObject()
                .put("active", isService(request) && accessTokens.contains(request.getFormAttribute("token")))));
            default -> request.response().setStatusCode(404).end();
        }
    }

    private void authorize(HttpServerRequest request) {
        var signedIn = "session=ada".equals(request.getHeader("Cookie"));
        if (signedIn) {
            var code = "code-" + next.incrementAndGet();
            challengesByCode.put(code, request.getParam("code_challenge"));
            redirect(request, "code=" + code);
        } else if ("none".equals(request.getParam("prompt"))) {
            redirect(request, "error=login_required");
        } else {
            request.response().end("<title>Sign in</title><form method=post action='/login?" + request.query()
                .replace("&", "&amp;") + "'><input name=username><input type=password name=password></form>");
        }
    }

    private void redirect(HttpServerRequest request, String parameters) {
        request.response().setStatusCode(302).putHeader("Location", request.getParam("redirect_uri") + "?" + parameters
            + "&state=" + request.getParam("state")).end();
    }

    private void login(HttpServerRequest request) {
        var known = "right".equals(request.getFormAttribute("password"));
        request.response().setStatusCode(303).putHeader("Location", "/authorize?" + request.query());
        if (known) {
            request.response().putHeader("Set-Cookie", "session=ada; Path=/");
        }
        request.response().end();
    }

    private void token(HttpServerRequest request) {
        var granted = switch (String.valueOf(request.getFormAttribute("grant_type"))) {
            case "client_credentials" -> isService(request);
            case "authorization_code" -> redeem(request);
            case "refresh_token" -> refreshes.incrementAndGet() % refuseEveryRefresh != 0
                && refreshTokens.remove(request.getFormAttribute("refresh_token"));
            default -> false;
        };
        if (!granted) {
            json(request, 400, new JsonObject().put("error", "invalid_grant"));
            return;
        }
        var refresh = "refresh-" + next.incrementAndGet();
        refreshTokens.add(refresh);
        json(request, 200, new JsonObject().put("token_type", "Bearer").put("expires_in", 300)
            .put("access_token", jwt()).put("id_token", jwt()).put("refresh_token", refresh));
    }

    private boolean redeem(HttpServerRequest request) {
        var challenge = challengesByCode.remove(request.getFormAttribute("code"));
        return challenge != null && challenge.equals(s256(request.getFormAttribute("code_verifier")));
    }

    private static boolean isService(HttpServerRequest request) {
        return BASIC.equals(request.getHeader("Authorization"));
    }

    private String jwt() {
        var token = base64("{\"alg\":\"ES256\"}") + "." + base64("{\"n\":" + next.incrementAndGet() + "}") + ".c2ln";
        accessTokens.add(token);
        return token;
    }

    private static String s256(String verifier) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(MessageDigest
                .getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void json(HttpServerRequest request, int status, JsonObject body) {
        request.response().setStatusCode(status).putHeader("Content-Type", "application/json").end(body.encode());
    }
}
