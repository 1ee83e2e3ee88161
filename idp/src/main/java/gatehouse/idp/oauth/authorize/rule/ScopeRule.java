package gatehouse.idp.oauth.authorize.rule;

import gatehouse.idp.oauth.authorize.Asked;
import gatehouse.idp.oauth.authorize.AuthorizationRule;
import gatehouse.idp.oauth.wire.ErrorCode;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.idp.oauth.wire.Scopes;
import gatehouse.spi.Deadline;
import java.util.List;
import java.util.Set;

/**
 * The client asks for what it is registered for. Scopes of OpenID Connect that it is not registered for are left out,
 * as that specification wants (Core §3.1.2.1); others are refused.
 */
public final class ScopeRule implements AuthorizationRule {

    private static final Set<String> IGNORED = Set.of("profile", "email", "address", "phone", "offline_access");

    @Override
    public void require(Asked asked, Deadline deadline) {
        if (scopes(asked).isEmpty()) {
            throw OAuthError.of(ErrorCode.INVALID_SCOPE, Reason.SCOPE_NOT_ALLOWED,
                    "The parameter scope is missing or names nothing that the client may ask for.");
        }
    }

    /** The scopes that a request that passed this rule is about. */
    public static List<String> scopes(Asked asked) {
        var registered = asked.target().client().scopes();
        var scopes = Scopes.parse(asked.one("scope").orElse(""));
        for (var scope : scopes) {
            if (!registered.contains(scope) && !IGNORED.contains(scope)) {
                throw OAuthError.invalidScope();
            }
        }
        return scopes.stream().filter(registered::contains).toList();
    }
}
