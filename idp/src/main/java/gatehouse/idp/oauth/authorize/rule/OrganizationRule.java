package gatehouse.idp.oauth.authorize.rule;

import gatehouse.idp.oauth.authorize.Asked;
import gatehouse.idp.oauth.authorize.AuthorizationRule;
import gatehouse.idp.oauth.gate.Gate;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.util.Optional;

/** The organization to sign in to: the client's own if it has one, else one that exists here and may be used. */
public final class OrganizationRule implements AuthorizationRule {

    private static final int LENGTH_MAX = 64;

    private final Gate gate;

    public OrganizationRule(Gate gate) {
        this.gate = gate;
    }

    @Override
    public void require(Asked asked, Deadline deadline) {
        var named = asked.one("organization");
        if (named.filter(id -> id.length() > LENGTH_MAX).isPresent()) {
            throw refused(Reason.PARAMETER_MALFORMED);
        }
        var own = asked.target().client().organization();
        if (own.isPresent() && named.isPresent() && !own.get().value().equals(named.get())) {
            throw refused(Reason.ORGANIZATION_MISMATCH);
        }
        organization(asked).ifPresent(id -> {
            if (!gate.isUsable(asked.target().issuer().name(), id, deadline)) {
                throw refused(Reason.ORGANIZATION_DISABLED);
            }
        });
    }

    /** The organization that a request that passed this rule is about, if any. */
    public static Optional<OrganizationId> organization(Asked asked) {
        return asked.target().client().organization().or(() -> asked.one("organization").map(OrganizationId::new));
    }

    private static OAuthError refused(Reason reason) {
        return OAuthError.invalidRequest(reason, "This organization cannot be signed in to.");
    }
}
