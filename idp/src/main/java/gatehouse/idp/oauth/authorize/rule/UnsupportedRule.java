package gatehouse.idp.oauth.authorize.rule;

import gatehouse.idp.oauth.authorize.Asked;
import gatehouse.idp.oauth.authorize.AuthorizationRule;
import gatehouse.idp.oauth.wire.ErrorCode;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.spi.Deadline;

/**
 * Parameters that would change the request if they were understood, and are not: refused by name, never ignored
 * (OpenID Connect Core §3.1.2.6).
 */
public final class UnsupportedRule implements AuthorizationRule {

    @Override
    public void require(Asked asked, Deadline deadline) {
        refuse(asked, "request", ErrorCode.REQUEST_NOT_SUPPORTED);
        refuse(asked, "request_uri", ErrorCode.REQUEST_URI_NOT_SUPPORTED);
        refuse(asked, "registration", ErrorCode.REGISTRATION_NOT_SUPPORTED);
    }

    private static void refuse(Asked asked, String name, ErrorCode code) {
        if (asked.one(name).isPresent()) {
            throw OAuthError.of(code, Reason.PARAMETER_UNSUPPORTED, "The parameter " + name + " is not supported.");
        }
    }
}
