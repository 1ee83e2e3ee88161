package gatehouse.idp.oauth.wire;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Scope words and how a scope parameter is read (RFC 6749 §3.3, OpenID Connect Core §5.4, §11). */
public final class Scopes {

    public static final String OPENID = "openid";
    public static final String PROFILE = "profile";
    public static final String EMAIL = "email";
    public static final String ROLES = "roles";
    public static final String GROUPS = "groups";
    public static final String OFFLINE_ACCESS = "offline_access";

    /** Scopes about a person: meaningless without one. */
    public static final List<String> OF_PEOPLE = List.of(OPENID, PROFILE, EMAIL, ROLES, GROUPS, OFFLINE_ACCESS);

    /** Longest scope parameter that is read, in characters. */
    public static final int LENGTH_MAX = 2048;

    private Scopes() {}

    /**
     * The scope tokens of {@code parameter}, each once, in order.
     *
     * @throws OAuthError if it is over {@link #LENGTH_MAX} or has a character that no scope has
     */
    public static List<String> parse(String parameter) {
        if (parameter.length() > LENGTH_MAX) {
            throw OAuthError.invalidScope();
        }
        var scopes = new LinkedHashSet<String>();
        int from = 0;
        for (int i = 0; i <= parameter.length(); i++) {
            if (i == parameter.length() || parameter.charAt(i) == ' ') {
                if (i > from) {
                    scopes.add(parameter.substring(from, i));
                }
                from = i + 1;
            } else if (!isScopeCharacter(parameter.charAt(i))) {
                throw OAuthError.invalidScope();
            }
        }
        return new ArrayList<>(scopes);
    }

    private static boolean isScopeCharacter(char c) {
        return c > ' ' && c < 0x7f && c != '"' && c != '\\';
    }
}
