package gatehouse.idp.login.step;

import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.login.LoginError;
import gatehouse.idp.login.LoginReason;
import gatehouse.idp.login.flow.RestartCookie;
import gatehouse.idp.page.Page;
import gatehouse.spi.Issuer;
import java.util.Optional;

/** What becomes of a browser whose flow is gone: it begins anew by itself, or a page offers it. Never a dead end. */
public final class Restarts {

    private final RestartCookie cookie;

    public Restarts(RestartCookie cookie) {
        this.cookie = cookie;
    }

    /**
     * Begins anew the login that flow {@code id} was, or, for the link "start again", the last one.
     *
     * @throws LoginError if this browser does not know how: its page offers what it does know
     */
    public Reply restart(String id, Request request) {
        var entries = cookie.read(request);
        var again = LoginPaths.again(request.issuer());
        var meant = again.href().endsWith("/" + id) ? entries.stream().findFirst()
                : entries.stream().filter(entry -> entry.flow().equals(id)).findFirst();
        var path = meant.flatMap(RestartCookie.Entry::path);
        if (path.isPresent()) {
            return Reply.seeOther(LoginPaths.within(request.issuer(), path.get()));
        }
        var home = meant.or(() -> entries.stream().findFirst())
                .flatMap(entry -> LoginPaths.home(entry.home(), entry.name()));
        var other = entries.stream().findFirst().filter(entry -> meant.isEmpty() && entry.path().isPresent())
                .map(_ -> again);
        throw LoginError.of(LoginReason.FLOW_EXPIRED, other.or(() -> home));
    }

    /** The link that begins the browser's last login anew; it works wherever the cookies do. */
    public Optional<Page.Link> link(Issuer issuer) {
        return Optional.of(LoginPaths.again(issuer));
    }
}
