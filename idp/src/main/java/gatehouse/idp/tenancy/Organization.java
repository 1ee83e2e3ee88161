package gatehouse.idp.tenancy;

import gatehouse.spi.OrganizationId;

/**
 * A customer: an advertiser organization.
 *
 * @param id          its id, also the {@code org_id} claim
 * @param issuer      name of the issuer it lives in
 * @param displayName what people read
 * @param enabled     whether anybody may sign in to it
 * @param version     grows with every change
 */
public record Organization(OrganizationId id, String issuer, String displayName, boolean enabled, long version) {}
