package gatehouse.idp.oauth.discovery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import gatehouse.idp.http.BadRequest;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.oauth.gate.Gate;
import gatehouse.idp.oauth.wire.Sha256;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.util.HexFormat;

/** Answers with an issuer's metadata, made at its first request: nothing in it changes while the server runs. */
public final class DiscoveryEndpoint {

    private static final int ISSUERS_MAX = 10_000;

    private final Metadata metadata;
    private final Gate gate;
    private final Cache<Issuer, Document> documents = Caffeine.newBuilder().maximumSize(ISSUERS_MAX).build();

    public DiscoveryEndpoint(Capabilities capabilities, Gate gate) {
        this.metadata = new Metadata(capabilities);
        this.gate = gate;
    }

    /** The metadata of the request's issuer, which the edge knows to exist. Does not wait. */
    public Reply handle(Request request, Deadline deadline) {
        return documents.get(request.issuer(), this::document).answer(request);
    }

    /** The metadata of the issuer whose name follows the well-known path (RFC 8414 §3.1). */
    public Reply handleAppended(Request request, Deadline deadline) {
        var issuer = named(request);
        gate.requireIssuer(issuer, deadline);
        return documents.get(issuer, this::document).answer(request);
    }

    private static Issuer named(Request request) {
        var name = request.pathParameter("issuer");
        try {
            if (!name.equals(Issuer.ROOT)) {
                return Issuer.of(name, request.issuer().url());
            }
        } catch (IllegalArgumentException notAName) {
            throw notFound();
        }
        // The root issuer has one URL, and that is not under /realms.
        throw notFound();
    }

    private static BadRequest notFound() {
        return new BadRequest(BadRequest.Reason.NOT_FOUND, "There is no such issuer here.");
    }

    private Document document(Issuer issuer) {
        var json = metadata.of(issuer);
        return new Document("application/json", json, '"' + HexFormat.of().formatHex(Sha256.of(json), 0, 16) + '"');
    }
}
