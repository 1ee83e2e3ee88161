package gatehouse.idp.oauth.authorize;

import gatehouse.idp.login.LoginResult;
import gatehouse.idp.oauth.gate.Gate;
import gatehouse.idp.oauth.wire.ErrorCode;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.idp.oauth.wire.Scopes;
import gatehouse.sessions.AuthorizationCode;
import gatehouse.sessions.AuthorizationCodeStore;
import gatehouse.spi.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns a finished login into an authorization code, after asking the gate again: what was true at the start may not
 * be.
 */
public final class CodeIssuer {

    private final AuthorizationCodeStore codes;
    private final Gate gate;
    private final InstantSource clock;

    public CodeIssuer(AuthorizationCodeStore codes, Gate gate, InstantSource clock) {
        this.codes = codes;
        this.gate = gate;
        this.clock = clock;
    }

    /** The code's value: a secret. */
    String issue(Target target, Carried carried, LoginResult result, Deadline deadline) {
        requireUsable(target, carried, result, deadline);
        var session = result.session();
        return codes.issue(new AuthorizationCode(
                target.client().clientId(),
                Optional.of(target.redirectUri()),
                granted(carried, result),
                session.authentication(),
                session.id(),
                codes.newFamily(session.id()),
                carried.codeChallenge(),
                carried.nonce(),
                List.of(),
                Map.of(),
                clock.instant().plus(lifetime(target, deadline))), deadline);
    }

    private Duration lifetime(Target target, Deadline deadline) {
        return gate.requireIssuer(target.issuer(), deadline).codeLifetime();
    }

    private void requireUsable(Target target, Carried carried, LoginResult result, Deadline deadline) {
        var authentication = result.session().authentication();
        gate.refusal(target.issuer(), target.client(), authentication, deadline).ifPresent(reason -> {
            throw denied(reason);
        });
        if (carried.organization().isPresent() && !carried.organization().equals(authentication.organization())) {
            throw denied(Reason.ORGANIZATION_MISMATCH);
        }
        if (carried.user().isPresent() && !carried.user().get().equals(authentication.user().value())) {
            throw OAuthError.of(ErrorCode.LOGIN_REQUIRED, Reason.HINT_MISMATCH, "Another user is signed in.");
        }
    }

    private static OAuthError denied(Reason reason) {
        return OAuthError.of(ErrorCode.ACCESS_DENIED, reason, "The user may not use this application.");
    }

    /** What was asked for, less what needed consent and did not get it. */
    private static List<String> granted(Carried carried, LoginResult result) {
        if (!carried.asksConsent()) {
            return carried.scopes();
        }
        var allowed = new HashSet<>(result.consented());
        allowed.add(Scopes.OPENID);
        var granted = carried.scopes().stream().filter(allowed::contains).toList();
        if (granted.isEmpty()) {
            throw OAuthError.of(ErrorCode.ACCESS_DENIED, Reason.LOGIN_DENIED, "The user did not consent.");
        }
        return granted;
    }
}
