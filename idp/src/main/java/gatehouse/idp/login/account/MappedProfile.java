package gatehouse.idp.login.account;

import gatehouse.idp.directory.User;
import gatehouse.idp.tenancy.OrganizationPolicy;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a user becomes when they come through a connection: what it sent, seen through the policy of their organization.
 * Computed from nothing else, so that a preview shows exactly what a sign-in would do.
 *
 * @param email       the address, if one came that can be somebody's
 * @param givenName   as it came
 * @param familyName  as it came
 * @param displayName as it came
 * @param locale      as it came
 * @param roles       by the policy
 * @param groups      by the policy
 */
public record MappedProfile(
        Optional<EmailAddress> email,
        Optional<String> givenName,
        Optional<String> familyName,
        Optional<String> displayName,
        Optional<String> locale,
        List<String> roles,
        List<String> groups) {

    /** What {@code identity} comes to under {@code policy}. */
    public static MappedProfile of(UpstreamIdentity identity, OrganizationPolicy policy) {
        return new MappedProfile(identity.email().flatMap(EmailAddress::parse), identity.givenName(),
                identity.familyName(), identity.displayName(), identity.locale(),
                policy.rolesFor(identity.attributes()), policy.groupsFor(identity.attributes()));
    }

    /** The user under {@code id}; what did not come stays as it was at {@code known}. */
    User user(UserId id, String issuer, OrganizationId organization, UpstreamIdentity identity, Optional<User> known) {
        // Its owner has proved the domain, and vouches for the addresses at it.
        return new User(id, issuer, Optional.of(organization), email.orElseThrow().value(), true,
                givenName.or(was(known, User::givenName)),
                familyName.or(was(known, User::familyName)),
                displayName.or(was(known, User::displayName)),
                locale.or(was(known, User::locale)),
                identity.attributes(), roles, groups, true, known.map(User::version).orElse(0L));
    }

    private static Supplier<Optional<String>> was(Optional<User> known, Function<User, Optional<String>> part) {
        return () -> known.flatMap(part);
    }
}
