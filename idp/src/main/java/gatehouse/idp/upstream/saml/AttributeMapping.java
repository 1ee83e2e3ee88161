package gatehouse.idp.upstream.saml;

import gatehouse.idp.schema.Described;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which attributes of an assertion fill a person's profile: for each field the name of one attribute, or, where none is
 * set, the first that is present of those that the usual products and the LDAP object identifiers use. An attribute is
 * found by its name or, where none has it, by its friendly name.
 */
public record AttributeMapping(
        @Described("Attribute with the e-mail address.") Optional<String> email,
        @Described("Attribute with the given name.") Optional<String> givenName,
        @Described("Attribute with the family name.") Optional<String> familyName,
        @Described("Attribute with the full name.") Optional<String> displayName,
        @Described("Attribute with the language.") Optional<String> locale) {

    /** Nothing set: the usual names. */
    public static final AttributeMapping USUAL = new AttributeMapping(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final String WS_CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
    private static final List<String> EMAIL = List.of("email", "mail", "emailAddress", "emailaddress", "Email",
            "EmailAddress", "User.Email", "User.email", "urn:oid:0.9.2342.19200300.100.1.3",
            "urn:oid:1.2.840.113549.1.9.1", WS_CLAIMS + "emailaddress", "http://schemas.xmlsoap.org/claims/EmailAddress");
    private static final List<String> GIVEN_NAME = List.of("givenName", "given_name", "firstName", "first_name",
            "FirstName", "firstname", "User.FirstName", "urn:oid:2.5.4.42", WS_CLAIMS + "givenname");
    private static final List<String> FAMILY_NAME = List.of("sn", "surname", "familyName", "family_name", "lastName",
            "last_name", "LastName", "lastname", "User.LastName", "urn:oid:2.5.4.4", WS_CLAIMS + "surname");
    private static final List<String> DISPLAY_NAME = List.of("displayName", "display_name", "name", "cn",
            "urn:oid:2.16.840.1.113730.3.1.241", "http://schemas.microsoft.com/identity/claims/displayname",
            "http://schemas.xmlsoap.org/claims/CommonName", "urn:oid:2.5.4.3");
    private static final List<String> LOCALE = List.of("preferredLanguage", "locale", "preferred_language",
            "urn:oid:2.16.840.1.113730.3.1.39");

    Optional<String> emailOf(Map<String, List<String>> attributes) {
        return first(attributes, email, EMAIL);
    }

    Optional<String> givenNameOf(Map<String, List<String>> attributes) {
        return first(attributes, givenName, GIVEN_NAME);
    }

    Optional<String> familyNameOf(Map<String, List<String>> attributes) {
        return first(attributes, familyName, FAMILY_NAME);
    }

    Optional<String> displayNameOf(Map<String, List<String>> attributes) {
        return first(attributes, displayName, DISPLAY_NAME);
    }

    Optional<String> localeOf(Map<String, List<String>> attributes) {
        return first(attributes, locale, LOCALE);
    }

    private static Optional<String> first(
            Map<String, List<String>> attributes, Optional<String> configured, List<String> usual) {
        for (var name : configured.map(List::of).orElse(usual)) {
            for (var value : attributes.getOrDefault(name, List.of())) {
                if (!value.isEmpty() && value.length() <= 320) {
                    return Optional.of(value);
                }
            }
        }
        return Optional.empty();
    }
}
