package gatehouse.idp.page;

import gatehouse.idp.http.BadRequest;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Journey;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The style sheets and images of a theme: those that its properties list, held in memory, under a path that names
 * their content, so that browsers keep them for ever. Anything not listed does not exist; no path reaches a file.
 */
public final class ThemeResources implements Endpoint {

    private static final Map<String, String> TYPES = Map.of("css", "text/css; charset=utf-8", "svg", "image/svg+xml",
            "png", "image/png", "js", "text/javascript; charset=utf-8", "woff2", "font/woff2", "ico", "image/x-icon");

    private final String theme;
    private final String type;
    private final String hash;
    private final Map<String, byte[]> files = new TreeMap<>();

    public ThemeResources(Theme theme) {
        this.theme = theme.name();
        this.type = theme.type();
        var listed = new ArrayList<>(theme.listed("styles"));
        listed.addAll(theme.listed("favicons"));
        listed.addAll(theme.listed("resources"));
        for (var path : listed) {
            files.put(path, theme.file("resources/" + path).orElseThrow(
                    () -> new IllegalArgumentException("theme " + theme.name() + " lists " + path
                            + ", which is not there")));
        }
        this.hash = hash(files);
    }

    private static String hash(Map<String, byte[]> files) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            files.forEach((path, content) -> {
                digest.update((path + ' ' + content.length + '\n').getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** The path that the resources are under, for pages of the deployment at {@code publicUrl}. */
    String pathFor(String publicUrl) {
        return URI.create(publicUrl).getRawPath() + "/resources/" + hash + "/" + type + "/" + theme;
    }

    /** Their routes. */
    public List<Route> routes(Voice voice) {
        return List.of(Route.of("GET", "/resources/{hash}/" + type + "/{theme}/{folder}/{file}",
                Journey.LOGIN_INTERACTIVE, voice, this)
                .deploymentWide()
                .answeredInline());
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        var path = request.pathParameter("folder") + "/" + request.pathParameter("file");
        var content = files.get(path);
        if (content == null || !request.pathParameter("theme").equals(theme)) {
            throw new BadRequest(BadRequest.Reason.NOT_FOUND, "there is no such resource");
        }
        // While a new version is rolled out, a page of one node may ask another for what only the first one has.
        var current = request.pathParameter("hash").equals(hash);
        var type = TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
        return Reply.of(200, type, content)
                .with("Cache-Control", current ? "public, max-age=31536000, immutable" : "no-cache")
                .with("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }
}
