package gatehouse.idp.upstream.oidc;

import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.keys.ClientKeys;
import gatehouse.spi.Deadline;

/**
 * {@code /oidc/rp/jwks}: the keys by which we prove to providers who we are (RFC 7517 §5), the next ones among them
 * before they are used. Does not wait.
 */
final class ClientKeysEndpoint implements Endpoint {

    private final ClientKeys keys;

    ClientKeysEndpoint(ClientKeys keys) {
        this.keys = keys;
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        var published = keys.assertionKeys(request.issuer().name());
        var known = request.header("if-none-match").filter(published.etag()::equals).isPresent();
        var reply = known
                ? Reply.empty(304)
                : Reply.of(200, "application/jwk-set+json", published.json());
        return reply.with("ETag", published.etag()).with("Cache-Control", "public, max-age=300");
    }
}
