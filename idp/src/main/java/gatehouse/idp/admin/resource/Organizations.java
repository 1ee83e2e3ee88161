package gatehouse.idp.admin.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.schema.MergePatch;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.schema.ResourceSchema;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.tenancy.DomainName;
import gatehouse.idp.tenancy.Organization;
import gatehouse.idp.tenancy.OrganizationPolicy;
import gatehouse.sessions.SessionStore;
import gatehouse.spi.Deadline;
import java.util.List;
import java.util.Optional;

/** Organizations: the customers. */
public final class Organizations implements Kind<Organization> {

    static final ResourceSchema SCHEMA = ResourceSchema.of("organization", defaults(), List.of(Organization.class));

    private final Rows<Organization> rows;
    private final SessionStore sessions;

    public Organizations(Rows<Organization> rows, SessionStore sessions) {
        this.rows = rows;
        this.sessions = sessions;
    }

    private static ObjectNode defaults() {
        var defaults = JsonNodeFactory.instance.objectNode().put("enabled", true);
        defaults.set("policy", RecordJson.write(OrganizationPolicy.NONE));
        return defaults;
    }

    @Override
    public void complete(ObjectNode document, Optional<Organization> before) {
        if (document.get("policy") instanceof ObjectNode sent) {
            var policy = MergePatch.apply((ObjectNode) SCHEMA.defaults().get("policy"), sent);
            policy.path("mappings").forEach(mapping -> {
                ((ObjectNode) mapping).putIfAbsent("roles", policy.arrayNode());
                ((ObjectNode) mapping).putIfAbsent("groups", policy.arrayNode());
            });
            document.set("policy", policy);
        }
    }

    @Override
    public void check(Organization value, Optional<Organization> before, Admin admin) {
        var policy = value.policy();
        if (policy.sessionIdle().isPresent() && policy.sessionAbsolute().isPresent()
                && policy.sessionIdle().get().compareTo(policy.sessionAbsolute().get()) > 0) {
            throw new InvalidDocument("policy", "session_idle may not exceed session_absolute");
        }
        for (var domain : policy.allowedDomains()) {
            try {
                if (!DomainName.claimable(domain).equals(domain)) {
                    throw new InvalidDocument("policy", "allowed_domains are written in lower case, in A-labels");
                }
            } catch (IllegalArgumentException unusable) {
                throw new InvalidDocument("policy", "allowed_domains: " + domain + " " + unusable.getMessage());
            }
        }
    }

    @Override
    public String path() {
        return "organizations";
    }

    @Override
    public Rows<Organization> rows() {
        return rows;
    }

    @Override
    public ResourceSchema schema() {
        return SCHEMA;
    }

    @Override
    public String idField() {
        return "id";
    }

    @Override
    public void committed(Organization before, Optional<Organization> after, Deadline deadline) {
        if (before.enabled() && !after.map(Organization::enabled).orElse(false)) {
            sessions.endAllOfOrganization(before.id(), deadline);
        }
    }
}
