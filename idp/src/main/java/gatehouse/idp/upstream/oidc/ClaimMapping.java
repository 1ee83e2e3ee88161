package gatehouse.idp.upstream.oidc;

import gatehouse.idp.schema.Described;
import java.util.Map;
import java.util.Optional;

/** Which claims fill a person's profile; where none is set, the one of OpenID Connect Core §5.1. */
public record ClaimMapping(
        @Described("Claim with the e-mail address. Default: email.") Optional<String> email,
        @Described("Claim that says whether the address was verified. Default: email_verified.")
        Optional<String> emailVerified,
        @Described("Claim with the given name. Default: given_name.") Optional<String> givenName,
        @Described("Claim with the family name. Default: family_name.") Optional<String> familyName,
        @Described("Claim with the full name. Default: name.") Optional<String> displayName,
        @Described("Claim with the language. Default: locale.") Optional<String> locale) {

    static final ClaimMapping USUAL = new ClaimMapping(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty());

    /** The texts that {@code claims} has for the profile. */
    record Profile(
            Optional<String> email,
            boolean emailVerified,
            Optional<String> givenName,
            Optional<String> familyName,
            Optional<String> displayName,
            Optional<String> locale) {}

    private static final int TEXT_LENGTH_MAX = 320;

    Profile profileOf(Map<String, Object> claims) {
        var verified = claims.get(emailVerified.orElse("email_verified"));
        return new Profile(
                text(claims, email.orElse("email")).filter(address -> address.indexOf('@') > 0),
                isTrue(verified),
                text(claims, givenName.orElse("given_name")),
                text(claims, familyName.orElse("family_name")),
                text(claims, displayName.orElse("name")),
                text(claims, locale.orElse("locale")));
    }

    /** Some providers send the flag as a text, and Entra its own as a number or a text of one. */
    private static boolean isTrue(Object flag) {
        return Boolean.TRUE.equals(flag) || "true".equals(flag) || Integer.valueOf(1).equals(flag) || "1".equals(flag);
    }

    /** Whether {@code claims} has the address that people are recognized by. */
    boolean hasEmail(Map<String, Object> claims) {
        return text(claims, email.orElse("email")).isPresent();
    }

    private static Optional<String> text(Map<String, Object> claims, String name) {
        return claims.get(name) instanceof String text && !text.isBlank() && text.length() <= TEXT_LENGTH_MAX
                        && text.chars().noneMatch(Character::isISOControl)
                ? Optional.of(text)
                : Optional.empty();
    }
}
