package gatehouse.idp.oauth.authorize.rule;

import gatehouse.idp.oauth.authorize.Asked;
import gatehouse.idp.oauth.authorize.AuthorizationRule;
import gatehouse.idp.oauth.wire.Parameters;
import gatehouse.spi.Deadline;

/** A parameter comes once (RFC 6749 §3.1). */
public final class OnceRule implements AuthorizationRule {

    @Override
    public void require(Asked asked, Deadline deadline) {
        Parameters.requireOnce(asked.parameters());
    }
}
