package gatehouse.idp.edge;

import java.util.List;

/**
 * Where the server listens and what it lets in.
 *
 * @param host             address to listen on
 * @param port             port; 0 takes a free one
 * @param trustedProxies   addresses whose {@code X-Forwarded-For} is believed
 * @param requestsMax      requests in work at once; more are answered 503
 * @param bodyBytesMax     largest body of a form or token request
 * @param largeBodyBytesMax largest body where documents are posted: SAML responses and the admin API
 */
public record EdgeConfig(
        String host, int port, List<String> trustedProxies, int requestsMax, int bodyBytesMax, int largeBodyBytesMax) {

    public static final EdgeConfig DEFAULTS = new EdgeConfig("127.0.0.1", 8080, List.of(), 2_000, 64 * 1024, 1024 * 1024);

    public EdgeConfig {
        trustedProxies = List.copyOf(trustedProxies);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("listen.port must be 0..65535");
        }
        if (requestsMax < 1 || requestsMax > 100_000) {
            throw new IllegalArgumentException("listen.requests-max must be 1..100000");
        }
        if (bodyBytesMax < 1024 || largeBodyBytesMax < bodyBytesMax || largeBodyBytesMax > 16 * 1024 * 1024) {
            throw new IllegalArgumentException("listen.body-bytes-max must be at least 1024, and not more than large-body-bytes-max (at most 16 MiB)");
        }
    }
}
