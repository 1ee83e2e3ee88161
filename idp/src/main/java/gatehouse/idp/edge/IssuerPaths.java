package gatehouse.idp.edge;

import gatehouse.spi.Issuer;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which issuer a path belongs to: the one named in {@code /realms/<name>/…}, else the root issuer. The host of the request
 * decides nothing: issuer URLs come from configuration.
 */
final class IssuerPaths {

    private static final String PREFIX = "/realms/";
    private static final int REMEMBERED_MAX = 10_000;

    private final String publicUrl;
    private final Issuer root;
    private final Map<String, Issuer> named = new ConcurrentHashMap<>();

    IssuerPaths(String publicUrl) {
        this.publicUrl = URI.create(publicUrl).toString();
        this.root = Issuer.of(Issuer.ROOT, publicUrl);
    }

    /** An issuer, which may not exist, and the path within it. */
    record Where(Issuer issuer, String path) {}

    Issuer root() {
        return root;
    }

    Where resolve(String path) {
        if (!path.startsWith(PREFIX)) {
            return new Where(root, path);
        }
        int end = path.indexOf('/', PREFIX.length());
        var name = end < 0 ? path.substring(PREFIX.length()) : path.substring(PREFIX.length(), end);
        var issuer = named.get(name);
        if (issuer == null) {
            try {
                issuer = Issuer.of(name, publicUrl);
            } catch (IllegalArgumentException notAName) {
                return new Where(root, path);
            }
            if (name.equals(Issuer.ROOT)) {
                // The root issuer has one URL; a second spelling of it would be a second issuer to clients.
                return new Where(root, path);
            }
            if (named.size() < REMEMBERED_MAX) {
                named.put(name, issuer);
            }
        }
        return new Where(issuer, end < 0 ? "/" : path.substring(end));
    }
}
