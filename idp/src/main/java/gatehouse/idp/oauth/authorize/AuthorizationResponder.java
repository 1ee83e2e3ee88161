package gatehouse.idp.oauth.authorize;

import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.oauth.wire.ErrorCode;
import gatehouse.idp.page.Page;
import gatehouse.idp.page.Pages;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends an authorization response to its proven target, always with {@code iss} (RFC 9207) and the client's state. */
final class AuthorizationResponder {

    private final Pages pages;

    AuthorizationResponder(Pages pages) {
        this.pages = pages;
    }

    /** The code. */
    Reply grant(Target target, String code, Request request) {
        return send(target, Map.of("code", code), request);
    }

    /** An error (RFC 6749 §4.1.2.1). */
    Reply refuse(Target target, ErrorCode error, String description, Request request) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("error", error.wire());
        parameters.put("error_description", description);
        return send(target, parameters, request);
    }

    private Reply send(Target target, Map<String, String> answer, Request request) {
        var parameters = new LinkedHashMap<>(answer);
        target.state().ifPresent(state -> parameters.put("state", state));
        parameters.put("iss", target.issuer().url());
        return switch (target.mode()) {
            case QUERY -> Reply.seeOther(target.redirectUri() + queryStart(target.redirectUri()) + encode(parameters));
            case FRAGMENT -> Reply.seeOther(target.redirectUri() + '#' + encode(parameters));
            case FORM_POST -> pages.render(new Page.AutoPost(target.redirectUri(), parameters), request, List.of());
        };
    }

    private static String queryStart(String uri) {
        int question = uri.indexOf('?');
        if (question < 0) {
            return "?";
        }
        return question == uri.length() - 1 ? "" : "&";
    }

    static String encode(Map<String, String> parameters) {
        var text = new StringBuilder();
        parameters.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return text.toString();
    }
}
