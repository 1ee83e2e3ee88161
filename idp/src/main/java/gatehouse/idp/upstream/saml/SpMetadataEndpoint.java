package gatehouse.idp.upstream.saml;

import gatehouse.idp.http.BadRequest;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.keys.SamlKeys;
import gatehouse.idp.samlwire.MetadataWriter;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import java.nio.charset.StandardCharsets;

/** Our metadata as the service provider of one connection: {@code /saml/sp/{connection}}. */
final class SpMetadataEndpoint implements Endpoint {

    private final TenancyCatalog tenancy;
    private final SamlKeys keys;

    SpMetadataEndpoint(TenancyCatalog tenancy, SamlKeys keys) {
        this.tenancy = tenancy;
        this.keys = keys;
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        var issuer = request.issuer();
        var connection = connection(request, deadline);
        var us = SpAddresses.of(issuer, connection.id());
        // A connection that is switched off still shows its metadata: that is when it is being set up.
        var xml = MetadataWriter.serviceProvider(us.entityId(), us.acs(), keys.published(issuer.name()),
                keys.publishedForEncryption(issuer.name()));
        return Reply.of(200, "application/samlmetadata+xml", xml.getBytes(StandardCharsets.UTF_8))
                .with("Cache-Control", "public, max-age=300")
                .with("Content-Disposition", "inline; filename=\"sp-metadata.xml\"");
    }

    private Connection connection(Request request, Deadline deadline) {
        var id = request.pathParameter("connection");
        if (id.isEmpty() || id.length() > 64) {
            throw notFound();
        }
        return tenancy.connection(request.issuer().name(), new ConnectionId(id), deadline)
                .filter(connection -> connection.type().equals("saml"))
                .orElseThrow(SpMetadataEndpoint::notFound);
    }

    private static BadRequest notFound() {
        return new BadRequest(BadRequest.Reason.NOT_FOUND, "There is no such SAML connection.");
    }
}
