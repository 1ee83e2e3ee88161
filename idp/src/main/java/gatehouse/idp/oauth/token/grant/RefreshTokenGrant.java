package gatehouse.idp.oauth.token.grant;

import gatehouse.idp.client.Client;
import gatehouse.idp.oauth.gate.Gate;
import gatehouse.idp.oauth.token.Authorization;
import gatehouse.idp.oauth.token.Grant;
import gatehouse.idp.oauth.token.TokenCall;
import gatehouse.idp.oauth.wire.GrantType;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Parameters;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.idp.oauth.wire.Scopes;
import gatehouse.sessions.RefreshFamily;
import gatehouse.sessions.RefreshFamilyStore;
import gatehouse.sessions.Rotation;
import java.util.List;
import java.util.Optional;

/** Exchanges a refresh token for its successor and new tokens: RFC 6749 §6, rotated per RFC 9700 §4.14.2. */
public final class RefreshTokenGrant implements Grant {

    private final RefreshFamilyStore families;
    private final Gate gate;

    public RefreshTokenGrant(RefreshFamilyStore families, Gate gate) {
        this.families = families;
        this.gate = gate;
    }

    @Override
    public String type() {
        return GrantType.REFRESH_TOKEN;
    }

    @Override
    public Authorization authorize(TokenCall call) {
        var presented = Parameters.require(call.parameters(), "refresh_token");
        var asked = call.parameters().nonEmpty("scope").map(Scopes::parse);
        requireNotWider(asked, presented, call);
        return switch (families.rotate(presented, call.client().clientId(), call.deadline())) {
            case Rotation.Rotated(var family, var next) -> granted(family, next, asked, call);
            case Rotation.Retried(var family, var next) -> granted(family, next, asked, call);
            case Rotation.Replayed _ -> throw OAuthError.invalidGrant(Reason.REFRESH_REPLAYED);
            case Rotation.Unknown() -> throw OAuthError.invalidGrant(Reason.REFRESH_UNKNOWN);
        };
    }

    /** Before the token is spent: a client that asks for too much has made a mistake, and keeps its token. */
    private void requireNotWider(Optional<List<String>> asked, String presented, TokenCall call) {
        if (asked.isPresent()) {
            families.find(presented, call.deadline())
                    .filter(family -> family.client().equals(call.client().clientId()))
                    .ifPresent(family -> narrowed(family, asked, call.client()));
        }
    }

    private Authorization granted(RefreshFamily family, String next, Optional<List<String>> asked, TokenCall call) {
        var user = gate.requireUser(call.issuer(), call.client(), family.authentication(), call.deadline());
        var scopes = narrowed(family, asked, call.client());
        return new Authorization.OfUser(scopes, family.authentication(), user, family.id(),
                family.session(), family.session(), Optional.empty(), Optional.of(next));
    }

    /** What is asked of what was granted; what the client has lost since is no longer given. */
    private static List<String> narrowed(RefreshFamily family, Optional<List<String>> asked, Client client) {
        if (asked.isPresent() && !family.scopes().containsAll(asked.get())) {
            throw OAuthError.invalidScope();
        }
        return asked.orElse(family.scopes()).stream().filter(client.scopes()::contains).toList();
    }
}
