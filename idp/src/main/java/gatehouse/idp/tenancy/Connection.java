package gatehouse.idp.tenancy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.schema.Access;
import gatehouse.idp.schema.Described;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An organization's way to its identity provider.
 *
 * @param id           its id
 * @param issuer       name of the issuer it belongs to
 * @param organization its owner
 * @param type         the upstream protocol: {@code oidc} or {@code saml}
 * @param displayName  what people read when they have to choose
 * @param state        how far it is in its life
 * @param testers      e-mail addresses, lower case, of the people who may sign in while it is being tested
 * @param sharedWith   other organizations whose people may come through it, once those accept it
 * @param enforcedShare of its people, the percentage for whom it is the only way in while it is enforced
 * @param enforcedSince since when it is enforced; stays while it is suspended, so that stopping it opens no other door
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
        @Described("How far it is: draft (test sign-ins only), testing (and its testers), active (everybody), enforced "
                + "(the only way in), suspended (nobody). Only the next states are accepted: draft to testing; testing "
                + "to draft or active; active to testing or enforced; enforced to active; any to suspended, and back.")
        ConnectionState state,
        @Described(value = "E-mail addresses of those who may sign in while it is being tested.", min = 3, max = 254,
                entriesMax = 100, pattern = "^[^@\\s]+@[^@\\s]+$")
        List<String> testers,
        @Described("Other organizations whose people may come through it, once those accept it in their policy.")
        List<ConnectionShare> sharedWith,
        @Described(value = "Percentage of its people for whom it is the only way in while it is enforced.", min = 1,
                max = 100)
        int enforcedShare,
        @Described(value = "Since when it is enforced.", access = Access.READ_ONLY, format = "date-time")
        Optional<Instant> enforcedSince,
        @Described("Settings of its protocol. Secrets are accepted, kept sealed and never shown.")
        ObjectNode settings,
        @Described(value = "Grows with every change; also the ETag.", access = Access.READ_ONLY, max = Long.MAX_VALUE)
        long version) {

    /** The offer to {@code other}, if there is one. */
    public Optional<ConnectionShare> shareOf(OrganizationId other) {
        return sharedWith.stream().filter(share -> share.organization().equals(other)).findFirst();
    }

    /**
     * Whether {@code user} has no way in but this: it is enforced, and for them. Who is among the share is decided by
     * their id alone, so that a greater share takes nobody out.
     */
    public boolean isOnlyWayFor(UserId user) {
        return enforcedSince.isPresent() && wouldBeOnlyWayFor(user);
    }

    /** The same, were it enforced. */
    public boolean wouldBeOnlyWayFor(UserId user) {
        return Math.floorMod(user.value().hashCode(), 100) < enforcedShare;
    }

    @Override
    public String toString() {
        return "Connection[" + id + ", " + type + ", version " + version + "]";
    }
}
