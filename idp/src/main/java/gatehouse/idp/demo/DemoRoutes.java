package gatehouse.idp.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Journey;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.idp.keys.JwtVerifier;
import gatehouse.spi.Issuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pages of the demo app, and an API that only takes access tokens meant for it. */
public final class DemoRoutes {

    private static final String CSP = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Voice pages;
    private final Voice api;
    private final JwtVerifier tokens;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param pages voice of the pages
     * @param api   voice of the API
     */
    public DemoRoutes(Voice pages, Voice api, JwtVerifier tokens) {
        this.pages = pages;
        this.api = api;
        this.tokens = tokens;
    }

    /** All routes of the demo. */
    public List<Route> routes() {
        var page = file("index.html", "text/html; charset=utf-8");
        return List.of(
                route("/", pages, (_, _) -> Reply.seeOther("/demo")),
                route("/demo", pages, page),
                route("/demo/callback", pages, page),
                route("/demo/demo.js", pages, file("demo.js", "text/javascript; charset=utf-8")),
                route("/demo/demo.css", pages, file("demo.css", "text/css; charset=utf-8")),
                route("/demo/api/hello", api, (request, _) -> hello(request)).anyOrigin());
    }

    private static Route route(String path, Voice voice, Endpoint endpoint) {
        return Route.of("GET", path, Journey.SESSION_CHECK, voice, endpoint).deploymentWide();
    }

    private static Endpoint file(String name, String type) {
        try (var stream = DemoRoutes.class.getResourceAsStream("/demo/" + name)) {
            var reply = Reply.of(200, type, stream.readAllBytes())
                    .with("Content-Security-Policy", CSP)
                    .with("Referrer-Policy", "no-referrer")
                    .with("Cache-Control", "no-cache");
            return (_, _) -> reply;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What any resource server does (RFC 9068 §4): signature, type, issuer and time by the verifier; audience and scope here. */
    private Reply hello(Request request) {
        var audience = request.issuer().at("/demo/api");
        var token = request.header("authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip())
                .flatMap(value -> tokens.verify(Issuer.ROOT, "at+jwt", value))
                .filter(jwt -> jwt.audience().contains(audience));
        if (token.isEmpty()) {
            return refused(request, 401, "invalid_token", "an access token for " + audience + " is needed");
        }
        var claims = token.get();
        if (!List.of(claims.text("scope").orElse("").split(" ")).contains("api:read")) {
            return refused(request, 403, "insufficient_scope", "the scope api:read is needed");
        }
        var answer = new LinkedHashMap<String, Object>();
        answer.put("hello", claims.text("sub").orElse(""));
        claims.text("org_id").ifPresent(organization -> answer.put("organization", organization));
        answer.put("scope", claims.text("scope").orElse(""));
        return json(200, answer);
    }

    private Reply refused(Request request, int status, String error, String description) {
        return json(status, Map.of("error", error, "error_description", description, "trace_id", request.traceId()))
                .with("WWW-Authenticate", "Bearer error=\"" + error + '"');
    }

    private Reply json(int status, Object body) {
        try {
            return Reply.json(status, json.writeValueAsBytes(body)).noStore();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
