package gatehouse.idp.oauth.claims;

import gatehouse.idp.directory.User;
import gatehouse.idp.oauth.wire.JsonBytes;
import gatehouse.idp.oauth.wire.Scopes;
import java.util.List;

/** Which claims about a person a scope asks for (OpenID Connect Core §5.4). */
public final class UserClaims {

    /** Every claim about a person that can be released, for the metadata. */
    public static final List<String> NAMES =
            List.of("name", "given_name", "family_name", "locale", "email", "email_verified", "roles",
                    "groups");

    private UserClaims() {}

    /** Adds what {@code scopes} release of {@code user}; what is not known of them is left out. */
    public static void add(JsonBytes claims, User user, List<String> scopes) {
        if (scopes.contains(Scopes.PROFILE)) {
            user.displayName().ifPresent(name -> claims.field("name", name));
            user.givenName().ifPresent(name -> claims.field("given_name", name));
            user.familyName().ifPresent(name -> claims.field("family_name", name));
            user.locale().ifPresent(locale -> claims.field("locale", locale));
        }
        if (scopes.contains(Scopes.EMAIL)) {
            claims.field("email", user.email()).field("email_verified", user.emailVerified());
        }
        addRoles(claims, user, scopes);
    }

    /** Adds roles and groups (RFC 9068 §2.2.3.1), which access tokens tell resource servers, too. */
    public static void addRoles(JsonBytes claims, User user, List<String> scopes) {
        if (scopes.contains(Scopes.ROLES)) {
            claims.field("roles", user.roles());
        }
        if (scopes.contains(Scopes.GROUPS)) {
            claims.field("groups", user.groups());
        }
    }
}
