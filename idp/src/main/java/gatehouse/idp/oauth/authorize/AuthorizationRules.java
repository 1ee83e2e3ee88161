package gatehouse.idp.oauth.authorize;

import gatehouse.idp.keys.JwtVerifier;
import gatehouse.idp.oauth.authorize.rule.IdTokenHintRule;
import gatehouse.idp.oauth.authorize.rule.LengthRule;
import gatehouse.idp.oauth.authorize.rule.MaxAgeRule;
import gatehouse.idp.oauth.authorize.rule.OnceRule;
import gatehouse.idp.oauth.authorize.rule.OrganizationRule;
import gatehouse.idp.oauth.authorize.rule.PkceRule;
import gatehouse.idp.oauth.authorize.rule.PromptRule;
import gatehouse.idp.oauth.authorize.rule.ResponseModeRule;
import gatehouse.idp.oauth.authorize.rule.ResponseTypeRule;
import gatehouse.idp.oauth.authorize.rule.ScopeRule;
import gatehouse.idp.oauth.authorize.rule.UnsupportedRule;
import gatehouse.idp.oauth.gate.Gate;
import java.util.List;

/**
 * The rules of the authorization endpoint, in the order they are asked; client and redirect URI come before them all.
 */
public final class AuthorizationRules {

    private AuthorizationRules() {}

    public static List<AuthorizationRule> of(Gate gate, JwtVerifier verifier) {
        return List.of(
                new OnceRule(),
                new LengthRule(),
                new UnsupportedRule(),
                new ResponseTypeRule(),
                new ResponseModeRule(),
                new ScopeRule(),
                new PkceRule(),
                new PromptRule(),
                new MaxAgeRule(),
                new OrganizationRule(gate),
                new IdTokenHintRule(verifier));
    }
}
