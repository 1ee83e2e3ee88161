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
import org.jdbi.v3.core.Handle;

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
        defaults.putArray("break_glass");
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
        // Naming is for whoever edits; activating is an act of its own.
        document.path("break_glass").forEach(named -> {
            ((ObjectNode) named).remove("active_until");
            before.stream().flatMap(was -> was.breakGlass().stream())
                    .filter(was -> was.user().value().equals(named.path("user").asText()))
                    .flatMap(was -> was.activeUntil().stream())
                    .forEach(until -> ((ObjectNode) named).put("active_until", until.toString()));
        });
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

    /** Who is named can do what they are named for: is of the organization, may sign in, and has a password. */
    @Override
    public void checkStored(Handle sql, Organization value, Optional<Organization> before, Admin admin) {
        for (var named : value.breakGlass()) {
            var able = sql.createQuery("SELECT count(*)::int FROM account WHERE issuer = :issuer AND id = :id"
                            + " AND organization = :organization AND password IS NOT NULL")
                    .bind("issuer", value.issuer()).bind("id", named.user().value())
                    .bind("organization", value.id().value()).mapTo(Integer.class).one() == 1;
            if (!able) {
                throw new InvalidDocument("break_glass",
                        named.user() + " is not a user of the organization with a password");
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
