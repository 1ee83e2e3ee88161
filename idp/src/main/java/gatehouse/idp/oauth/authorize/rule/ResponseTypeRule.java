package gatehouse.idp.oauth.authorize.rule;

import gatehouse.idp.oauth.authorize.Asked;
import gatehouse.idp.oauth.authorize.AuthorizationRule;
import gatehouse.idp.oauth.wire.ErrorCode;
import gatehouse.idp.oauth.wire.GrantType;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.spi.Deadline;
import java.util.List;

/** Codes only, and only for a client registered for them (RFC 9700 §2.1.2). */
public final class ResponseTypeRule implements AuthorizationRule {

    /** Every response type, for the metadata. */
    public static final List<String> TYPES = List.of("code");

    @Override
    public void require(Asked asked, Deadline deadline) {
        var type = asked.one("response_type").orElseThrow(() -> OAuthError.invalidRequest(
                Reason.PARAMETER_MISSING, "The parameter response_type is missing."));
        if (!TYPES.contains(type)) {
            throw OAuthError.of(ErrorCode.UNSUPPORTED_RESPONSE_TYPE, Reason.RESPONSE_TYPE_UNSUPPORTED,
                    "This response type is not supported.");
        }
        if (!asked.target().client().grantTypes().contains(GrantType.AUTHORIZATION_CODE)) {
            throw OAuthError.of(ErrorCode.UNAUTHORIZED_CLIENT, Reason.GRANT_NOT_REGISTERED,
                    "The client is not registered for this grant type.");
        }
    }
}
