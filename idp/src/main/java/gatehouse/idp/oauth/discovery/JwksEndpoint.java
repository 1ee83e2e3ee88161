package gatehouse.idp.oauth.discovery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.keys.JwksDocuments;
import gatehouse.spi.Deadline;

/** Answers with the published keys of the request's issuer (RFC 7517 §5). Does not wait. */
public final class JwksEndpoint implements Endpoint {

    private static final int ISSUERS_MAX = 10_000;

    private final JwksDocuments keys;
    private final Cache<String, Document> answers = Caffeine.newBuilder().maximumSize(ISSUERS_MAX).build();

    public JwksEndpoint(JwksDocuments keys) {
        this.keys = keys;
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        var issuer = request.issuer().name();
        var published = keys.of(issuer);
        var etag = quoted(published.etag());
        var known = answers.getIfPresent(issuer);
        if (known == null || !known.etag().equals(etag)) {
            known = new Document("application/jwk-set+json", published.json(), etag);
            answers.put(issuer, known);
        }
        return known.answer(request);
    }

    private static String quoted(String tag) {
        return tag.startsWith("\"") ? tag : '"' + tag + '"';
    }
}
