package gatehouse.idp.upstream.saml;

import gatehouse.idp.http.BadRequest;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.keys.SamlKeys;
import gatehouse.idp.samlwire.MetadataWriter;
import gatehouse.idp.samlwire.MetadataWriter.AcsEndpoint;
import gatehouse.idp.samlwire.MetadataWriter.SpRole;
import gatehouse.idp.samlwire.PostBinding;
import gatehouse.idp.samlwire.SimpleSignBinding;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.idp.upstream.LogoutPaths;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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
        var us = SpAddresses.of(issuer, connection);
        // A connection that is switched off still shows its metadata: that is when it is being set up.
        var settings = connection.settings();
        var xml = MetadataWriter.serviceProvider(new SpRole(us.entityId(), services(us, connection),
                LogoutPaths.arrival(issuer, connection.id()), keys.published(issuer.name()),
                keys.publishedForEncryption(issuer.name()),
                settings.has("name_id_format") ? List.of(settings.get("name_id_format").asText())
                        : SpRole.USUAL_FORMATS,
                settings.path("sign_authn_requests").asBoolean(true)));
        return Reply.of(200, "application/samlmetadata+xml", xml.getBytes(StandardCharsets.UTF_8))
                .with("Cache-Control", "public, max-age=300")
                .with("Content-Disposition", "inline; filename=\"sp-metadata.xml\"");
    }

    /** Where responses are taken: by POST everywhere, and by SimpleSign where that was chosen. */
    private static List<AcsEndpoint> services(SpAddresses us, Connection connection) {
        var services = new ArrayList<AcsEndpoint>();
        us.allAcs().forEach(location -> services.add(new AcsEndpoint(PostBinding.URN, location)));
        if (connection.settings().path("sso_binding").asText().equals("post_simple_sign")) {
            services.add(new AcsEndpoint(SimpleSignBinding.URN, us.acs()));
        }
        return services;
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
