package gatehouse.idp.oauth.token.grant;

import gatehouse.idp.client.Client;
import gatehouse.idp.oauth.token.Authorization;
import gatehouse.idp.oauth.token.Grant;
import gatehouse.idp.oauth.token.TokenCall;
import gatehouse.idp.oauth.wire.ErrorCode;
import gatehouse.idp.oauth.wire.GrantType;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.idp.oauth.wire.Scopes;
import java.util.List;

/** A confidential client acts for itself: RFC 6749 §4.4. Without a scope parameter it gets all its own scopes. */
public final class ClientCredentialsGrant implements Grant {

    @Override
    public String type() {
        return GrantType.CLIENT_CREDENTIALS;
    }

    @Override
    public Authorization authorize(TokenCall call) {
        if (call.client().tokenEndpointAuthMethod().equals("none")) {
            throw OAuthError.of(ErrorCode.UNAUTHORIZED_CLIENT, Reason.CLIENT_NOT_CONFIDENTIAL,
                    "Only a confidential client may use this grant type.");
        }
        return new Authorization.OfClient(call.parameters().nonEmpty("scope")
                .map(asked -> require(Scopes.parse(asked), call.client()))
                .orElseGet(() -> own(call.client())));
    }

    private static List<String> require(List<String> asked, Client client) {
        for (var scope : asked) {
            if (!client.scopes().contains(scope) || Scopes.OF_PEOPLE.contains(scope)) {
                throw OAuthError.invalidScope();
            }
        }
        return asked;
    }

    private static List<String> own(Client client) {
        return client.scopes().stream().filter(scope -> !Scopes.OF_PEOPLE.contains(scope)).sorted().toList();
    }
}
