package gatehouse.idp.directory;

import gatehouse.idp.schema.Access;
import gatehouse.idp.schema.Described;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A person in the directory.
 *
 * @param id            the {@code sub} of their tokens: stable, never reused
 * @param issuer        name of the issuer they belong to
 * @param organization  the organization they belong to; empty for people who run the place
 * @param email         e-mail address, lower case
 * @param emailVerified whether the address was proved, or vouched for by the owner of its domain
 * @param givenName     given name, if known
 * @param familyName    family name, if known
 * @param displayName   full name, if known
 * @param locale        preferred language (BCP 47), if known
 * @param attributes    further attributes
 * @param roles         what they are to applications, by their organization's policy
 * @param groups        what they belong to, by their organization's policy
 * @param enabled       whether they may sign in
 * @param version       grows with every change
 */
public record User(
        @Described(value = "The sub of their tokens; made here if not given.", access = Access.IDENTITY, min = 1,
                max = 64, pattern = "^[A-Za-z0-9_-]+$")
        UserId id,
        @Described(value = "Name of the issuer it belongs to.", access = Access.READ_ONLY)
        String issuer,
        @Described(value = "The organization they belong to; absent for people who run the place.",
                access = Access.IDENTITY, min = 1, max = 64)
        Optional<OrganizationId> organization,
        @Described(value = "E-mail address; kept in lower case.", min = 3, max = 254,
                pattern = "^[^@\\s\\x00-\\x1f]+@[^@\\s\\x00-\\x1f]+$", format = "email")
        String email,
        @Described(value = "Whether the address was proved, or vouched for by the owner of its domain.",
                access = Access.OPERATOR)
        boolean emailVerified,
        @Described(value = "Given name.", max = 200)
        Optional<String> givenName,
        @Described(value = "Family name.", max = 200)
        Optional<String> familyName,
        @Described(value = "Full name.", max = 200)
        Optional<String> displayName,
        @Described(value = "Preferred language (BCP 47).", max = 35, pattern = "^[A-Za-z0-9-]+$")
        Optional<String> locale,
        @Described(value = "Further attributes.", max = 1024, entriesMax = 100)
        Map<String, List<String>> attributes,
        @Described(value = "What they are to applications; whoever comes through a connection gets them anew by the "
                + "organization's policy.", min = 1, max = 100)
        List<String> roles,
        @Described(value = "What they belong to; as roles.", min = 1, max = 100)
        List<String> groups,
        @Described("Whether they may sign in.")
        boolean enabled,
        @Described(value = "Grows with every change; also the ETag.", access = Access.READ_ONLY, max = Long.MAX_VALUE)
        long version) {

    public User {
        attributes = Map.copyOf(attributes);
        roles = List.copyOf(roles);
        groups = List.copyOf(groups);
    }

    /** One without roles and groups. */
    public User(UserId id, String issuer, Optional<OrganizationId> organization, String email, boolean emailVerified,
            Optional<String> givenName, Optional<String> familyName, Optional<String> displayName,
            Optional<String> locale, Map<String, List<String>> attributes, boolean enabled, long version) {
        this(id, issuer, organization, email, emailVerified, givenName, familyName, displayName, locale, attributes,
                List.of(), List.of(), enabled, version);
    }
}
