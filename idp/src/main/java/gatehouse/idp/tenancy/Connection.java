package gatehouse.idp.tenancy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.schema.Access;
import gatehouse.idp.schema.Described;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;

/**
 * An organization's way to its identity provider.
 *
 * @param id           its id
 * @param issuer       name of the issuer it belongs to
 * @param organization its owner
 * @param type         the upstream protocol: {@code oidc} or {@code saml}
 * @param displayName  what people read when they have to choose
 * @param enabled      whether it may be used
 * @param settings     the type's settings, secrets opened; read once by the type's connector. Never logged
 * @param version      grows with every change
 */
public record Connection(
        @Described(value = "Its id; part of its redirect URI and ACS URL.", access = Access.IDENTITY, min = 1,
                max = 64, pattern = "^[a-z0-9][a-z0-9._-]*$")
        ConnectionId id,
        @Described(value = "Name of the issuer it belongs to.", access = Access.READ_ONLY)
        String issuer,
        @Described(value = "The organization that owns it.", access = Access.IDENTITY, min = 1, max = 64)
        OrganizationId organization,
        @Described(value = "Upstream protocol.", access = Access.IDENTITY, oneOf = {"oidc", "saml"})
        String type,
        @Described(value = "What people read when they have to choose.", max = 200, min = 1)
        String displayName,
        @Described("Whether it may be used.")
        boolean enabled,
        @Described("Settings of its protocol. Secrets are accepted, kept sealed and never shown.")
        ObjectNode settings,
        @Described(value = "Grows with every change; also the ETag.", access = Access.READ_ONLY, max = Long.MAX_VALUE)
        long version) {

    @Override
    public String toString() {
        return "Connection[" + id + ", " + type + ", version " + version + "]";
    }
}
