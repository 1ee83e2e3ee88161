package gatehouse.idp.directory;

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
 * @param enabled       whether they may sign in
 * @param version       grows with every change
 */
public record User(
        UserId id,
        String issuer,
        Optional<OrganizationId> organization,
        String email,
        boolean emailVerified,
        Optional<String> givenName,
        Optional<String> familyName,
        Optional<String> displayName,
        Optional<String> locale,
        Map<String, List<String>> attributes,
        boolean enabled,
        long version) {

    public User {
        attributes = Map.copyOf(attributes);
    }
}
