package gatehouse.idp.oauth.token.grant;

import gatehouse.idp.oauth.gate.Gate;
import gatehouse.idp.oauth.token.Authorization;
import gatehouse.idp.oauth.token.Grant;
import gatehouse.idp.oauth.token.Pkce;
import gatehouse.idp.oauth.token.TokenCall;
import gatehouse.idp.oauth.wire.GrantType;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Parameters;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.idp.oauth.wire.Scopes;
import gatehouse.sessions.AccessTokenStore;
import gatehouse.sessions.AuthorizationCode;
import gatehouse.sessions.AuthorizationCodeStore;
import gatehouse.sessions.Redemption;
import gatehouse.sessions.RefreshFamily;
import gatehouse.sessions.RefreshFamilyStore;
import gatehouse.sessions.SessionId;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Exchanges an authorization code for tokens: RFC 6749 §4.1.3, with PKCE per RFC 7636 §4.6. */
public final class AuthorizationCodeGrant implements Grant {

    private final AuthorizationCodeStore codes;
    private final RefreshFamilyStore families;
    private final AccessTokenStore standing;
    private final Gate gate;
    private final InstantSource clock;

    public AuthorizationCodeGrant(
            AuthorizationCodeStore codes,
            RefreshFamilyStore families,
            AccessTokenStore standing,
            Gate gate,
            InstantSource clock) {
        this.codes = codes;
        this.families = families;
        this.standing = standing;
        this.gate = gate;
        this.clock = clock;
    }

    @Override
    public String type() {
        return GrantType.AUTHORIZATION_CODE;
    }

    @Override
    public Authorization authorize(TokenCall call) {
        // Spent before it is judged: a code that fails any check below has leaked, and must not be tried again.
        var code = redeem(call);
        requireOwner(code, call);
        requireRedirectUri(code, call);
        Pkce.verify(code.codeChallenge(), call.parameters().nonEmpty("code_verifier"));
        var user = gate.requireUser(call.issuer(), call.client(), code.authentication(), call.deadline());
        boolean offline = code.scopes().contains(Scopes.OFFLINE_ACCESS);
        var session = offline ? Optional.<SessionId>empty() : Optional.of(code.session());
        var refreshToken = openFamily(code, session, call);
        // Last, after the family is open: a replay or a logout in between is seen here, or ends what was opened.
        requireStanding(code, call);
        return new Authorization.OfUser(code.scopes(), code.authentication(), user, code.family(), session,
                Optional.of(code.session()), code.nonce(), refreshToken);
    }

    private AuthorizationCode redeem(TokenCall call) {
        var presented = Parameters.require(call.parameters(), "code");
        return switch (codes.redeem(presented, call.deadline())) {
            case Redemption.Redeemed(var code) -> code;
            case Redemption.Replayed(var family) -> {
                // RFC 6749 §4.1.2: revoke what the first use was given.
                families.revoke(family, call.accessTokenLifetime(), call.deadline());
                throw OAuthError.invalidGrant(Reason.CODE_REPLAYED);
            }
            case Redemption.Unknown() -> throw OAuthError.invalidGrant(Reason.CODE_UNKNOWN);
        };
    }

    private static void requireOwner(AuthorizationCode code, TokenCall call) {
        boolean ours = code.client().equals(call.client().clientId())
                && code.authentication().issuer().equals(call.issuer().name());
        if (!ours) {
            throw OAuthError.invalidGrant(Reason.CODE_OF_ANOTHER_CLIENT);
        }
    }

    private static void requireRedirectUri(AuthorizationCode code, TokenCall call) {
        if (!code.redirectUri().equals(call.parameters().nonEmpty("redirect_uri"))) {
            throw OAuthError.invalidGrant(Reason.CODE_REDIRECT_URI_MISMATCH);
        }
    }

    private Optional<String> openFamily(AuthorizationCode code, Optional<SessionId> session, TokenCall call) {
        if (!call.client().grantTypes().contains(GrantType.REFRESH_TOKEN)) {
            return Optional.empty();
        }
        var lifetime = session.isPresent()
                ? call.settings().sessions().absolute()
                : call.settings().refreshTokenLifetime();
        var family = new RefreshFamily(code.family(), code.client(), code.scopes(), code.authentication(), session,
                code.audience(), Map.of(), clock.instant().plus(lifetime));
        return Optional.of(families.open(family, call.deadline()));
    }

    private void requireStanding(AuthorizationCode code, TokenCall call) {
        var family = code.family();
        if (!standing.stands(family.value(), Optional.of(code.session()), Optional.of(family), call.deadline())) {
            families.revoke(family, call.accessTokenLifetime(), call.deadline());
            throw OAuthError.invalidGrant(Reason.SESSION_ENDED);
        }
    }
}
