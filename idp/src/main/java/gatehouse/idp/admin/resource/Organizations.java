package gatehouse.idp.admin.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.idp.schema.ResourceSchema;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.tenancy.Organization;
import gatehouse.sessions.SessionStore;
import gatehouse.spi.Deadline;
import java.util.List;
import java.util.Optional;

/** Organizations: the customers. */
public final class Organizations implements Kind<Organization> {

    static final ResourceSchema SCHEMA = ResourceSchema.of("organization",
            JsonNodeFactory.instance.objectNode().put("enabled", true), List.of(Organization.class));

    private final Rows<Organization> rows;
    private final SessionStore sessions;

    public Organizations(Rows<Organization> rows, SessionStore sessions) {
        this.rows = rows;
        this.sessions = sessions;
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
