package gatehouse.idp.samlidp;

import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.keys.SamlKeys;
import gatehouse.idp.samlwire.MetadataWriter;
import gatehouse.spi.Deadline;
import java.nio.charset.StandardCharsets;

/** Our metadata as an identity provider: {@code /saml/idp}, which is also our entityID. */
final class IdpMetadataEndpoint implements Endpoint {

    private final SamlKeys keys;

    IdpMetadataEndpoint(SamlKeys keys) {
        this.keys = keys;
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        var issuer = request.issuer();
        var xml = MetadataWriter.identityProvider(issuer.at(SamlIdpRoutes.ENTITY), issuer.at(SamlIdpRoutes.SSO),
                issuer.at(SamlIdpRoutes.LOGOUT),                 keys.published(issuer.name()));
        return Reply.of(200, "application/samlmetadata+xml", xml.getBytes(StandardCharsets.UTF_8))
                .with("Cache-Control", "public, max-age=300")
                .with("Content-Disposition", "inline; filename=\"idp-metadata.xml\"");
    }
}
