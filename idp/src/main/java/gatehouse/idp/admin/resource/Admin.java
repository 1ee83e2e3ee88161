package gatehouse.idp.admin.resource;

import gatehouse.spi.OrganizationId;
import java.util.Optional;

/**
 * Who administers, as far as it has been proved.
 *
 * @param name         who, for the audit trail: a client id, or what ran in this process
 * @param permission   what they may do
 * @param organization the only organization they see; present with {@link Permission#ORGANIZATION} and only then
 */
public record Admin(String name, Permission permission, Optional<OrganizationId> organization) {

    /** What an administrator may do. */
    public enum Permission {
        /** Everything, in every issuer. */
        FULL,
        /** Read everything, in every issuer. */
        READ,
        /** Everything but what is for operators, in one organization of the root issuer. */
        ORGANIZATION
    }

    public Admin {
        if (organization.isPresent() != (permission == Permission.ORGANIZATION)) {
            throw new IllegalArgumentException("one organization for its administrator, none for others");
        }
    }

    /** The operator of this process. */
    public static Admin operator(String name) {
        return new Admin(name, Permission.FULL, Optional.empty());
    }

    /** Whether fields for operators may be set. */
    public boolean isOperator() {
        return permission == Permission.FULL;
    }
}
