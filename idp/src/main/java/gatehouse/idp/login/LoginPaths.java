package gatehouse.idp.login;

import gatehouse.idp.login.LoginRequest.RelyingParty;
import gatehouse.idp.page.Page;
import gatehouse.spi.Issuer;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** The login's own paths, and the links that pages offer. */
final class LoginPaths {

    /** The flow id in {@link #again} that no flow has. */
    private static final String AGAIN = "again";

    private LoginPaths() {}

    /** {@code path} of {@code issuer} as browsers ask for it. */
    static String within(Issuer issuer, String path) {
        return URI.create(issuer.url()).getRawPath() + path;
    }

    static String flow(Issuer issuer, String id) {
        return within(issuer, "/login/" + id);
    }

    /** The e-mail page of a flow, at any step. */
    static String identifier(Issuer issuer, String id) {
        return flow(issuer, id) + "?change=identifier";
    }

    static String resume(LoginRequest asked, String id) {
        return within(asked.issuer(), asked.resumePath()) + "?flow=" + id;
    }

    static Page.Link otherWay(Issuer issuer, String id) {
        return new Page.Link(identifier(issuer, id), "link.other");
    }

    static Page.Link goOn(Issuer issuer, String id) {
        return new Page.Link(flow(issuer, id), "link.retry");
    }

    /** Begins the browser's last login anew, from where only its cookies know it. */
    static Page.Link again(Issuer issuer) {
        return new Page.Link(flow(issuer, AGAIN), "link.restart");
    }

    /** Where the application lives. */
    static Optional<Page.Link> home(RelyingParty party) {
        return home(party.home(), party.name());
    }

    static Optional<Page.Link> home(Optional<String> home, String name) {
        return home.filter(LoginPaths::isWeb).map(uri -> new Page.Link(uri, name.isBlank() ? "link.application" : name));
    }

    private static boolean isWeb(String uri) {
        var lower = uri.toLowerCase(Locale.ROOT);
        return lower.startsWith("https://") || lower.startsWith("http://");
    }

    /** The scheme of a native application that the login returns to, for the pages' {@code form-action}. */
    static Optional<String> appScheme(LoginRequest asked) {
        var target = asked.carried().getOrDefault("redirect_uri", "");
        int colon = target.indexOf(':');
        return colon < 1 || isWeb(target) ? Optional.empty() : Optional.of(target.substring(0, colon).toLowerCase(Locale.ROOT));
    }
}
