package gatehouse.idp.oauth.authorize.rule;

import gatehouse.idp.oauth.authorize.Asked;
import gatehouse.idp.oauth.authorize.AuthorizationRule;
import gatehouse.idp.oauth.authorize.Prompt;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.spi.Deadline;

/** Known prompts, and none by itself (OpenID Connect Core §3.1.2.1). */
public final class PromptRule implements AuthorizationRule {

    @Override
    public void require(Asked asked, Deadline deadline) {
        var prompts = asked.words("prompt");
        if (!Prompt.ALL.containsAll(prompts)) {
            throw OAuthError.invalidRequest(Reason.PARAMETER_UNSUPPORTED, "This prompt is not supported.");
        }
        if (prompts.contains(Prompt.NONE) && prompts.size() > 1) {
            throw OAuthError.invalidRequest(Reason.PARAMETER_MALFORMED, "The prompt none stands alone.");
        }
    }
}
