package gatehouse.idp.upstream.oidc;

import com.nimbusds.jose.util.Base64URL;
import gatehouse.idp.upstream.oidc.LoopbackProvider.Instead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Documents and answers of a provider that must be refused. */
final class HostileAnswers {

    private final LoopbackProvider loopback;
    private final List<HostileCase> cases = new ArrayList<>();

    private HostileAnswers(LoopbackProvider loopback) {
        this.loopback = loopback;
    }

    static List<HostileCase> all(LoopbackProvider loopback) {
        var all = new HostileAnswers(loopback);
        all.documents();
        all.tokenAnswers();
        all.userinfo();
        all.signedAnswers();
        all.requestsSentAhead();
        return all.cases;
    }

    private void add(String name, String reason, Consumer<OidcJourney> bend) {
        cases.add(new HostileCase(name, bend, reason));
    }

    private static String base64(String text) {
        return Base64URL.encode(text).toString();
    }

    private void instead(String path, String reason, Instead answer) {
        add(path + " answers " + answer.status() + " with " + answer.body().length + " bytes", reason,
                _ -> loopback.instead.put(path, answer));
    }

    private void documents() {
        var path = "/.well-known/openid-configuration";
        instead(path, "metadata_invalid", Instead.of(200, "text/html", "<html>sign in</html>"));
        instead(path, "metadata_invalid", Instead.of(404, "text/plain", "no"));
        instead(path, "metadata_other_issuer", Instead.of(200, "application/json", "{}"));
        instead(path, "provider_unreachable", Instead.of(500, "text/plain", "oops"));
        instead(path, "provider_unreachable", Instead.huge());
        add("metadata of another issuer", "metadata_other_issuer", journey ->
                journey.provider.metadata.put("issuer", "https://evil.example"));
        for (var address : List.of("ftp://op.example/x", "javascript:alert(1)", "//op.example", "",
                "file:///etc/passwd",
                "http://user@op.example/", "http:///x")) {
            add("metadata: endpoint " + address, "metadata_invalid", journey ->
                    journey.provider.metadata.put("token_endpoint", address));
        }
    }

    private void tokenAnswers() {
        error(400, "{\"error\":\"invalid_grant\"}", "code_refused");
        error(401, "{\"error\":\"invalid_client\"}", "client_refused");
        error(400, "{\"error\":\"invalid_client\"}", "client_refused");
        error(400, "{\"error\":\"unauthorized_client\"}", "client_refused");
        error(401, "", "client_refused");
        error(400, "{\"error\":\"invalid_request\"}", "provider_refused_request");
        error(400, "{\"error\":7}", "token_response_invalid");
        error(403, "<html>", "token_response_invalid");
        error(500, "", "provider_unreachable");
        error(429, "", "provider_unreachable");
        error(200, "", "token_response_invalid");
        error(200, "[]", "token_response_invalid");
        error(200, "{\"id_token\":null}", "token_response_invalid");
        error(200, "access_token=x&id_token=y", "token_response_invalid");
        instead("/token", "provider_unreachable", Instead.huge());
        instead("/token", "token_response_invalid", Instead.redirect());
    }

    private void error(int status, String body, String reason) {
        add("token endpoint: " + status + " " + body, reason, journey ->
                loopback.instead.put("/token", Instead.of(status, "application/json", body)));
    }

    private void userinfo() {
        userinfo("about somebody else", "userinfo_other_subject", claims -> claims.put("sub", "eve"));
        userinfo("about nobody", "userinfo_other_subject", claims -> claims.remove("sub"));
        userinfo("for somebody else", "wrong_audience", claims -> claims.put("aud", "other"));
        userinfo("for nobody", "wrong_audience", claims -> claims.remove("aud"));
        userinfo("of another issuer", "wrong_issuer", claims -> claims.put("iss", "https://evil.example"));
        userinfo("of no issuer", "wrong_issuer", claims -> claims.remove("iss"));
        userinfo("of last year", "expired", claims -> claims.put("exp", 1));
        userinfo("until whenever", "expired", claims -> claims.put("exp", "later"));
        for (var answer : List.of(
                Instead.of(200, "application/jwt", base64("{\"alg\":\"none\"}")
                        + "." + base64("{\"sub\":\"ada-7\"}") + "."),
                Instead.of(200, "application/jwt", base64("{\"alg\":\"HS256\"}")
                        + "." + base64("{\"sub\":\"ada-7\"}") + ".AA"))) {
            add("userinfo: " + new String(answer.body()).substring(0, 20), "algorithm_not_allowed", journey -> {
                journey.settings.put("userinfo", "always");
                loopback.instead.put("/userinfo", answer);
            });
        }
        for (var answer : List.of(Instead.of(200, "application/jwt", "{\"sub\":\"ada-7\"}"),
                Instead.of(200, "text/html", "<html>"), Instead.of(401, "application/json", "{}"))) {
            add("userinfo: " + answer.status() + " " + new String(answer.body()), "userinfo_invalid", journey -> {
                journey.settings.put("userinfo", "always");
                loopback.instead.put("/userinfo", answer);
            });
        }
        add("userinfo: huge", "provider_unreachable", journey -> {
            journey.settings.put("userinfo", "always");
            loopback.instead.put("/userinfo", Instead.huge());
        });
    }

