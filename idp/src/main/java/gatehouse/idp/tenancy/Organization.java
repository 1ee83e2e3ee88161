package gatehouse.idp.tenancy;

import gatehouse.idp.schema.Access;
import gatehouse.idp.schema.Described;
import gatehouse.spi.OrganizationId;
import java.util.List;

/**
 * A customer: an advertiser organization.
 *
 * @param id          its id, also the {@code org_id} claim
 * @param issuer      name of the issuer it lives in
 * @param displayName what people read
 * @param enabled     whether anybody may sign in to it
 * @param policy      what it lays down for its people
 * @param breakGlass  people who may sign in by password when all else is broken, while they are activated
 * @param version     grows with every change
 */
public record Organization(
        @Described(value = "Its id, also the org_id claim of tokens.", access = Access.IDENTITY, min = 1, max = 64,
                pattern = "^[a-z0-9][a-z0-9._-]*$")
        OrganizationId id,
        @Described(value = "Name of the issuer it belongs to.", access = Access.READ_ONLY)
        String issuer,
        @Described(value = "What people read.", max = 200, min = 1)
        String displayName,
        @Described(value = "Whether anybody may sign in to it.", access = Access.OPERATOR)
        boolean enabled,
        @Described("What it lays down for its people; where the issuer lays down the same, the stricter holds.")
        OrganizationPolicy policy,
        @Described(value = "People who may sign in by password although single sign-on is enforced, while they are "
                + "activated. Two at least are recommended.", entriesMax = 10)
        List<BreakGlassAccount> breakGlass,
        @Described(value = "Grows with every change; also the ETag.", access = Access.READ_ONLY, max = Long.MAX_VALUE)
        long version) {

    /** One that lays nothing down. */
    public Organization(OrganizationId id, String issuer, String displayName, boolean enabled, long version) {
        this(id, issuer, displayName, enabled, OrganizationPolicy.NONE, List.of(), version);
    }
}
