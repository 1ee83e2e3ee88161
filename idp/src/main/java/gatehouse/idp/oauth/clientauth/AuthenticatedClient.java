package gatehouse.idp.oauth.clientauth;

import gatehouse.idp.client.Client;
import gatehouse.idp.oauth.wire.ErrorCode;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Reason;

/**
 * A client that has proved who it is by the method it is registered with. Only {@link ClientAuthenticator} makes one.
 */
public final class AuthenticatedClient {

    private final Client client;
    private final boolean confidential;

    AuthenticatedClient(Client client, boolean confidential) {
        this.client = client;
        this.confidential = confidential;
    }

    public Client client() {
        return client;
    }

    /** Refuses a grant that the client is not registered for. */
    public void requireGrant(String type) {
        if (!client.grantTypes().contains(type)) {
            throw OAuthError.of(ErrorCode.UNAUTHORIZED_CLIENT, Reason.GRANT_NOT_REGISTERED,
                    "The client is not registered for this grant type.");
        }
    }

    /** Refuses a client that proved nothing. */
    public void requireConfidential() {
        if (!confidential) {
            throw OAuthError.invalidClient(Reason.CLIENT_NOT_CONFIDENTIAL);
        }
    }
}
