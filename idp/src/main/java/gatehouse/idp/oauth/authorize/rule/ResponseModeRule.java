package gatehouse.idp.oauth.authorize.rule;

import gatehouse.idp.oauth.authorize.Asked;
import gatehouse.idp.oauth.authorize.AuthorizationRule;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.spi.Deadline;

/**
 * The answer travels the way that was asked for: a mode that is unknown, or that the redirect URI cannot take, is not
 * the target's (OAuth 2.0 Multiple Response Type Encoding Practices, OAuth 2.0 Form Post Response Mode).
 */
public final class ResponseModeRule implements AuthorizationRule {

    @Override
    public void require(Asked asked, Deadline deadline) {
        if (asked.one("response_mode").filter(mode -> !mode.equals(asked.target().mode().wire())).isPresent()) {
            throw OAuthError.invalidRequest(Reason.PARAMETER_UNSUPPORTED, "This response mode is not supported.");
        }
    }
}
