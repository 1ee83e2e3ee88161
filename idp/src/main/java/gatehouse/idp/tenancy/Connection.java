package gatehouse.idp.tenancy;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
        ConnectionId id,
        String issuer,
        OrganizationId organization,
        String type,
        String displayName,
        boolean enabled,
        ObjectNode settings,
        long version) {

    @Override
    public String toString() {
        return "Connection[" + id + ", " + type + ", version " + version + "]";
    }
}
