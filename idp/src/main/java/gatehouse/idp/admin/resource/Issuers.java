package gatehouse.idp.admin.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.schema.MergePatch;
import gatehouse.idp.schema.ResourceSchema;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.tenancy.IssuerSettings;
import gatehouse.sessions.SessionLimits;
import java.util.List;
import java.util.Optional;

/** Issuers: authorization servers and SAML entities of this deployment. */
public final class Issuers implements Kind<IssuerSettings> {

    static final ResourceSchema SCHEMA = ResourceSchema.of("issuer", defaults(), List.of(IssuerSettings.class));

    private final Rows<IssuerSettings> rows;

    public Issuers(Rows<IssuerSettings> rows) {
        this.rows = rows;
    }

    private static ObjectNode defaults() {
        var defaults = JsonNodeFactory.instance.objectNode()
                .put("enabled", true)
                .put("access_token_lifetime", 300)
                .put("id_token_lifetime", 300)
                .put("code_lifetime", 60)
                .put("refresh_token_lifetime", 30 * 86_400);
        defaults.putObject("sessions")
                .put("idle", SessionLimits.DEFAULTS.idle().toSeconds())
                .put("absolute", SessionLimits.DEFAULTS.absolute().toSeconds())
                .put("max_per_user", SessionLimits.DEFAULTS.maxPerUser());
        return defaults;
    }

    @Override
    public String path() {
        return "issuers";
    }

    @Override
    public Rows<IssuerSettings> rows() {
        return rows;
    }

    @Override
    public ResourceSchema schema() {
        return SCHEMA;
    }

    @Override
    public String idField() {
        return "name";
    }

    @Override
    public void complete(ObjectNode document, Optional<IssuerSettings> before) {
        if (document.get("sessions") instanceof ObjectNode sent) {
            document.set("sessions", MergePatch.apply((ObjectNode) SCHEMA.defaults().get("sessions"), sent));
        }
    }
}
