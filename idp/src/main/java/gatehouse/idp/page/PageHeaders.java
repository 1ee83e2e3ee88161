package gatehouse.idp.page;

import gatehouse.idp.http.Reply;
import java.net.URI;
import java.util.Optional;

/**
 * The security headers that are the pages' own; the edge gives every reply the rest (HSTS, {@code nosniff}).
 *
 * <p>Design note on {@code form-action}. Browsers apply it to every redirect that follows a form, too. Behind the
 * login forms lie the identity provider, whichever hosts that one redirects through, the application, and wherever it
 * goes on to: nobody knows them all. Hence any {@code https:} target is allowed, loopback for native applications
 * (RFC 8252 §7.3), an application's own scheme if it has one, and {@code http:} only where this server itself is
 * served so. What keeps a password from going elsewhere is that nobody can put a form onto the page: templates escape
 * everything, scripts need the nonce, and {@code base-uri} is closed. Pages without a form allow none.
 *
 * <p>Design note on opener isolation. Applications may sign in in a popup and need its {@code opener} when it comes
 * back to them; {@code Cross-Origin-Opener-Policy} on any page in between would cut it. It is set where a login has
 * ended.
 */
final class PageHeaders {

    private static final String LOOPBACK = " http://localhost:* http://127.0.0.1:*";

    private final boolean secure;

    PageHeaders(String publicUrl) {
        this.secure = "https".equals(URI.create(publicUrl).getScheme());
    }

    Reply with(Reply reply, Page page, Optional<String> nonce) {
        var headed = reply.noStore()
                .with("Content-Security-Policy", policy(page, nonce))
                .with("X-Frame-Options", "DENY")
                .with("Referrer-Policy", "same-origin");
        if (page instanceof Page.Error || page instanceof Page.LoggedOut) {
            headed = headed.with("Cross-Origin-Opener-Policy", "same-origin");
        }
        return headed;
    }

    private String policy(Page page, Optional<String> nonce) {
        return "default-src 'none'; style-src 'self'; img-src 'self' data:; "
                + nonce.map(value -> "script-src 'nonce-" + value + "'; ").orElse("")
                + "form-action " + formAction(page) + "; base-uri 'none'; frame-ancestors 'none'";
    }

    private String formAction(Page page) {
        return switch (page) {
            case Page.Identifier form -> redirecting(form.appScheme());
            case Page.Password form -> redirecting(form.appScheme());
            case Page.Choice form -> redirecting(form.appScheme());
            case Page.Consent form -> redirecting(form.appScheme());
            case Page.Landing _, Page.LogoutConfirm _, Page.LogoutProgress _ -> redirecting(Optional.empty());
            case Page.AutoPost form -> redirecting(scheme(form.action()));
            case Page.Error _, Page.LoggedOut _ -> "'none'";
        };
    }

    private String redirecting(Optional<String> appScheme) {
        return "'self' https:" + (secure ? LOOPBACK : " http:")
                + appScheme.filter(PageHeaders::isOwnScheme).map(scheme -> " " + scheme + ":").orElse("");
    }

    private static Optional<String> scheme(String action) {
        int colon = action.indexOf(':');
        return colon < 0 ? Optional.empty() : Optional.of(action.substring(0, colon));
    }

    /**
     * A scheme that may stand in a policy: an application's own (RFC 8252 §7.1), or plain http of a form's own target.
     */
    private static boolean isOwnScheme(String scheme) {
        return scheme.matches("[a-z][a-z0-9+.-]{1,99}")
                && !scheme.matches("javascript|data|blob|file|filesystem|about|https");
    }
}
