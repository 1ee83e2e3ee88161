package gatehouse.idp.oauth.authorize.rule;

import gatehouse.idp.oauth.authorize.Asked;
import gatehouse.idp.oauth.authorize.AuthorizationRule;
import gatehouse.idp.oauth.authorize.ResponseMode;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.spi.Deadline;

/** The answer travels in a way that we know and the redirect URI allows (OAuth 2.0 Multiple Response Types, Form Post). */
public final class ResponseModeRule implements AuthorizationRule {

    @Override
    public void require(Asked asked, Deadline deadline) {
        if (asked.one("response_mode").filter(mode -> ResponseMode.of(mode).isEmpty()).isPresent()) {
            throw OAuthError.invalidRequest(Reason.PARAMETER_UNSUPPORTED, "This response mode is not supported.");
        }
    }
}
