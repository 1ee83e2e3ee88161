package gatehouse.idp.oauth.authorize;

import gatehouse.spi.Deadline;

/**
 * One condition that an authorization request must meet; the ordered list is in {@link AuthorizationRules}. A rule
 * reads and refuses, and changes nothing: what a parameter means is read where it is used.
 */
@FunctionalInterface
public interface AuthorizationRule {

    /** Refuses {@code asked} with an {@link gatehouse.idp.oauth.wire.OAuthError}, which is redirected. */
    void require(Asked asked, Deadline deadline);
}
