package gatehouse.idp.edge;

import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.http.OutboundRefused.Reason;
import java.net.URI;
import java.util.Locale;

/**
 * Where an outgoing request goes, as far as its URL tells.
 *
 * @param tls  whether TLS is spoken
 * @param host lower case; an IPv6 literal without brackets
 * @param path path and query
 */
record OutboundTarget(boolean tls, String host, int port, String path) {

    private static final int URL_LENGTH_MAX = 4096;

    /**
     * Reads {@code uri}.
     *
     * @throws OutboundRefused if it is not an absolute URL with a host, or not one that may be called
     */
    static OutboundTarget parse(URI uri, OutboundConfig config) {
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        if (!tls && !(scheme.equals("http") && config.allowHttp())) {
            throw new OutboundRefused(Reason.SCHEME_NOT_ALLOWED, "the address must begin with https://");
        }
        var host = uri.getHost();
        boolean plain = host != null && !host.isEmpty() && uri.getRawUserInfo() == null;
        if (!plain || uri.toString().length() > URL_LENGTH_MAX) {
            throw new OutboundRefused(Reason.MALFORMED, "the address must be a plain URL with a host name");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        if (!isSane(port, config)) {
            throw new OutboundRefused(Reason.ADDRESS_NOT_ALLOWED, "the port of the address is not allowed");
        }
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new OutboundTarget(tls, bare(host), port, path + query);
    }

    /** Well-known ports belong to other protocols than HTTP, which must not be fed HTTP. */
    private static boolean isSane(int port, OutboundConfig config) {
        boolean usual = port == 443 || port == 80 || port >= 1024;
        return port > 0 && port <= 65_535 && (usual || config.allowPrivateAddresses());
    }

    private static String bare(String host) {
        var lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") ? lower.substring(1, lower.length() - 1) : lower;
    }

    /** Whether a redirect from here may go to {@code other}. */
    boolean sameOrigin(OutboundTarget other) {
        return tls == other.tls && host.equals(other.host) && port == other.port;
    }
}
