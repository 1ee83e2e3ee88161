package gatehouse.idp.admin.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.schema.ResourceSchema;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.tenancy.DomainClaim;
import gatehouse.idp.tenancy.DomainName;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Claims of organizations on DNS names. Verified by a TXT record, or by an operator who knows. */
public final class Domains implements Kind<DomainClaim> {

    static final ResourceSchema SCHEMA = ResourceSchema.of("domain",
            JsonNodeFactory.instance.objectNode().put("verified", false).put("vouched", false),
            List.of(DomainClaim.class));

    private final Rows<DomainClaim> rows;
    private final RandomNames names;
    private final InstantSource clock;

    public Domains(Rows<DomainClaim> rows, RandomNames names, InstantSource clock) {
        this.rows = rows;
        this.names = names;
        this.clock = clock;
    }

    @Override
    public String path() {
        return "domains";
    }

    @Override
    public Rows<DomainClaim> rows() {
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
    public Map<String, String> filters() {
        return Map.of("verified", "Only claims that are proved (true) or not (false).");
    }

    @Override
    public void complete(ObjectNode document, Optional<DomainClaim> before) {
        try {
            document.put("name", DomainName.claimable(document.path("name").asText()));
        } catch (IllegalArgumentException unusable) {
            throw new InvalidDocument("name", unusable.getMessage());
        }
        if (before.isEmpty()) {
            document.put("challenge", names.secret());
        }
        boolean wasVerified = before.map(DomainClaim::verified).orElse(false);
        if (!document.path("verified").asBoolean()) {
            document.remove("verified_at");
            document.put("vouched", false);
        } else if (!wasVerified) {
            // What a DNS record proves does not come this way: it is an operator's word.
            document.put("verified_at", clock.instant().toString());
            document.put("vouched", true);
        }
    }
}
