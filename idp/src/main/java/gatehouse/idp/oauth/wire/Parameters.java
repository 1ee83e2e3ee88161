package gatehouse.idp.oauth.wire;

import gatehouse.idp.http.Form;
import gatehouse.idp.http.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Reads the parameters of a direct OAuth request: from the body only, each at most once (RFC 6749 §3.2). */
public final class Parameters {

    private Parameters() {}

    /** The parameters of {@code request}'s body. */
    public static Form of(Request request) {
        var form = request.form();
        requireOnce(form);
        return form;
    }

    /** Refuses a parameter that was sent more than once; {@code resource} may be (RFC 8707 §2). */
    public static void requireOnce(Form form) {
        for (var name : form.names()) {
            if (form.all(name).size() > 1 && !name.equals("resource")) {
                throw OAuthError.invalidRequest(Reason.PARAMETER_REPEATED, "A parameter was sent more than once.");
            }
        }
    }

    /** {@code form} as it could have been sent: a POST that goes on as a GET. */
    public static String encode(Form form) {
        var text = new StringBuilder();
        for (var name : form.names()) {
            for (var value : form.all(name)) {
                text.append(text.isEmpty() ? "" : "&")
                        .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }

    /** The value of {@code name}, which may be neither absent nor empty. */
    public static String require(Form form, String name) {
        return form.nonEmpty(name).orElseThrow(() ->
                OAuthError.invalidRequest(Reason.PARAMETER_MISSING, "The parameter " + name + " is missing."));
    }
}
