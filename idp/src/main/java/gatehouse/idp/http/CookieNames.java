package gatehouse.idp.http;

import gatehouse.spi.Issuer;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How this deployment's cookies are called: {@code __Host-gh-<purpose>-<issuer>} over TLS; over plain HTTP, which is for
 * a laptop only, without the prefix and with the port, so that two servers on one host do not share them (cookies do
 * not know ports).
 */
public final class CookieNames {

    private final String prefix;
    private final String suffix;
    private final boolean secure;

    public CookieNames(String publicUrl) {
        var uri = URI.create(publicUrl);
        this.secure = "https".equals(uri.getScheme());
        this.prefix = secure ? "__Host-gh-" : "gh-";
        this.suffix = secure || uri.getPort() < 0 ? "" : "-" + uri.getPort();
    }

    /** The name of the cookie for {@code purpose} at {@code issuer}. */
    public String name(String purpose, Issuer issuer) {
        return prefix + purpose + "-" + issuer.name() + suffix;
    }

    /** A cookie for {@code purpose} at {@code issuer}. */
    public Cookie cookie(String purpose, Issuer issuer, String value, Optional<Duration> lifetime) {
        return new Cookie(name(purpose, issuer), value, lifetime, secure);
    }

    /** The cookie that deletes the one for {@code purpose} at {@code issuer}. */
    public Cookie deletion(String purpose, Issuer issuer) {
        return new Cookie(name(purpose, issuer), "", Optional.of(Duration.ZERO), secure);
    }
}
