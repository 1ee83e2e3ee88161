package gatehouse.idp.samlidp;

import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.directory.User;
import gatehouse.idp.samlwire.IssuedResponse.IssuedAttribute;
import gatehouse.spi.OrganizationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which attributes a service provider gets: those registered for it, under its names, as far as they are known. */
final class AttributeRelease {

    private static final String FORMAT = "urn:oasis:names:tc:SAML:2.0:attrname-format:";

    private AttributeRelease() {}

    static List<IssuedAttribute> release(ServiceProvider sp, User user, Optional<OrganizationId> organization) {
        var released = new ArrayList<IssuedAttribute>();
        new TreeMap<>(sp.attributes()).forEach((theirs, ours) -> {
            var values = values(ours, user, organization);
            if (!values.isEmpty()) {
                released.add(new IssuedAttribute(theirs, FORMAT + format(sp, theirs), values));
            }
        });
        return released;
    }

    /** The registered format; otherwise a name with a colon is a URI (saml-core §8.2). */
    private static String format(ServiceProvider sp, String name) {
        return sp.attributeNameFormats().orElse(Map.of())
                .getOrDefault(name, name.indexOf(':') >= 0 ? "uri" : "basic");
    }

    private static List<String> values(String name, User user, Optional<OrganizationId> organization) {
        return switch (name) {
            case "sub" -> List.of(user.id().value());
            case "email" -> List.of(user.email());
            case "given_name" -> user.givenName().map(List::of).orElse(List.of());
            case "family_name" -> user.familyName().map(List::of).orElse(List.of());
            case "name" -> user.displayName().map(List::of).orElse(List.of());
            case "locale" -> user.locale().map(List::of).orElse(List.of());
            case "roles" -> user.roles();
            case "groups" -> user.groups();
            case "org_id" -> organization.map(id -> List.of(id.value())).orElse(List.of());
            default -> user.attributes().getOrDefault(name, List.of());
        };
    }
}
