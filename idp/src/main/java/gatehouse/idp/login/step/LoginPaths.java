package gatehouse.idp.login.step;

import gatehouse.idp.login.LoginRequest.RelyingParty;
import gatehouse.idp.login.LoginRequest;
import gatehouse.idp.page.Page;
import gatehouse.spi.Issuer;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** The login's own paths, and the links that pages offer. */
public final class LoginPaths {

    /** The flow id in {@link #again} that no flow has. */
    private static final String AGAIN = "again";

    private LoginPaths() {}

    /** {@code path} of {@code issuer} as browsers ask for it. */
    public static String within(Issuer issuer, String path) {
        return URI.create(issuer.url()).getRawPath() + path;
    }

    /** The page of a flow. */
    public static String flow(Issuer issuer, String id) {
        return within(issuer, "/login/" + id);
    }

    /** The e-mail page of a flow, at any step. */
    public static String identifier(Issuer issuer, String id) {
        return flow(issuer, id) + "?change=identifier";
    }

    /** Where the front door waits for the result. */
    public static String resume(LoginRequest asked, String id) {
        return within(asked.issuer(), asked.resumePath()) + "?flow=" + id;
    }

    /** To the e-mail page of a flow, whatever went wrong. */
    public static Page.Link otherWay(Issuer issuer, String id) {
        return new Page.Link(identifier(issuer, id), "link.other");
    }

    /** To the current step of a flow. */
    public static Page.Link goOn(Issuer issuer, String id) {
        return new Page.Link(flow(issuer, id), "link.retry");
    }

    /** Begins the browser's last login anew, from where only its cookies know it. */
    public static Page.Link again(Issuer issuer) {
        return new Page.Link(flow(issuer, AGAIN), "link.restart");
    }

    /** Where the application lives. */
    public static Optional<Page.Link> home(RelyingParty party) {
        return home(party.home(), party.name());
    }

    /** A home page as a link, if it is a web address. */
    public static Optional<Page.Link> home(Optional<String> home, String name) {
        return home.filter(LoginPaths::isWeb)
                .map(uri -> new Page.Link(uri, name.isBlank() ? "link.application" : name));
    }

    private static boolean isWeb(String uri) {
        var lower = uri.toLowerCase(Locale.ROOT);
        return lower.startsWith("https://") || lower.startsWith("http://");
    }

    /** The scheme of a native application that the login returns to, for the pages' {@code form-action}. */
    public static Optional<String> appScheme(LoginRequest asked) {
        var target = asked.carried().getOrDefault("redirect_uri", "");
        int colon = target.indexOf(':');
        return colon < 1 || isWeb(target) ? Optional.empty()
                : Optional.of(target.substring(0, colon).toLowerCase(Locale.ROOT));
    }
}