    private void userinfo(String name, String reason, Consumer<Map<String, Object>> bend) {
        add("signed userinfo " + name, reason, journey -> {
            journey.settings.put("userinfo", "always");
            journey.provider.userinfoClaims = Optional.of(bend);
        });
    }

    private void signedAnswers() {
        answer("of another issuer", "issuer_mismatch", claims -> claims.put("iss", "https://evil.example"));
        answer("of no issuer", "issuer_missing", claims -> claims.remove("iss"));
        answer("for somebody else", "wrong_audience", claims -> claims.put("aud", "other"));
        answer("for nobody", "wrong_audience", claims -> claims.remove("aud"));
        answer("without an end", "times_missing", claims -> claims.remove("exp"));
        answer("of the past", "answer_expired", claims -> claims.put("exp", 1));
        answer("without a code", "malformed_response", claims -> claims.remove("code"));
        answer("with a code that is no text", "malformed_response", claims -> claims.put("code", 7));
        answer("that says no", "access_denied", claims -> claims.put("error", "access_denied"));
        add("signed answer by a stranger", "signature_invalid", journey -> {
            journey.settings.put("response_mode", "query.jwt");
            journey.provider.signingKey = FakeOpenIdProvider.rsa("rsa-1");
        });
    }

    private void answer(String name, String reason, Consumer<Map<String, Object>> bend) {
        add("signed answer " + name, reason, journey -> {
            journey.settings.put("response_mode", "form_post.jwt");
            journey.provider.answerClaims = bend;
        });
    }

    private void requestsSentAhead() {
        push("401 {\"error\":\"invalid_client\"}", "client_refused",
                Instead.of(401, "application/json", "{\"error\":\"invalid_client\"}"));
        push("400 {\"error\":\"invalid_request\"}", "provider_refused_request",
                Instead.of(400, "application/json", "{\"error\":\"invalid_request\"}"));
        push("no reference", "push_answer_invalid", Instead.of(201, "application/json", "{\"expires_in\":60}"));
        push("a number", "push_answer_invalid", Instead.of(201, "application/json", "{\"request_uri\":7}"));
        push("a reference with a break", "push_answer_invalid",
                Instead.of(201, "application/json", "{\"request_uri\":\"urn:x\\r\\nSet-Cookie: a\"}"));
        push("a long reference", "push_answer_invalid",
                Instead.of(201, "application/json", "{\"request_uri\":\"urn:" + "x".repeat(512) + "\"}"));
        push("a page", "push_answer_invalid", Instead.of(200, "text/html", "<html>"));
        push("nothing", "push_answer_invalid", Instead.redirect());
        push("503", "provider_unreachable", Instead.of(503, "text/plain", ""));
        push("a flood", "provider_unreachable", Instead.huge());
        add("request sent ahead to nowhere", "push_not_offered", journey ->
                journey.settings.put("pushed_authorization_requests", "always"));
        add("requests sent ahead are required, and nowhere taken", "push_not_offered", journey ->
                journey.provider.metadata.put("require_pushed_authorization_requests", true));
    }

    private void push(String name, String reason, Instead answer) {
        add("request sent ahead is answered with " + name, reason, journey -> {
            journey.provider.metadata.put("pushed_authorization_request_endpoint", journey.provider.issuer + "/par");
            loopback.instead.put("/par", answer);
        });
    }
}
