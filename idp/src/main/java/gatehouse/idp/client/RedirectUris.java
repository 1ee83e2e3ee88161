package gatehouse.idp.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The only comparison of redirect URIs: equal as strings (RFC 9700 §2.1), save that the port of a loopback IP address
 * is free, because a native application takes the port it gets (RFC 8252 §7.3). Parts are compared after parsing;
 * nothing is ever a prefix.
 */
public final class RedirectUris {

    /** Longest URI that is looked at, in characters. */
    public static final int LENGTH_MAX = 2048;

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]");
    private static final int PORT_MAX = 65_535;

    private RedirectUris() {}

    /** Whether {@code presented} is one of {@code registered}. */
    public static boolean isRegistered(List<String> registered, String presented) {
        var parsed = parse(presented);
        return parsed.isPresent()
                && registered.stream().anyMatch(one -> one.equals(presented) || isSameLoopback(one, parsed.get()));
    }

    /** An absolute URI without fragment and user, or nothing. */
    private static Optional<URI> parse(String text) {
        if (text.length() > LENGTH_MAX || text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            return Optional.empty();
        }
        try {
            var uri = new URI(text);
            return uri.isAbsolute() && uri.getRawFragment() == null && uri.getRawUserInfo() == null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isSameLoopback(String registered, URI presented) {
        return parse(registered)
                .filter(RedirectUris::isLoopback)
                .filter(one -> isLoopback(presented)
                        && one.getHost().equals(presented.getHost())
                        && one.getRawPath().equals(presented.getRawPath())
                        && Objects.equals(one.getRawQuery(), presented.getRawQuery()))
                .isPresent();
    }

    private static boolean isLoopback(URI uri) {
        return "http".equals(uri.getScheme())
                && uri.getHost() != null
                && LOOPBACK.contains(uri.getHost())
                && uri.getPort() != 0
                && uri.getPort() <= PORT_MAX;
    }
}
