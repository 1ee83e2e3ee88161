package gatehouse.loadtests.http;

import io.netty.handler.codec.http.cookie.ClientCookieDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The cookies of one browser (RFC 6265), as far as a login needs them: host or domain, path, Secure, deletion.
 *
 * <p>Secure cookies travel over plain HTTP to a loopback host, as they do in browsers. Not thread-safe.
 */
final class Cookies {

    private static final int MOST = 100;

    private record Key(String name, String domain, String path) {
    }

    private record Kept(Cookie cookie, boolean hostOnly) {
    }

    private final Map<Key, Kept> kept = new LinkedHashMap<>();

    void take(URI from, List<String> setCookieHeaders) {
        for (var header : setCookieHeaders) {
            var cookie = ClientCookieDecoder.LAX.decode(header);
            if (cookie != null) {
                take(from, cookie);
            }
        }
    }

    /** The value of the {@code Cookie} header for a request; empty if there is nothing to send. */
    String header(URI to) {
        return kept.entrySet().stream()
            .filter(entry -> matches(entry.getKey(), entry.getValue(), to))
            .map(entry -> entry.getKey().name() + "=" + entry.getValue().cookie().value())
            .collect(Collectors.joining("; "));
    }

    private void take(URI from, Cookie cookie) {
        var hostOnly = cookie.domain() == null;
        var domain = (hostOnly ? from.getHost() : cookie.domain()).toLowerCase(Locale.ROOT).replaceFirst("^\\.", "");
        if (!isWithin(from.getHost(), domain)) {
            return; // a host may not set cookies for another
        }
        var path = cookie.path() == null ? directory(from.getRawPath()) : cookie.path();
        var key = new Key(cookie.name(), domain, path);
        if (cookie.maxAge() <= 0 && cookie.maxAge() != Cookie.UNDEFINED_MAX_AGE) {
            kept.remove(key);
        } else if (kept.size() < MOST || kept.containsKey(key)) {
            kept.put(key, new Kept(cookie, hostOnly));
        }
    }

    private static boolean matches(Key key, Kept kept, URI to) {
        var host = to.getHost();
        var hostMatches = kept.hostOnly() ? host.equalsIgnoreCase(key.domain()) : isWithin(host, key.domain());
        var confidential = "https".equals(to.getScheme()) || isLoopback(host);
        return hostMatches && pathMatches(key.path(), to.getRawPath()) && (confidential || !kept.cookie().isSecure());
    }

    private static boolean pathMatches(String cookiePath, String path) {
        return path.equals(cookiePath)
            || path.startsWith(cookiePath.endsWith("/") ? cookiePath : cookiePath + "/")
            || cookiePath.equals("/");
    }

    private static boolean isWithin(String host, String domain) {
        var lower = host.toLowerCase(Locale.ROOT);
        return lower.equals(domain) || lower.endsWith("." + domain);
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private static String directory(String path) {
        var end = path.lastIndexOf('/');
        return end <= 0 ? "/" : path.substring(0, end);
    }
}
